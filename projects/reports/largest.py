"""What is promised to the largest projects, to all the others together, and to none."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, When, Window
from django.db.models.functions import Coalesce

from projects.models import Investment, KnownProject
from projects.models.investments import COUNTED_BY
from projects.models.stretches import known_then
from projects.reports.funding import (
    HEADLINE_COLUMNS,
    SUMS,
    Sums,
    added,
    in_headline,
    summed_headline,
)
from projects.reports.money import MOST, Bar, Way, bars_of, promised_by, size
from projects.reports.ranking import NONE
from projects.values.readers import Reader

ASKED = 500
"""So many projects are added up to find the largest of some investments among them."""

COUNTED = 50_000
"""Of so many investments it is counted to how many projects they are promised."""


_HEADLINE = {"reason": "", **HEADLINE_COLUMNS}


def promised_to_projects(
    investments: QuerySet[Investment],
    sums: Sequence[Sums],
    reader: Reader,
    group: frozenset[int] | None = None,
    most: int = MOST,
    asked: int = ASKED,
    counted: int = COUNTED,
) -> tuple[Bar, ...]:
    """The headline of these investments split by project, as `promised_by` gives it.

    `sums` is what all their totals are made of (`summed`). At most four queries; none adds up all
    projects where those to which most is promised in all are the largest here as well. How many the
    others are is then not said of more than `counted` investments.
    """
    if not reader.stored(*COUNTED_BY) or reader.as_of is not None or group is not None:
        return promised_by(Way.PROJECT, investments, reader, group, most)
    promised = in_headline(investments, reader, None).filter(project__isnull=False)
    count = sum(row["parts"] for row in _to_projects(sums)) <= counted
    own = _surely_largest(investments, reader, most, asked)
    if own is None:
        largest, projects = _ranked(promised, most, count)
        return promised_to_largest(sums, headline_of(largest, investments, reader), projects)
    return promised_to_largest(
        sums, own, promised.values("project").distinct().count() if count else None
    )


def promised_to_largest(
    sums: Sequence[Sums], own: Sequence[Sums], projects: int | None
) -> tuple[Bar, ...]:
    """The headline split by project, of which only the largest are added up (`headline_of`): `own`.

    What of `sums` these do not have, the others come to. `projects` is to how many anything is
    promised, if that was counted.
    """
    to_projects = list(_to_projects(sums))
    under_agreements = [row for row in _promised(sums) if not row["of_project"]]
    found = [{**one, **_HEADLINE} for one in own]
    rest = _rest(added(to_projects), own) if to_projects else {"parts": 0}
    if rest["parts"]:
        found.append(rest | {"code": "", "codes": projects and projects - len(own)})
    if under_agreements:
        found.append(added(under_agreements) | {"code": NONE})
    return bars_of(Way.PROJECT, found)


def _promised(sums: Iterable[Sums]) -> Iterator[Sums]:
    """Those of which the headline is made."""
    return (row for row in sums if all(row[name] == _HEADLINE[name] for name in _HEADLINE))


def _to_projects(sums: Iterable[Sums]) -> Iterator[Sums]:
    return (row for row in _promised(sums) if row["of_project"])


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


def _ranked(promised: QuerySet[Any], most: int, count: bool) -> tuple[list[int], int | None]:
    """The projects with the largest headline, and how many have one; all are added up for it.

    Only what ranks them is (`size`): the rest is asked of the largest alone.
    """
    low, high = Q(amount_low__isnull=False), Q(amount_high__isnull=False)
    ranked = promised.values("project").annotate(
        is_stated=Max(Case(When(low | high, then=1), default=0)),
        is_open=Max(Case(When(low & ~high, then=1), default=0)),
        low=Coalesce(Sum("amount_low"), 0),
        high=Coalesce(Sum("amount_high"), 0),
    )
    first = ranked.order_by("-is_stated", "-low", "-is_open", "-high", "project")
    if not count:
        return list(first.values_list("project", flat=True)[:most]), None
    found = list(
        first.annotate(all=Window(Count("*"))).values_list("project", "all")[: max(most, 1)]
    )
    return [project for project, _all in found[:most]], found[0][1] if found else 0


def _rest(whole: dict[str, Any], own: Sequence[Sums]) -> dict[str, Any]:
    less = {name: sum(row[name] or 0 for row in own) for name in SUMS}
    return whole | {name: whole[name] - less[name] for name in SUMS}
