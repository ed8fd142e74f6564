"""What is promised to the largest projects, to all the others together, and to none."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, QuerySet

from projects.models import Investment, KnownProject
from projects.models.investments import HEADLINE
from projects.models.stretches import known_then
from projects.reports.funding import SUMS, Sums, added, in_headline, summed_headline
from projects.reports.money import MOST, Bar, Way, bars_of, promised_by, size
from projects.reports.ranking import NONE
from projects.values.readers import Reader

ASKED = 500
"""So many projects are added up to find the largest of some investments among them."""


def promised_to_projects(
    investments: QuerySet[Investment],
    sums: Sequence[Sums],
    reader: Reader,
    group: frozenset[int] | None = None,
    most: int = MOST,
    asked: int = ASKED,
) -> tuple[Bar, ...]:
    """The headline of these investments split by project, as `promised_by` gives it.

    `sums` is what all their totals are made of (`summed`). Three queries, of which none adds up all
    projects where those to which most is promised in all are the largest here as well.
    """
    if reader.plain and reader.as_of is None and group is None:
        own = _surely_largest(investments, reader, most, asked)
        if own is not None:
            promised = in_headline(investments, reader, None).filter(project__isnull=False)
            return promised_to_largest(sums, own, promised.values("project").distinct().count())
    return promised_by(Way.PROJECT, investments, reader, group, most)


def promised_to_largest(
    sums: Iterable[Sums], own: Sequence[Sums], projects: int
) -> tuple[Bar, ...]:
    """The headline split by project, of which only the largest are added up (`headline_of`): `own`.

    What of `sums` these do not have, the others come to. `projects` is to how many anything is
    promised.
    """
    unit, per, paid = HEADLINE
    headline = {"reason": "", "unit": unit, "per": per, "line_paid": paid}
    promised = [row for row in sums if all(row[name] == headline[name] for name in headline)]
    to_projects = [row for row in promised if row["of_project"]]
    under_agreements = [row for row in promised if not row["of_project"]]
    found = [{**one, **headline} for one in own]
    if projects > len(own):
        found.append(_rest(added(to_projects), own) | {"code": "", "codes": projects - len(own)})
    if under_agreements:
        found.append(added(under_agreements) | {"code": NONE})
    return bars_of(Way.PROJECT, found)


def headline_of(
    projects: Iterable[int], investments: QuerySet[Investment], reader: Reader
) -> list[dict[str, Any]]:
    """What of these investments is promised to each of these projects; one query.

    Beside its slug as the code, and its names.
    """
    names = {name: F(f"project__{name}") for name in ("name_zh", "name_en")}
    by = {"of": F("project"), "code": F("project__slug"), **names}
    own = investments.filter(project__in=[0, *projects])  # asked also of none
    return list(summed_headline(own, reader, None, **by))


def _surely_largest(
    investments: QuerySet[Investment], reader: Reader, most: int, asked: int
) -> list[dict[str, Any]] | None:
    """The headline of the largest projects; None where those asked are not surely the largest.

    No amount is below zero: some investments in a project come to no more than all of them do. So
    the largest of those with most in all are the largest if each of them has more than the last
    one asked has in all.
    """
    known = KnownProject.objects.filter(known_then(reader), promised_parts__gt=0)
    by_promise = known.order_by(F("promised_low").desc(nulls_last=True))
    in_all = list(by_promise.values_list("project", "promised_low")[:asked])
    found = headline_of((project for project, _low in in_all), investments, reader)
    largest = sorted(found, key=lambda row: (*size(row), row["of"]))[:most]
    if len(in_all) < asked:
        return largest
    bound = in_all[-1][1]
    if len(largest) == most and all((row["low"] or 0) > (bound or 0) for row in largest):
        return largest
    return None


def _rest(whole: dict[str, Any], own: Sequence[Sums]) -> dict[str, Any]:
    less = {name: sum(row[name] or 0 for row in own) for name in SUMS}
    return whole | {name: whole[name] - less[name] for name in SUMS}
