"""Samples of tables and lists, with their filters, chips, columns and pages."""

from typing import Any

from django.template import Context

from projects.filters.of_tables import MilestoneFilter
from projects.models import Milestone, MilestoneState, RestatesHow
from projects.reports.delivery import Step
from projects.reports.provenance import Superseded
from projects.reports.rollup import OrganizationRow, RollUp
from projects.reports.tree import Branch
from projects.tables import MilestoneTable
from projects.views.columns import column_choices
from projects.views.counting import Count
from projects.views.paging import PageOfRows, RowsPaginator
from projects.views.places import Place
from projects.views.results import LooserFilter
from projects.views.samples import rows
from projects.views.samples.sample import Sample, Samples

PAGE_SIZES = (25, 50, 100)
CHOSEN = "q=opening&state=overdue&state=possibly_due&sort=-state"
HIDDEN = ["kind", "reached"]


def samples() -> Samples:
    """The samples of tables and lists."""
    return {
        "list.html": [
            Sample("filtered", _list(CHOSEN, steps(), sorts=["-state"])),
            Sample("nothing found", _list("state=scheduled", [])),
        ],
        "table.html": [
            Sample("sorted downwards", _table(["-state"], [])),
            Sample("sorted upwards, columns left out", _table(["milestone"], HIDDEN)),
            Sample("not to be sorted", _table(None, [])),
        ],
        "filters.html": [
            Sample("none set", _filtered("")),
            Sample("three values set", _filtered(CHOSEN)),
            Sample("one not understood", _filtered("due_soon=perhaps&state=sometime")),
        ],
        "chips.html": [
            Sample("one", _filtered("state=overdue")),
            Sample("several", _filtered(CHOSEN)),
            Sample("none: nothing", _filtered("")),
        ],
        "columns.html": [
            Sample("all shown", _columns("", [])),
            Sample("two left out", _columns("columns=subject,milestone", HIDDEN)),
        ],
        "empty.html": _empty(),
        "pager.html": [Sample(f"page {number} of 3", _paged(60, number)) for number in (1, 2, 3)]
        + [Sample("one page: nothing", _paged(20, 1))]
        + [
            Sample("about so many", _paged(990_000, 3, exact=False, expected=True)),
            Sample("more than were counted", _paged(10_000, 3, exact=False)),
        ],
        "places.html": [
            Sample(
                f"page {number} of 3",
                {"page": Place(number, 60, 25), "label": "Findings", "request": rows.asked()},
            )
            for number in (1, 2, 3)
        ],
        "superseded.html": [Sample("raised and moved", {"superseded": _superseded()})],
        "steps.html": [Sample("every state", {"steps": steps(), "label": "Milestones"})],
        "investments.html": [
            Sample("counted and not", {"investments": _investments()}),
            Sample("none: nothing", {"investments": []}),
        ],
        "branch.html": [Sample("with two below it", {"branch": _tree()}, list_class="tree")],
    }


def steps() -> list[Step]:
    """A milestone in each of its states."""
    date = rows.milestone_date
    dates: dict[MilestoneState, tuple[Any, Any, Any]] = {
        MilestoneState.REACHED: (date("2021-12"), date("2021-11-18", "reached"), None),
        MilestoneState.PASSED_OVER: (date("2020-09"), None, None),
        MilestoneState.NOT_DATED: (date(""), None, None),
        MilestoneState.OVERDUE: (date("2021-33"), None, date("2022-03-01", "not_yet")),
        MilestoneState.POSSIBLY_DUE: (date("2023/2025"), None, None),
        MilestoneState.SCHEDULED: (date("2025-06-30"), None, None),
    }
    return [
        Step(
            rows.milestone(f"示例节点{number}", f"Sample step {number}"),
            state.value,
            *dates[state],
            overdue_days=883 if state == MilestoneState.OVERDUE else None,
        )
        for number, state in enumerate(dates, 1)
    ]


def _filterset(query: str) -> MilestoneFilter:
    return MilestoneFilter(rows.asked(query).GET, queryset=Milestone.objects.none())


def _filtered(query: str) -> dict[str, Any]:
    return {"filterset": _filterset(query), "request": rows.asked(query)}


def _columns(query: str, hidden: list[str]) -> dict[str, Any]:
    return _filtered(query) | {"columns": column_choices(MilestoneTable, hidden)}


def _table(sorts: list[str] | None, hidden: list[str]) -> dict[str, Any]:
    query = f"sort={sorts[0]}" if sorts else ""
    table = MilestoneTable(steps(), sorts=sorts, hidden=hidden)
    # As the tag render_table leaves it, for the cells.
    table.context = Context({"parameters": rows.parameters()})
    return {"table": table, "request": rows.asked(query)}


def _list(query: str, found: list[Step], sorts: list[str] | None = None) -> dict[str, Any]:
    return _columns(query, []) | {
        "table": MilestoneTable(found, sorts=sorts or []),
        "looser": [],
        "page": _page(len(found), 1),
        "page_sizes": PAGE_SIZES,
        "count": len(found),
        "counted": Count(len(found)),
        "count_words": f"{len(found)} / 12",
        "export_address": "/milestones.csv",
    }


def _page(count: int, number: int, **known: bool) -> PageOfRows:
    paginator = RowsPaginator(Milestone.objects.none(), PAGE_SIZES[0])
    paginator.counted = Count(count, **known)
    first = (number - 1) * PAGE_SIZES[0]
    rows = list(range(first, min(count, first + PAGE_SIZES[0])))
    return PageOfRows(rows, number, paginator, more=first + len(rows) < count)


def _paged(count: int, number: int, **known: bool) -> dict[str, Any]:
    page = _page(count, number, **known)
    return {"page": page, "page_sizes": PAGE_SIZES, "request": rows.asked(f"page={number}")}


def _superseded() -> list[Superseded]:
    return [
        Superseded(rows.investment("32亿元"), rows.investment("40亿元")),
        Superseded(rows.investment("40亿元"), rows.investment("32亿元")),
    ]


def _empty() -> list[Sample]:
    two = _filterset("q=nowhere&state=overdue")
    looser = [LooserFilter([chip], Count(count)) for count, chip in enumerate(two.chips, 1)]
    plain = {"filterset": _filterset(""), "looser": [], "request": rows.asked()}
    filtered = plain | _filtered("q=nowhere&state=overdue") | {"filterset": two}
    return [
        Sample("one filter", plain | _filtered("state=overdue")),
        Sample("two filters, either alone finds something", filtered | {"looser": looser}),
        Sample("two filters, each finds nothing", filtered),
        Sample("of a group", plain | {"parameters": rows.parameters(group=rows.GROUP)}),
        Sample("on an earlier day", plain | {"parameters": rows.parameters(as_of=rows.EARLIER)}),
        Sample("nothing entered", plain),
    ]


def _investments() -> list[Any]:
    return [
        rows.investment("32亿元", date="2019-10-09", instrument="equity_stake"),
        rows.investment("数十亿元", per="year", basis="agreed", organizations=[]),
        rows.investment(
            "30亿元", restates_how=RestatesHow.DISPUTED, not_counted_because="restates"
        ),
        rows.investment("", not_counted_because="part_of", project=None, agreement=rows.AGREEMENT),
    ]


def _tree() -> Branch:
    top = OrganizationRow(rows.GROUP, RollUp(projects={1, 2}))
    below = (
        Branch(OrganizationRow(rows.COMPANY, RollUp(projects={1})), ()),
        Branch(OrganizationRow(rows.GUESSED, RollUp()), ()),
    )
    return Branch(top, below)
