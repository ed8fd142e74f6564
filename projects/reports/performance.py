"""Performance: targets against what was reported, with the verdict of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import QuerySet

from projects.models import Indicator, Observation, Target
from projects.models.together import together
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values import verdicts
from projects.values.readers import Reader
from projects.values.scopes import Scope

Measured = TypeVar("Measured", Target, Observation)


@dataclass(frozen=True)
class TargetResult:
    """A target, its verdict, and the observations that decide or come nearest to deciding it."""

    target: Target
    verdict: verdicts.Verdict
    decided_by: Observation | None
    best_known: Observation | None
    wider: Observation | None


@dataclass(frozen=True)
class Growth:
    """Growth on the year before, in percent: as stated, or computed from two final figures."""

    low: Decimal | None
    high: Decimal | None
    computed: bool


@dataclass(frozen=True)
class Reading:
    """An observation that stands, and its growth on the year before where it is known."""

    observation: Observation
    growth: Growth | None


@dataclass(frozen=True)
class GrowthNeeded:
    """The yearly growth, in percent, from the last final figure to the next target."""

    per_year: Decimal
    last: Observation
    target: Target


@dataclass(frozen=True)
class Performance:
    """An indicator, its targets with verdicts and its readings, in the order of the periods."""

    indicator: Indicator
    targets: tuple[TargetResult, ...]
    readings: tuple[Reading, ...]
    growth_needed: GrowthNeeded | None


def indicators(reader: Reader, scope: Scope) -> QuerySet[Indicator]:
    """The indicators of the scope that are there."""
    rows = narrow(visible(Indicator.objects.all(), reader), scope, reader)
    return rows.select_related("place", "project", "wider")


def performances(rows: Iterable[Indicator], reader: Reader) -> list[Performance]:
    """What was targeted and observed of each of these indicators; one query more."""
    found = list(rows)
    targets, observations = _measured({one.pk: one.wider_id for one in found}, reader)
    return _performances(found, targets, observations, reader)


def performances_of(ids: Mapping[int, int | None], reader: Reader) -> dict[int, Performance]:
    """What was targeted and observed of indicators, as far as they have targets; one query.

    They are told by their ids, each with that of the wider one.
    """
    targets, observations = _measured(ids, reader)
    found = [rows[0].indicator for rows in targets.values()]
    made = _performances(found, targets, observations, reader)
    return {one.indicator.pk: one for one in made}


def standing_targets(measured: Collection[int], reader: Reader) -> QuerySet[Target]:
    """The targets of these indicators, with all that a page shows of them."""
    rows = Target.objects.standing(reader).filter(indicator__in=measured)
    related = ("indicator__wider", "indicator__place", "indicator__project")
    return rows.select_related("source", "stands_in", *related).defer("source__full_text")


def standing_observations(measured: Collection[int], reader: Reader) -> QuerySet[Observation]:
    """What was observed of these indicators, with all that a page shows of it."""
    rows = Observation.objects.standing(reader).filter(indicator__in=measured)
    return rows.select_related("source", "indicator").defer("source__full_text")


def in_order(row: Measured) -> tuple[date, date, int]:
    """By what targets and observations stand: their periods; undated ones last."""
    return row.period_latest or date.max, row.period_earliest or date.min, row.pk


def _measured(
    ids: Mapping[int, int | None], reader: Reader
) -> tuple[dict[int, list[Target]], dict[int, list[Observation]]]:
    """The targets of indicators, and what was observed of them and of the wider ones; one query.

    The same whether there is any: no row has the id 0.
    """
    wider = {pk or 0 for pk in ids.values()}
    targets, observations = together(
        standing_targets({0, *ids}, reader), standing_observations({0, *ids, *wider}, reader)
    )
    return _by_indicator(targets), _by_indicator(observations)


def _performances(
    found: list[Indicator],
    targets: dict[int, list[Target]],
    observations: dict[int, list[Observation]],
    reader: Reader,
) -> list[Performance]:
    return [
        _performance(
            indicator,
            targets.get(indicator.pk, []),
            observations.get(indicator.pk, []),
            observations.get(indicator.wider_id or 0, []),
            reader,
        )
        for indicator in found
    ]


def verdict_of(target: Target, observations: Iterable[Observation], reader: Reader) -> TargetResult:
    """The verdict on a target by standing observations of its indicator and of the wider one."""
    rows = {observation.pk: observation for observation in observations}
    verdict = verdicts.judge(
        _target_value(target), [_observation_value(row) for row in rows.values()], reader.as_of
    )
    return TargetResult(
        target=target,
        verdict=verdict,
        decided_by=_row(rows, verdict.decided_by),
        best_known=_row(rows, verdict.best_known),
        wider=_wider_final(target, rows.values()),
    )


def _performance(
    indicator: Indicator,
    targets: list[Target],
    observations: list[Observation],
    wider: list[Observation],
    reader: Reader,
) -> Performance:
    results = [verdict_of(target, [*observations, *wider], reader) for target in targets]
    return Performance(
        indicator=indicator,
        targets=tuple(results),
        readings=tuple(Reading(row, _growth(row, observations)) for row in observations),
        growth_needed=_growth_needed(results, observations),
    )


def _target_value(target: Target) -> verdicts.Target:
    indicator = target.indicator
    return verdicts.Target(
        amount=target.amount,
        indicator=indicator.slug,
        wider=indicator.wider.slug if indicator.wider else None,
        period=target.stretch,
    )


def _observation_value(row: Observation) -> verdicts.Observation:
    assert row.stretch is not None  # noqa: S101  # a constraint of the table
    return verdicts.Observation(
        amount=row.amount,
        indicator=row.indicator.slug,
        period=row.stretch,
        status=row.status,
        published=row.source.when,
        id=row.pk,
    )


def _row(rows: dict[int, Observation], value: verdicts.Observation | None) -> Observation | None:
    return rows[int(value.id)] if value is not None and value.id is not None else None


def _wider_final(target: Target, rows: Iterable[Observation]) -> Observation | None:
    """The final figure of the wider indicator for the target's period."""
    return next(
        (
            row
            for row in rows
            if row.indicator_id == target.indicator.wider_id
            and row.status == Observation.Status.FINAL
            and row.days == target.days
        ),
        None,
    )


def _growth(row: Observation, observations: list[Observation]) -> Growth | None:
    """As stated on the year before, or computed from the final figures of two years."""
    if row.growth is not None and not row.growth_since:
        return Growth(row.growth, row.growth, computed=False)
    year = _final_year(row)
    before = next((one for one in observations if year and _final_year(one) == year - 1), None)
    if before is None:
        return None
    low, high = verdicts.growth_computed(before.amount, row.amount)
    return None if low is None and high is None else Growth(low, high, computed=True)


def _final_year(row: Observation) -> int | None:
    """The year of a final yearly figure; None for any other one."""
    return _whole_year(row) if row.status == Observation.Status.FINAL else None


def _whole_year(row: Target | Observation) -> int | None:
    """The year that the period is; None for a part of one, and for several."""
    first, last = row.period_earliest, row.period_latest
    if first is None or last is None or first.year != last.year:
        return None
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return first.year if whole else None


def _growth_needed(
    results: list[TargetResult], observations: list[Observation]
) -> GrowthNeeded | None:
    """From the last final yearly figure to the next yearly target after it."""
    finals = [(year, row) for row in observations if (year := _final_year(row))]
    if not finals:
        return None
    last_year, last = max(finals, key=lambda final: final[0])
    ahead = [
        (year, result.target)
        for result in results
        if (year := _whole_year(result.target)) is not None and year > last_year
    ]
    if not ahead:
        return None
    year, target = min(ahead, key=lambda one: one[0])
    per_year = verdicts.growth_needed(last.amount, last_year, target.amount, year)
    return None if per_year is None else GrowthNeeded(per_year, last, target)


def _by_indicator(rows: list[Measured]) -> dict[int, list[Measured]]:
    """Group statements by indicator, in the order of their periods."""
    grouped: dict[int, list[Measured]] = defaultdict(list)
    for row in sorted(rows, key=in_order):
        grouped[row.indicator_id].append(row)
    return grouped
