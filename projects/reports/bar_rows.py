"""The investments behind one bar: those of its code, found from the code and not one by one.

Asked of a million rows, its code would be worked out for each.
"""

from typing import Any

from django.db.models import F, Model, Q, QuerySet, Subquery

from projects.models import Agreement, Organization, Place, Project, Sector
from projects.models.base import SEVERAL as SEVERAL_ID
from projects.reports.money import NOT_DATED, SPECIAL, Way
from projects.reports.ranking import NONE, SEVERAL

_OWNERS: dict[Way, tuple[type[Model], dict[str, type[Model]]]] = {
    Way.SECTOR: (Sector, {"project": Project, "agreement": Agreement}),
    Way.PLACE: (Place, {"project": Project}),
}
"""What splits investments by an end of their projects or agreements: its model, and those."""


def of_bar(rows: QuerySet[Any], way: Way, code: str) -> QuerySet[Any]:
    """The investments that belong to the bar of this code."""
    match way:
        case Way.SECTOR | Way.PLACE:
            return _of_owners(rows, way, code)
        case Way.PROJECT:
            return rows.filter(project__slug=code)
        case Way.GROUP:
            return rows.filter(_is("investors_head", Organization, code))
        case Way.YEAR if code not in SPECIAL[way]:
            return rows.filter(date_earliest__year=code, date_latest__year=code)
        case Way.YEAR if code == NOT_DATED:
            return rows.filter(date_earliest=None, date_latest=None)
    dated = Q(date_earliest__isnull=False) | Q(date_latest__isnull=False)
    return rows.filter(dated).exclude(date_earliest__year=F("date_latest__year"))


def _of_owners(rows: QuerySet[Any], way: Way, code: str) -> QuerySet[Any]:
    """Those whose project or agreement has this end alone, several ends, or none."""
    entity, owners = _OWNERS[way]
    of_code = Q(pk__in=[])
    for column, owner in owners.items():
        found = owner._default_manager.filter(_is(f"one_{way.value}", entity, code)).order_by()
        of_code |= Q(**{f"{column}__in": found.values("pk")})
    if way == Way.PLACE and code == NONE:
        of_code |= Q(project__isnull=True)
    return rows.filter(of_code)


def _is(column: str, entity: type[Model], code: str) -> Q:
    """The condition that a column has the id of the entity of this code, or of several, or none."""
    if code == NONE:
        return Q(**{f"{column}__isnull": True})
    if code == SEVERAL:
        return Q(**{column: SEVERAL_ID})
    return Q(
        **{column: Subquery(entity._default_manager.filter(slug=code).order_by().values("pk"))}
    )
