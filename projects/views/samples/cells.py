"""Samples of the cells of tables: amounts and dates as vague as they are stated, names, totals."""

from typing import Any

from projects.models import NotCounted, Observation, Project, RestatesHow, Stage
from projects.reports.delivery import Step
from projects.reports.funding import Line, nothing
from projects.reports.portfolio import ProjectRow
from projects.reports.rollup import OrganizationRow, RollUp
from projects.values.amounts import Amount
from projects.views.samples import rows
from projects.views.samples.measures import results
from projects.views.samples.sample import Sample, Samples

AMOUNTS = {
    "exact": "32亿元",
    "approximate": "约32亿元",
    "between": "数十亿元",
    "open above": "不低于40亿元",
    "above, the bound not included": "超过40亿元",
    "open below": "不超过5亿元",
    "not stated": "",
}
DATES = {
    "a day": "2021-12-18",
    "a month": "2021-12",
    "a quarter": "2016-33",
    "a year": "2023",
    "between": "2023/2025",
    "open before": "../2020-04",
    "open after": "2024-06/..",
    "not stated": "",
}


def samples() -> Samples:
    """The samples of cells."""
    several = [rows.COMPANY, rows.GROUP]
    parties = [rows.party(rows.COMPANY), rows.party(rows.GROUP)]
    return {
        "cells/amount.html": [
            *_of({state: rows.investment(words) for state, words in AMOUNTS.items()}),
            *_of({"no statement": None}),
        ],
        "cells/date.html": [
            *_of({state: rows.milestone_date(edtf) for state, edtf in DATES.items()}),
            *_of({"no statement": None}),
        ],
        "cells/count.html": _counts(),
        "cells/counted.html": _counted(),
        "cells/entities.html": _of({"several": several, "none": []}),
        "cells/entity.html": _of({"one": rows.PROJECT, "none": None}),
        "cells/names.html": _of({"several": [rows.PLACE, rows.PLACE], "none": []}),
        "cells/parties.html": _of({"several": parties, "none": []}),
        "cells/published.html": _of({"a day": rows.SOURCE, "a month": rows.LATER_SOURCE}),
        "cells/reading.html": _readings(),
        "cells/reported.html": _reported(),
        "cells/source.html": _of(
            {"with a place": rows.investment(), "without": rows.investment(locator="")}
        ),
        "cells/stage.html": _stages(),
        "cells/state.html": [
            Sample("overdue", {"record": _step("overdue", 883)}),
            Sample("scheduled", {"record": _step("scheduled", None)}),
        ],
        "cells/text.html": _of({"text": "示例 / sample", "none": None}),
        "cells/total.html": _totals(),
        "cells/verdicts.html": _of({"met, missed, not decided": results(), "no target": []}),
    }


def project_row(stage: str = Stage.STARTED, **more: Any) -> ProjectRow:
    """A project as the portfolio gives it."""
    project: Any = Project(
        pk=1, slug="made-up", name_zh="示例产业园", name_en="Sample Park", agreement=rows.AGREEMENT
    )
    project.stage, project.overdue = stage, more.get("overdue", False)
    project.silent = more.get("silent", False)
    stated = stage != Stage.NOT_STATED
    return ProjectRow(
        project=project,
        stage_statement=rows.milestone_date("2021-05", "reached") if stated else None,
        promised=None,
        last_report=more.get("last_report"),
        months_since_report=more.get("months"),
    )


def _of(values: dict[str, Any]) -> list[Sample]:
    return [Sample(state, {"value": value}) for state, value in values.items()]


def _step(state: str, days: int | None) -> Step:
    return Step(rows.milestone(), state, rows.milestone_date(), None, None, days)


def _counts() -> list[Sample]:
    leads = {"counted_on": "projects:projects", "by": "group", "slug": "made-up"}
    values = {"some": 7, "none": 0, "not counted": None}
    return [Sample(state, {"value": value, **leads}) for state, value in values.items()]


def _counted() -> list[Sample]:
    reasons = [
        Sample(one.value, {"record": rows.investment(not_counted_because=one.value)})
        for one in NotCounted
        if one != NotCounted.RESTATES
    ]
    restates = rows.investment(
        not_counted_because=NotCounted.RESTATES.value, restates_how=RestatesHow.DISPUTED
    )
    return [
        Sample("counted", {"record": rows.investment()}),
        *reasons,
        Sample("restates, disputed", {"record": restates}),
    ]


def _readings() -> list[Sample]:
    of_status = {
        one.value: rows.observation("约90亿元" if one == "forecast" else "90亿元", status=one)
        for one in Observation.Status
    }
    return _of({**of_status, "none": None})


def _reported() -> list[Sample]:
    last = rows.SOURCE
    return [
        Sample("reported", {"record": project_row(last_report=last, months=3)}),
        Sample("silent", {"record": project_row(last_report=last, months=49, silent=True)}),
        Sample("never", {"record": project_row()}),
    ]


def _stages() -> list[Sample]:
    return [
        Sample("with its statement", {"record": project_row()}),
        Sample("overdue", {"record": project_row(overdue=True)}),
        Sample("not stated", {"record": project_row(Stage.NOT_STATED)}),
    ]


def _totals() -> list[Sample]:
    vague = Amount(low=5_200_000_000, high=13_200_000_000, high_included=False)
    missing = Amount(low=3_200_000_000, high=3_200_000_000, parts_not_stated=2)
    only_missing = Amount(parts_not_stated=1)
    company = OrganizationRow(rows.COMPANY, RollUp())
    lines = {
        "vague": (vague, 3),
        "exact, besides without an amount": (missing, 3),
        "without an amount only": (only_missing, 1),
    }
    plain = [
        Sample(state, {"value": Line("CNY", "once", False, amount, parts), "record": None})
        for state, (amount, parts) in lines.items()
    ]
    line = Line("CNY", "once", False, vague, 3)
    return [
        *plain,
        Sample("of a project: leads to its parts", {"value": line, "record": project_row()}),
        Sample("of an organization", {"value": line, "record": company}),
        Sample("not stated", {"value": nothing(), "record": None}),
    ]
