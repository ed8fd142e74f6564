"""What is compared of the two days: where projects, milestones and targets stand on each.

The database tells which differ, however many there are; only what is shown of them is read.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from projects.models import KnownProject, Observation, Target
from projects.models.together import together
from projects.reports.changes.comparison import Comparison
from projects.reports.delivery import with_states
from projects.reports.known import known
from projects.reports.outcomes import SAID, Said, with_figures
from projects.reports.performance import (
    TargetResult,
    in_order,
    indicators,
    standing_observations,
    standing_targets,
    verdict_of,
)
from projects.reports.portfolio import progress
from projects.reports.progress import judged
from projects.values.readers import MILESTONE_DATE, Reader


class Judged(NamedTuple):
    """A target on a day: by which statement, of which indicator, and what is said of it."""

    target: int
    indicator: int
    wider: int | None
    """The indicator of which that is a part."""
    said: Said


Standing = Callable[[Reader], tuple[str, QuerySet[Any]]]
"""What gives where each thing stands for a reader, and the name of the column with its id."""


class Differing(NamedTuple):
    """The ids of what stands elsewhere on one of the days, in their order; what went comes last."""

    projects: list[int]
    steps: list[int]


def differing_states(compared: Comparison) -> Differing:
    """The projects with another stage, overdue or silent, and the milestones in another state.

    Two queries, three in a scope. What is known stays known: something goes only where it need not
    stay a group's, or at a place.
    """
    projects, steps = partial(_projects, compared), partial(_steps, compared)
    came = Differing(
        _came(compared, projects, "stage", "overdue", "silent"), _came(compared, steps, "state")
    )
    if compared.scope.everything:
        return came
    gone = _gone(compared, projects, 0).union(_gone(compared, steps, 1), all=True)
    went = Differing([], [])
    for of, pk in sorted(gone):
        went[of].append(pk)
    return Differing(came.projects + went.projects, came.steps + went.steps)


def _projects(compared: Comparison, reader: Reader) -> tuple[str, QuerySet[Any]]:
    about, rows = "pk", progress(reader, compared.scope)
    if reader.stored(MILESTONE_DATE):
        about, rows = "project", judged(known(KnownProject, reader, compared.scope), reader)
    if compared.project is not None:
        rows = rows.filter(**{about: compared.project.pk})
    return about, rows.order_by()


def _steps(compared: Comparison, reader: Reader) -> tuple[str, QuerySet[Any]]:
    about = "milestone" if reader.stored(MILESTONE_DATE) else "pk"
    rows = with_states(reader, compared.scope).order_by()
    if compared.project is not None:
        rows = rows.filter(project=compared.project)
    return about, rows


def _came(compared: Comparison, standing: Standing, *where: str) -> list[int]:
    """What stands now and stood not, or elsewhere."""
    now, then = (
        rows.values_list(about, *where)
        for about, rows in (standing(compared.now), standing(compared.then))
    )
    return sorted(pk for pk, *_where in now.difference(then))


def _gone(compared: Comparison, standing: Standing, of: int) -> QuerySet[Any]:
    """What stood somewhere and stands nowhere, after what tells it from others."""
    about, then = standing(compared.then)
    same, now = standing(compared.now)
    still = Exists(now.filter(**{same: OuterRef(about)}))
    gone: QuerySet[Any] = then.filter(~still).values_list(Value(of), about)
    return gone


def judged_targets(compared: Comparison) -> tuple[dict[int, Judged], dict[int, Judged]]:
    """What each of the readers sees of the targets, by their groups; one query.

    They stand by their indicators, and then in the order of their periods.
    """

    def targets(reader: Reader) -> QuerySet[Any]:
        measured = indicators(reader, compared.scope).order_by()
        if compared.project is not None:
            measured = measured.filter(project=compared.project)
        rows = Target.objects.standing(reader).filter(indicator__in=measured.values("pk"))
        return with_figures(rows.annotate(of_group=Coalesce("restates_id", "pk")), reader)

    order = ("indicator", "period_latest", "period_earliest", "pk", "indicator__wider")
    found: tuple[dict[int, Judged], dict[int, Judged]] = ({}, {})
    rows = list(compared.both(targets, *order, "of_group", *SAID))
    rows.sort(key=lambda row: (row[1], row[2] or date.max, row[3] or date.min, row[4]))
    for later, indicator, _latest, _earliest, target, wider, group, *said in rows:
        found[later][group] = Judged(target, indicator, wider, Said(*said))
    return found


def target_results(
    compared: Comparison, found: Iterable[Judged]
) -> tuple[dict[int, TargetResult], dict[int, TargetResult]]:
    """The verdicts on each of the days of the targets of these indicators, by target; one query.

    The same whether there is any: no row has the id 0.
    """
    wider = {one.indicator: one.wider or 0 for one in found}
    own, measured = {0, *wider}, {0, *wider, *wider.values()}
    readers = (compared.then, compared.now)
    old, new, old_figures, new_figures = together(
        *(standing_targets(own, reader) for reader in readers),
        *(standing_observations(measured, reader) for reader in readers),
    )
    then, now = (
        _results(targets, sorted(figures, key=in_order), reader)
        for targets, figures, reader in zip(
            (old, new), (old_figures, new_figures), readers, strict=True
        )
    )
    return then, now


def _results(
    targets: list[Target], figures: list[Observation], reader: Reader
) -> dict[int, TargetResult]:
    results = {}
    for target in targets:
        of_both = (target.indicator_id, target.indicator.wider_id)
        own = [figure for of in of_both for figure in figures if figure.indicator_id == of]
        results[target.pk] = verdict_of(target, own, reader)
    return results
