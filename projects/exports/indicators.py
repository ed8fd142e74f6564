"""The files of indicators, of their targets and of what was observed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from projects.exports.columns import (
    amount,
    as_they_are,
    dated,
    derived,
    in_scope,
    own,
    reference,
    seen,
    statement,
    way,
    with_stands,
)
from projects.exports.writing import Export
from projects.models import Indicator, Observation, Project, Target
from projects.parameters import Parameters
from projects.reports.performance import verdict_of
from projects.values.readers import Reader
from projects.values.verdicts import Verdict


def _indicators(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Indicator.objects.all(), parameters)


INDICATORS = Export(
    name="indicators",
    contents=(
        *own("slug", "name_zh", "name_en", "definition_zh", "definition_en", "unit"),
        reference("place"),
        seen("project", Project.objects.all()),
        seen("wider", Indicator.objects.all()),
    ),
    rows=_indicators,
    prepare=as_they_are,
)


def _targets(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Target.objects.all(), parameters)


def _with_indicator(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """Add whether each stands, and the indicator that it is measured by."""
    measured = Indicator.objects.select_related("wider").only("slug", "unit", "wider__slug")
    return with_stands(rows, parameters).prefetch_related(
        Prefetch("indicator", measured.order_by())
    )


def _judged(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set the `verdict` of each target that stands; one that does not has none, as in any count."""
    for chunk in chunks:
        observations = _observations(chunk, parameters.reader)
        for target in chunk:
            target.verdict = target.attainment = None
            if target.stands:
                indicator = target.indicator
                known = [*observations[indicator.pk], *observations[indicator.wider_id]]
                target.verdict = verdict_of(target, known, parameters.reader).verdict
                target.attainment = _attainment(target.verdict)
            yield target


def _observations(targets: list[Any], reader: Reader) -> dict[int | None, list[Observation]]:
    """What stands of the indicators of these targets and of the wider ones."""
    indicators = {target.indicator_id for target in targets}
    indicators |= {target.indicator.wider_id for target in targets} - {None}
    rows = Observation.objects.standing(reader).filter(indicator__in=indicators)
    found: dict[int | None, list[Observation]] = defaultdict(list)
    for row in rows.select_related("source", "indicator").defer("source__full_text").order_by("pk"):
        found[row.indicator_id].append(row)
    return found


def _attainment(verdict: Verdict) -> str | None:
    """Percent of the target: `90.2`, or both ends of a vague figure as in EDTF: `90.2/91.0`."""
    low, high = verdict.attainment_low, verdict.attainment_high
    if low is None and high is None:
        return None
    if low == high:
        return str(low)
    return "/".join(".." if end is None else str(end) for end in (low, high))


TARGETS = Export(
    name="targets",
    contents=statement(
        reference("indicator"),
        *dated("period"),
        *own("period_as_written"),
        *amount("indicator__unit"),
        reference("stands_in"),
        way("verdict", "verdict.outcome"),
        way("outlook", "verdict.outlook"),
        way("wider_outcome", "verdict.wider_outcome"),
        *derived("attainment"),
    ),
    rows=_targets,
    prepare=_with_indicator,
    complete=_judged,
)


def _observed(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Observation.objects.all(), parameters)


OBSERVATIONS = Export(
    name="observations",
    contents=statement(
        reference("indicator"),
        *dated("period"),
        *own("status"),
        *amount("indicator__unit"),
        *own("growth", "growth_as_written", "growth_since"),
    ),
    rows=_observed,
    prepare=with_stands,
)
