"""The right side of the working page: the chosen passage, its form, and what is stated already."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, QueryDict

from projects.admin.forms import AMOUNT_COLUMNS
from projects.admin.work import steps
from projects.admin.work.article import Article
from projects.admin.work.entries import MilestoneDateEntry, entry_of
from projects.admin.work.entry import Entry
from projects.admin.work.forms import GROUP
from projects.admin.work.links import form_of
from projects.admin.work.proposals import Passage, chosen
from projects.admin.work.rivals import Rival, likely, rivals_of
from projects.admin.work.sentence import sentence_at
from projects.admin.work.text import locator, quotable
from projects.models import Agreement, Milestone, Project, RestatesHow, Statement
from projects.values.folded_text import Span, fold_blanks
from projects.values.passages import Context
from projects.values.sentences import paragraph_number

_LATER = {
    *AMOUNT_COLUMNS,
    "milestone",
    "counted_from",
    "part_of",
    "stands_in",
    "period_as_written",
    "growth",
    "growth_as_written",
    "growth_since",
    "said_by",
    "inferred",
    "note",
}
_NAMES_OF_STEP = ("step-name_zh", "step-name_en")


@dataclass(frozen=True)
class Row:
    """A field of the form; `proposed` where it holds what was read from the text."""

    field: BoundField
    proposed: bool

    @property
    def box(self) -> bool:
        """Whether it is a box to tick, which stands before its label."""
        return getattr(self.field.field.widget, "input_type", "") == "checkbox"


@dataclass(frozen=True)
class KindChoice:
    """A kind of statement that the form may be of."""

    code: str
    label: str
    current: bool


class Panel:
    """The form for a passage: filled in with proposals, or as it was sent."""

    def __init__(
        self,
        request: HttpRequest,
        article: Article,
        kinds: list[type[Statement]],
        span: Span | None,
        kind: type[Statement] | None,
        typed: QueryDict | None = None,
    ) -> None:
        self.article, self.kinds, self.span = article, kinds, span
        passage = self._passage(kind)
        self.kind = passage.kind
        self.proposed = self._proposed(passage)
        initial = self.proposed | (self._typed(typed, request) if typed is not None else {})
        self.entry = entry_of(self.kind)(request, article.source, self.kind, initial)
        self.rivals: list[Rival] = []
        self._look_for_rivals(request, initial)

    @classmethod
    def refused(
        cls,
        request: HttpRequest,
        article: Article,
        kinds: list[type[Statement]],
        entry: Entry,
        span: Span | None,
    ) -> "Panel":
        """The form as it was sent, with what is to be corrected."""
        panel = cls(request, article, kinds, span, entry.kind)
        panel.entry = entry
        panel.rivals = rivals_of(entry.as_it_would_be())
        return panel

    @property
    def context(self) -> Context | None:
        """The passage with its sentence around it."""
        if self.span is None:
            return None
        text, span = self.article.text, self.span
        sentence = sentence_at(text, [], span).span
        start, end = min(sentence.start, span.start), max(sentence.end, span.end)
        parts = (text[start : span.start], text[span.start : span.end], text[span.end : end])
        return Context(*map(fold_blanks, parts))

    @property
    def stated(self) -> list[tuple[Statement, str]]:
        """The statements that the passage is already, with the addresses of their forms."""
        found = self.article.stated_in(self.span) if self.span else []
        return [(statement, form_of(statement)) for statement in found]

    @property
    def kind_choices(self) -> list[KindChoice]:
        """Every kind that the editor may enter."""
        return [
            KindChoice(kind.kind_of_statement, str(kind._meta.verbose_name), kind is self.kind)
            for kind in self.kinds
        ]

    @property
    def hows(self) -> list[tuple[str, Any]]:
        """The ways to restate another statement."""
        return list(RestatesHow.choices)

    @property
    def restates(self) -> bool:
        """Whether the fields of the group hold something."""
        return any(row.field.value() or row.field.errors for row in self.group)

    @property
    def later_refused(self) -> bool:
        """Whether something is to be corrected in the fields that are seldom needed."""
        return any(row.field.errors for row in self.later)

    @property
    def step_rows(self) -> list[Row]:
        """The fields that say whose step a date is of, and which one."""
        return [row for row in self._rows if _of_step(row)]

    @property
    def rows(self) -> list[Row]:
        """The fields that are asked first."""
        return [row for row in self._rows if not self._is_later(row) and not _of_step(row)]

    @property
    def later(self) -> list[Row]:
        """The fields that are seldom needed."""
        return [row for row in self._rows if self._is_later(row)]

    @property
    def group(self) -> list[Row]:
        """The fields that say how it restates another one."""
        return [self._row(name) for name in GROUP]

    @property
    def new_step(self) -> list[Row]:
        """The names that the step gets, where it is a new one."""
        if not isinstance(self.entry, MilestoneDateEntry) or not self.entry.is_chosen():
            return []
        return [self._row(name) for name in _NAMES_OF_STEP]

    @property
    def found_step(self) -> Milestone | None:
        """The step that is there already."""
        return self.entry.found() if isinstance(self.entry, MilestoneDateEntry) else None

    @property
    def hidden(self) -> list[BoundField]:
        """The fields that nobody fills in."""
        fields = self.entry.fields()
        return [field for name, field in fields.items() if field.is_hidden and name != "source"]

    @property
    def errors(self) -> list[Any]:
        """What is wrong with no field in particular."""
        return [form.non_field_errors() for form in self.entry.forms if form.is_bound]

    def _passage(self, kind: type[Statement] | None) -> Passage:
        if self.span is None:
            return Passage(Span(0, 0), kind or self.kinds[0])
        found = chosen(self.article.text, self.article.marks, self.span, kind)
        if found.kind not in self.kinds:
            found = chosen(self.article.text, self.article.marks, self.span, self.kinds[0])
        return found

    def _proposed(self, passage: Passage) -> dict[str, Any]:
        proposed = passage.values | {"key": _new_key(self.article.source.slug)}
        if self.span is not None:
            text = self.article.text
            proposed["as_written"] = quotable(text, self.span)
            proposed["locator"] = locator(paragraph_number(text, self.span.start))
        proposed |= self._proposed_names(proposed)
        return proposed

    def _proposed_names(self, given: dict[str, Any]) -> dict[str, Any]:
        """The names of a step that is not there yet."""
        models = {"project": Project, "agreement": Agreement}
        name = next((name for name in models if given.get(name)), None)
        if name is None or not given.get("step"):
            return {}
        subject: Any = models[name]._default_manager.filter(pk=given[name]).first()
        names = steps.names_of(given["step"], subject)
        return {f"step-{one}": value for one, value in names.items()}

    def _typed(self, typed: QueryDict, request: HttpRequest) -> dict[str, Any]:
        """What was sent from the form, perhaps that of another kind; blanks leave proposals."""
        same = typed.get("kind") == self.kind.kind_of_statement
        blank = entry_of(self.kind)(request, self.article.source, self.kind)
        values: dict[str, Any] = {}
        for name, field in blank.fields().items():
            several = getattr(field.field.widget, "allow_multiple_selected", False)
            box = getattr(field.field.widget, "input_type", "") == "checkbox"
            sent = typed.getlist(name) if several else typed.get(name, "")
            if box and same:
                values[name] = name in typed
            elif (same and name in typed) or sent:
                values[name] = sent
        for name in ("project", "agreement", "kind"):
            if f"step-{name}" in values:
                values["step" if name == "kind" else name] = values.pop(f"step-{name}")
        return values | self._names_typed(values)

    def _names_typed(self, values: dict[str, Any]) -> dict[str, Any]:
        """New names where those shown were for another step."""
        ids = {name: str(values.get(name) or "") for name in ("project", "agreement")}
        numbers = {name: one for name, one in ids.items() if one.isascii() and one.isdigit()}
        proposed = self._proposed_names(
            {name: int(one[:18]) for name, one in numbers.items()} | {"step": values.get("step")}
        )
        changed = proposed.get("step-shown") != values.get("step-shown")
        return proposed if changed else {}

    def _look_for_rivals(self, request: HttpRequest, initial: dict[str, Any]) -> None:
        """Find what stands already, and propose how the new statement restates it."""
        self.rivals = rivals_of(self.entry.as_it_would_be())
        rival = likely(self.rivals, self.kind)
        if rival is None or initial.get("restates"):
            return
        proposed = {"restates": rival.statement.pk, "restates_how": str(rival.how)}
        self.proposed |= proposed
        self.entry = entry_of(self.kind)(
            request, self.article.source, self.kind, initial | proposed
        )

    @cached_property
    def _rows(self) -> list[Row]:
        apart = {"source", "key", *GROUP, *_NAMES_OF_STEP}
        fields = self.entry.fields()
        last = ("as_written", "locator")
        names = [name for name in fields if name not in (*apart, *last)]
        if "investors" in names:
            names.insert(names.index("agreement") + 1, names.pop(names.index("investors")))
        return [
            self._row(name)
            for name in (*names, *(name for name in last if name in fields))
            if not fields[name].is_hidden
        ]

    def _row(self, name: str) -> Row:
        field = self.entry.fields()[name]
        value = field.value()
        wanted = self.proposed.get(_PROPOSED_AS.get(name, name))
        texts = [str(one) for one in value] if isinstance(value, list) else str(value)
        given = [str(one) for one in wanted] if isinstance(wanted, list) else str(wanted)
        return Row(field, wanted not in (None, "", []) and texts == given)

    def _is_later(self, row: Row) -> bool:
        return row.field.html_name in _LATER and not row.field.errors and not row.proposed


def _of_step(row: Row) -> bool:
    return row.field.html_name.startswith(f"{steps.PREFIX}-")


_PROPOSED_AS = {"step-project": "project", "step-agreement": "agreement", "step-kind": "step"}


def restated(choice: str) -> dict[str, str]:
    """What a button says of the group: the id of the one that is restated, and how."""
    number, _dash, how = choice.partition("-")
    if not (number.isascii() and number.isdigit() and how in RestatesHow.values):
        return {}
    return {"restates": number[:18], "restates_how": how}


def _new_key(slug: str) -> str:
    """The key of a statement to be: sent twice, it is stored once."""
    return f"{slug}-{uuid.uuid4().hex[:8]}"
