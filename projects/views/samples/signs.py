"""Samples of signs: stages, states, verdicts, how a statement restates, marks."""

from decimal import Decimal

from projects.models import MilestoneState, RestatesHow, Stage
from projects.reports.changes.comparison import Section
from projects.reports.changes.states import ProjectChange, ProjectStand, StepStand
from projects.views.samples import rows
from projects.views.samples.sample import Sample, Samples

OUTCOMES = ("met", "missed", "not_decided")


def samples() -> Samples:
    """The samples of signs."""
    return {
        "stage.html": [
            Sample(one.value, {"stage": one.value, "label": one.label}) for one in Stage
        ],
        "state.html": [
            Sample(
                one.value,
                {
                    "state": one.value,
                    "label": one.label,
                    "days": 212 if one == MilestoneState.OVERDUE else None,
                },
            )
            for one in MilestoneState
        ],
        "verdict.html": [Sample(one, {"outcome": one}) for one in OUTCOMES],
        "restates.html": _restates(),
        "mark.html": _marks(),
        "progress.html": _progress(),
        "step_stand.html": _step_stands(),
        "project_stand.html": _project_stands(),
        "came_or_went.html": _came_or_went(),
        "changes_count.html": [
            Sample("all of them listed", {"section": Section((1, 2, 3))}),
            Sample("one not listed", {"section": Section((1, 2, 3), 1)}),
            Sample("several not listed", {"section": Section((1, 2, 3), 4)}),
        ],
    }


def _restates() -> list[Sample]:
    how = [
        Sample(one.value, {"statement": rows.investment(restates_how=one)}) for one in RestatesHow
    ]
    return [
        *how,
        Sample("a rival is preferred to it", {"statement": rows.investment(stands=False)}),
        Sample("stands: nothing", {"statement": rows.investment()}),
    ]


def _marks() -> list[Sample]:
    return [
        Sample("with words and a place", {"statement": rows.investment()}),
        Sample("without", {"statement": rows.investment("", locator="", as_written="")}),
    ]


def _progress() -> list[Sample]:
    spans = [("90.0", "90.0"), ("62.5", "95.0"), ("104.0", "118.0")]
    drawn = [
        Sample(
            f"{outcome}, {low} to {high}%",
            {"low": Decimal(low), "high": Decimal(high), "outcome": outcome},
        )
        for outcome in OUTCOMES
        for low, high in spans
    ]
    unknown = {"low": None, "high": None, "outcome": "not_decided"}
    return [*drawn, Sample("not known: nothing", unknown)]


def _step_stands() -> list[Sample]:
    reached = rows.milestone_date("2021-05", "reached")
    open_date = rows.milestone_date("")
    return [
        Sample("reached", {"stand": StepStand("reached", None, reached)}),
        Sample("overdue", {"stand": StepStand("overdue", 883, rows.milestone_date())}),
        Sample("due, no date stated", {"stand": StepStand("not_dated", None, open_date)}),
        Sample("nothing stated", {"stand": StepStand("not_dated", None, None)}),
    ]


def _project_stands() -> list[Sample]:
    opened = rows.milestone_date("2021-05", "reached")
    return [
        Sample("opened", {"stand": ProjectStand("opened", False, False, opened, rows.SOURCE)}),
        Sample(
            "overdue and silent",
            {"stand": ProjectStand("started", True, True, opened, rows.SOURCE)},
        ),
        Sample("not stated", {"stand": ProjectStand("not_stated", False, False, None, None)}),
    ]


def _came_or_went() -> list[Sample]:
    stand = ProjectStand("opened", False, False, None, None)
    return [
        Sample("came", {"change": ProjectChange(rows.PROJECT, None, stand)}),
        Sample("went", {"change": ProjectChange(rows.PROJECT, stand, None)}),
        Sample(
            "was there on both days: nothing", {"change": ProjectChange(rows.PROJECT, stand, stand)}
        ),
    ]
