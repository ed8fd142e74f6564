"""Targets against what was reported: the table of indicators, and one of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from projects.charts import indicator_chart, unit_name
from projects.filters.of_tables import IndicatorFilter
from projects.models import Indicator, Observation, Target
from projects.reports.performance import (
    GrowthNeeded,
    Performance,
    Reading,
    TargetResult,
    indicators,
    performances,
)
from projects.reports.provenance import statements
from projects.strips import Track, progress_strip
from projects.tables import IndicatorTable
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage
from projects.views.sentences import (
    chart_label,
    growth_needed_sentence,
    growth_since_words,
    growth_words,
    verdict_sentence,
    verdicts_summary,
)

MOST_KNOWN = (
    Observation.Status.FINAL,
    Observation.Status.PRELIMINARY,
    Observation.Status.TO_DATE,
    Observation.Status.FORECAST,
)
"""Which figure tells a reader of the table most, the best first."""


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator, its targets with verdicts, and the last figure of the best status."""

    indicator: Indicator
    targets: tuple[TargetResult, ...]
    latest: Observation | None


@dataclass(frozen=True)
class TargetRow:
    """A target with its verdict, the sentence that says it, and the statements it rests on."""

    result: TargetResult
    sentence: str
    figures: tuple[Target | Observation, ...]


@dataclass(frozen=True)
class ReadingRow:
    """An observation with its growth in words; `computed` where no publication states it."""

    observation: Observation
    growth: str
    computed: bool


@dataclass(frozen=True)
class Progress:
    """An indicator on the page of its project: verdicts, growth needed, and the small picture."""

    indicator: Indicator
    targets: tuple[TargetRow, ...]
    growth_needed: GrowthNeeded | None
    growth_needed_sentence: str
    strip: tuple[Track, ...]


class IndicatorList(TablePage):
    """The table of indicators."""

    template_name = "projects/indicator/list.html"
    table_class = IndicatorTable
    filterset_class = IndicatorFilter
    export = "indicators"

    def base_rows(self) -> QuerySet[Indicator]:
        return indicators(self.parameters.reader, self.parameters.scope)

    def page_rows(self, rows: list[Indicator]) -> list[IndicatorRow]:
        return [
            IndicatorRow(one.indicator, one.targets, latest(one))
            for one in performances(rows, self.parameters.reader)
        ]


class IndicatorDetail(Page):
    """All that is stated about one indicator, with the verdict of each target."""

    template_name = "projects/indicator/detail.html"

    def context(self, slug: str) -> dict[str, Any]:
        reader = self.parameters.reader
        shown = indicators(reader, Scope())
        indicator = get_object_or_404(shown, slug=slug)
        kin = list(shown.filter(Q(pk=indicator.wider_id) | Q(wider=indicator)))
        wider = next((one for one in kin if one.pk == indicator.wider_id), None)
        performance, *others = performances([indicator, *([wider] if wider else [])], reader)
        targets = [target_row(result, performance) for result in performance.targets]
        needed = performance.growth_needed
        return {
            "indicator": indicator,
            "unit": unit_name(indicator.unit),
            "wider": wider,
            "narrower": [one for one in kin if one != wider],
            "targets": targets,
            "summary": verdicts_summary(performance.targets),
            "readings": [reading_row(reading) for reading in performance.readings],
            "growth_needed": needed,
            "growth_needed_sentence": needed and growth_needed_sentence(needed),
            "chart": indicator_chart(performance, next(iter(others), None)),
            "chart_label": chart_label(indicator, (row.sentence for row in targets)),
            "strip": progress_strip(performance),
            "restating": [
                row
                for kind in (Target, Observation)
                for row in statements(kind, reader).filter(indicator=indicator, stands=False)
            ],
        }


def progress(performance: Performance) -> Progress:
    """What the page of a project says of one of its indicators."""
    needed = performance.growth_needed
    return Progress(
        indicator=performance.indicator,
        targets=tuple(target_row(result, performance) for result in performance.targets),
        growth_needed=needed,
        growth_needed_sentence=growth_needed_sentence(needed) if needed else "",
        strip=progress_strip(performance),
    )


def latest(performance: Performance) -> Observation | None:
    """The last figure of the best status that there is."""
    by_status = {
        reading.observation.status: reading.observation for reading in performance.readings
    }
    return next((by_status[status] for status in MOST_KNOWN if status in by_status), None)


def target_row(result: TargetResult, performance: Performance) -> TargetRow:
    """A target with its sentence, which names what is known to date while nothing is decided."""
    undecided = result.verdict.outcome == "not_decided"
    to_date = last_to_date(result.target, performance) if undecided else None
    figures = (result.target, result.best_known, to_date, result.wider)
    return TargetRow(
        result, verdict_sentence(result, to_date), tuple(one for one in figures if one is not None)
    )


def last_to_date(target: Target, performance: Performance) -> Observation | None:
    """The last figure to date within the target's period."""
    rows = [reading.observation for reading in performance.readings]
    return next((row for row in reversed(rows) if is_part_of(row, target)), None)


def is_part_of(row: Observation, target: Target) -> bool:
    """Whether it is a figure to date whose period lies within the target's."""
    if row.status != Observation.Status.TO_DATE or row.stretch is None or target.stretch is None:
        return False
    return row.stretch.stretch.lies_within(target.stretch.stretch)


def reading_row(reading: Reading) -> ReadingRow:
    """An observation with its growth in words: on the year before, or since the year it names."""
    observation, growth = reading.observation, reading.growth
    if growth is None and observation.growth is not None and observation.growth_since:
        return ReadingRow(observation, growth_since_words(observation), computed=False)
    return ReadingRow(observation, growth_words(growth), bool(growth and growth.computed))
