"""A made-up indicator with its targets, figures and verdicts."""

from decimal import Decimal

from projects.models import Observation
from projects.reports.performance import (
    GrowthNeeded,
    Performance,
    Reading,
    TargetResult,
    verdict_of,
)
from projects.views.samples import rows

Status = Observation.Status


def performance() -> Performance:
    """Targets met, missed and not decided, one of them undated, and figures of every status."""
    final = rows.observation("95亿元", "2022")
    figures = [
        rows.observation("80亿元", "2020"),
        rows.observation("约86亿元", "2021", status=Status.PRELIMINARY),
        final,
        rows.observation("数十亿元", "2023", status=Status.FORECAST),
        rows.observation("40多亿元", "2024-01/2024-05", status=Status.TO_DATE),
    ]
    wider = [rows.observation("180亿元", "2022", indicator=rows.WIDER)]
    ahead = rows.target("150亿元以上", "2025")
    targets = [
        rows.target("75亿元以上", "2020"),
        rows.target("不低于100亿元", "2022"),
        ahead,
        rows.target("1000亿元", "", period_as_written="远期 / in the long run"),
    ]
    reader = rows.parameters().reader
    return Performance(
        indicator=rows.INDICATOR,
        targets=tuple(verdict_of(one, [*figures, *wider], reader) for one in targets),
        readings=tuple(Reading(one, None) for one in figures),
        growth_needed=GrowthNeeded(Decimal("16.4"), final, ahead),
    )


def wider_performance() -> Performance:
    """The figures of the wider measure."""
    figures = [
        rows.observation(words, year, indicator=rows.WIDER)
        for words, year in (("150亿元", "2020"), ("165亿元", "2021"), ("180亿元", "2022"))
    ]
    return Performance(rows.WIDER, (), tuple(Reading(one, None) for one in figures), None)


def results() -> tuple[TargetResult, ...]:
    """The targets with their verdicts."""
    return performance().targets
