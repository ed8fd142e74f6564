"""The investments behind one bar: those of its code, found from the code and not one by one.

`code_of` gives every investment its code; asked of a million rows it would be computed for each.
"""

from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery

from projects.models import (
    Agreement,
    AgreementSector,
    Organization,
    Project,
    ProjectPlace,
    ProjectSector,
)
from projects.reports.money import NOT_DATED, SPECIAL, Way, year_of
from projects.reports.ranking import NONE, SEVERAL, SEVERAL_ID
from projects.reports.visible import no_draft

_OWNERS: dict[Way, tuple[tuple[str, type[Model], type[Model], str], ...]] = {
    Way.SECTOR: (
        ("project", Project, ProjectSector, "sector"),
        ("agreement", Agreement, AgreementSector, "sector"),
    ),
    Way.PLACE: (("project", Project, ProjectPlace, "place"),),
}
"""What of an investment has ends that split it: the column, its model, the links, their end."""


def of_bar(rows: QuerySet[Any], way: Way, code: str) -> QuerySet[Any]:
    """The investments that belong to the bar of this code."""
    match way:
        case Way.SECTOR | Way.PLACE:
            return _of_owners(rows, way, code)
        case Way.GROUP:
            return _of_group(rows, code)
        case Way.YEAR if code not in SPECIAL[way]:
            return rows.filter(date_earliest__year=code, date_latest__year=code)
        case Way.YEAR if code == NOT_DATED:
            return rows.filter(date="")
    if way == Way.PROJECT:
        return rows.filter(project__slug=code)
    found: QuerySet[Any] = rows.alias(year=year_of()).filter(year=code)
    return found


def _of_owners(rows: QuerySet[Any], way: Way, code: str) -> QuerySet[Any]:
    """Those whose project or agreement has this end alone, several ends, or none."""
    either = Q(project__isnull=True) if way == Way.PLACE and code == NONE else Q()
    besides = Q()
    for column, owner, model, end in _OWNERS[way]:
        links: QuerySet[Any] = model._default_manager.filter(no_draft(f"{end}__")).order_by()
        if code == NONE:
            linked = links.filter(**{column: OuterRef("pk")})
            owners: QuerySet[Any] = owner._default_manager.filter(~Exists(linked)).order_by()
            either |= Q(**{f"{column}__in": owners.values("pk")})
        elif code == SEVERAL:
            counted = links.values(column).annotate(count=Count("pk")).filter(count__gt=1)
            either |= Q(**{f"{column}__in": counted.values(column)})
        else:
            mine = links.filter(**{f"{end}__slug": code})
            others = links.exclude(**{f"{end}__slug": code}).filter(**{column: OuterRef(column)})
            either |= Q(**{f"{column}__in": mine.values(column)})
            besides &= ~Q(Exists(others))
    return rows.filter(either).filter(besides)


def _of_group(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Those put in by members of one group alone, by several groups, or by nobody stated."""
    if code == NONE:
        return rows.filter(investors_head=None)
    if code == SEVERAL:
        return rows.filter(investors_head=SEVERAL_ID)
    head = Organization.objects.filter(slug=code).order_by().values("pk")
    return rows.filter(investors_head=Subquery(head))
