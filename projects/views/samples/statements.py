"""Samples of statements: whole, beside their rivals, in their publication, with their history."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from projects.models import Investment, MilestoneDate, RestatesHow, Statement
from projects.reports.funding import nothing
from projects.reports.history import Change, Value
from projects.reports.history.passages import Piece
from projects.reports.passages import marked, quote
from projects.reports.reading import by_hand
from projects.reports.swaps import Swap
from projects.reports.uses import Use
from projects.views.citations import citation
from projects.views.samples import rows
from projects.views.samples.measures import performance
from projects.views.samples.sample import Sample, Samples

TEXT = "示例集团将在示例新区投资数十亿元建设示例产业园，力争今年12月投用。\n项目力争今年12月投用。"
WHEN = datetime(2024, 5, 2, 9, 30, tzinfo=UTC)


def samples() -> Samples:
    """The samples of statements."""
    return {
        "statement.html": _statements(),
        "rival.html": [
            Sample("stands", {"statement": rows.investment(note="含土地 / with the land")}),
            Sample("disputed", {"statement": _rival()}),
        ],
        "uses.html": _uses(),
        "history.html": [
            Sample("changed twice", {"history": _history()}),
            Sample("never changed", {"history": ()}),
        ],
        "difference.html": [
            Sample(f"of the {value.label}", {"value": value, "told": True}) for value in _values()
        ],
        "change_kind.html": [
            Sample(kind, {"kind": kind}) for kind in ("first", "added", "changed", "deleted")
        ],
        "swaps.html": [
            Sample("for readers", _swaps(AnonymousUser())),
            Sample("for editors", _swaps(User(username="editor", is_staff=True))),
        ],
        "said.html": [Sample("one aside, one without words", _said())],
        "findings.html": [
            Sample("several", {"statements": _several(), "label": "Statements"}),
            Sample("none", {"statements": [], "label": "Statements"}),
        ],
        "quoted.html": [
            Sample("for readers", _quoted(with_text=False)),
            Sample("for editors, with the full text", _quoted(with_text=True)),
        ],
        "marked.html": [Sample("two passages", {"pieces": _pieces()})],
    }


def _rival() -> Any:
    return rows.investment(
        "30亿元", source=rows.LATER_SOURCE, restates_how=RestatesHow.DISPUTED, locator=""
    )


def _statements() -> list[Sample]:
    alone = rows.investment()
    whole = rows.investment("100亿元")
    rich = rows.investment(
        said_by="示例集团负责人",
        inferred="按上文，指一期 / by what stands before, the first phase",
        note="含土地 / with the land",
        part_of=whole,
    )
    others = [_rival(), rows.investment("数十亿元", restates_how=RestatesHow.REPEATS)]
    bare = rows.investment("", as_written="", restates_how=RestatesHow.SUPERSEDED)
    in_plan = rows.target(stands_in=rows.AGREEMENT)
    grown = rows.observation(growth_as_written="增长17.1%")
    counted = rows.milestone_date("2024/2026", counted_from=rows.EARLIER)
    return [
        _statement("alone in its group", alone),
        _statement("with everything, and two others of its group", rich, others),
        _statement("superseded, without words", bare, [alone]),
        _statement("a target of an agreement", in_plan),
        _statement("an observation with growth", grown),
        _statement("a date counted from a day", counted),
    ]


def _statement(words: str, statement: Statement, others: list[Statement] | None = None) -> Sample:
    return Sample(
        words,
        {
            "statement": statement,
            "kind": statement.kind_of_statement,
            "group": None,
            "others": others or [],
            "uses": (_use(statement),) if statement.stands else (),
            "by_hand": by_hand(statement),
            "citation": citation(statement, rows.parameters()),
        },
    )


def _use(statement: Statement) -> Use:
    """What a statement of its kind counts towards."""
    match statement:
        case Investment():
            return Use("total", line=nothing())
        case MilestoneDate():
            return Use("state", statement.subject, "scheduled", "scheduled")
        case _:
            return Use("verdict", performance().targets[1].target, outcome="missed")


def _uses() -> list[Sample]:
    target = performance().targets[1].target
    every = (
        Use("total", line=nothing()),
        Use("total", rows.PROJECT, line=nothing()),
        Use("total", rows.GROUP, line=nothing(), why_not="joint"),
        Use("stage", rows.PROJECT, "opened", "opened"),
        Use("state", rows.PROJECT, "overdue", "overdue"),
        Use("verdict", target, outcome="missed"),
        Use("best_known", target, outcome="not_decided"),
        Use("wider", target, outcome="met"),
        Use("projects", rows.COMPANY),
        Use("agreements", rows.COMPANY),
        Use("parties", rows.AGREEMENT),
    )
    return [
        Sample("every kind", {"uses": every, "statement": rows.investment()}),
        Sample("of a statement that stands, none", {"uses": (), "statement": rows.investment()}),
        Sample("of one that restates another", {"uses": (), "statement": _rival()}),
    ]


def _values() -> tuple[Value, ...]:
    """Values that changed, that came, and that are too long to be shown whole."""
    note = (Piece("same", "…将投资"), Piece("removed", "30"), Piece("added", "32"))
    return (
        Value("lower bound", "3000000000", "3200000000"),
        Value("locator", "", "第2段"),
        Value("note", TEXT, TEXT, (*note, Piece("same", "亿元…"))),
    )


def _history() -> tuple[Change, ...]:
    amount, place, _note = _values()
    return (
        Change(WHEN, "editor", "按原文更正 / corrected by the original", (amount, place)),
        Change(WHEN, "", "", (), kind="first"),
    )


def _swaps(user: Any) -> dict[str, Any]:
    request = rows.asked()
    request.user = user
    swap = Swap(7, WHEN, "editor", "后一篇为正式公告 / the later one is the official notice")
    return {"swaps": (swap,), "kind": "investment", "request": request}


def _several() -> list[Statement]:
    return [rows.investment(), rows.target(), rows.milestone_date(inferred="按标题 / by the title")]


def _said() -> dict[str, Any]:
    several = [
        rows.investment(said_by="示例集团负责人"),
        _rival(),
        rows.participation(locator=""),
        rows.party(rows.COMPANY, as_written=""),
    ]
    return {"statements": several, "label": "Statements"}


def _found() -> list[Any]:
    found = [rows.investment(), rows.milestone_date("2021-12", as_written="今年12月投用")]
    return [quote(row, number, TEXT) for number, row in enumerate(found, 1)]


def _quoted(*, with_text: bool) -> dict[str, Any]:
    elsewhere = quote(rows.target(), 3, TEXT)
    silent = quote(rows.participation(said_by="示例集团负责人"), 4, TEXT)
    aside = quote(_rival(), 5, TEXT)
    every = [*_found(), elsewhere, silent, aside]
    return {"statements": every, "label": "Statements", "with_text": with_text}


def _pieces() -> list[Any]:
    return marked(TEXT, _found(), lambda statement: statement.get_absolute_url())
