"""The words of the query string that every page and export understands, and how they are read."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import Organization, Place
from projects.models.statements import Named, kinds, named_rows, preferred
from projects.models.together import all_together
from projects.notes import Notes
from projects.remembering.reports import remembered
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.scopes import Scope

Value = TypeVar("Value")
Below = tuple[Any, frozenset[int]]
"""An entity, and the ids of it and all below it."""

CARRIED = ("as_of", "since", "prefer", "group", "place", "direct", "lang")
"""The parameters that every link carries on."""

NOT_INDEXED = ("as_of", "prefer", "since")
"""Those that give pages without end, none of which is the record of today."""

PREFER_LIMIT = 10
# fromisoformat alone also reads 20200426 and 2020-W17-7.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_REPORTS = ("as_of", "prefer", "group", "place", "direct")
_TREES: "dict[str, type[Organization | Place]]" = {"group": Organization, "place": Place}
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
KINDS = kinds()


@dataclass(frozen=True)
class Problem:
    """A parameter that could not be used, and a sentence that says what to do."""

    name: str
    message: str


@dataclass(frozen=True)
class Parameters:
    """What is asked of every page: by whom it is read, and what part of everything."""

    reader: Reader
    scope: Scope
    since: date | None = None
    """The earlier day with which the day shown is compared."""
    group: Organization | None = None
    place: Place | None = None
    direct: bool = False
    problems: tuple[Problem, ...] = ()
    carried: tuple[tuple[str, str], ...] = field(default=())
    version: str | None = field(default=None, compare=False)
    """The version of the data before anything was read; None where nothing is remembered."""
    notes: Notes = field(default_factory=Notes, compare=False, repr=False)
    """The publications that the page names, as it is written: every part of it has these
    parameters, so each can number its sources."""

    def remembered(self, name: str, make: Callable[[], Value], *about: object) -> Value:
        """A report for this reader and scope, made anew only where the data changed since.

        `about` holds whatever else it depends on, as texts, numbers and days.
        """
        asked = sorted(pair for pair in self.carried if pair[0] in _OF_REPORTS)
        return remembered(self.version, (name, asked, about), make)

    def address(self, path: str, **more: str) -> str:
        """A link to `path` that carries reader and scope on; `more` replaces what it names."""
        kept = [(name, value) for name, value in self.carried if name not in more]
        query = urlencode([*kept, *more.items()])
        return f"{path}?{query}" if query else path


def read_parameters(query: QueryDict, version: str | None = None) -> Parameters:
    """Read the parameters that every page understands; what cannot be read becomes a problem.

    With the version of the data, read before, what was looked up for it is remembered.
    """
    return _Reading(query, version).parameters()


def unknown_parameters(query: Mapping[str, object], known: Iterable[str]) -> list[Problem]:
    """A problem for each parameter that neither all pages nor this one understands."""
    names = {*CARRIED, *known}
    return [
        Problem(name, _("“%(name)s” is not known here: leave it out.") % {"name": name})
        for name in dict.fromkeys(query)
        if name not in names and not name.startswith("utm_")
    ]


class _Reading:
    """One pass over a query string that collects what is usable and what is not."""

    def __init__(self, query: QueryDict, version: str | None) -> None:
        self.query = query
        self.version = version
        self.problems: list[Problem] = []
        self.carried: list[tuple[str, str]] = []

    def parameters(self) -> Parameters:
        today = timezone.localdate()
        as_of = self._day("as_of", today, today)
        since = self._day("since", today, as_of or today)
        named = self._named()
        slugs = {name: slug for name in _TREES if (slug := self.query.get(name, ""))}
        statements, below = self._look_up([one for one in named.values() if one], slugs)
        prefer = self._prefer(named, statements)
        group, members = self._entity("group", below)
        place, places = self._entity("place", below)
        direct = self._direct()
        if direct and group is not None:
            members = frozenset([group.pk])
        self._language()
        return Parameters(
            reader=Reader(today, as_of, prefer),
            scope=Scope(members, places),
            since=since,
            group=group,
            place=place,
            direct=direct,
            problems=tuple(self.problems),
            carried=tuple(self.carried),
            version=self.version,
        )

    def _day(self, name: str, today: date, shown: date) -> date | None:
        """A day that is not after today, nor after the day shown."""
        text = self.query.get(name, "")
        if not text:
            return None
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            self._refuse(
                name, _("“%(text)s” is not a day: write it as 2020-04-26.") % {"text": text[:40]}
            )
        elif day > today:
            self._refuse(
                name,
                _("%(text)s lies in the future: ask for today or an earlier day.") % {"text": text},
            )
        elif day > shown:
            self._refuse(
                name,
                _("%(text)s lies after %(day)s, the day shown: compare with an earlier day.")
                % {"text": text, "day": shown.isoformat()},
            )
        else:
            self.carried.append((name, text))
            return day
        return None

    def _named(self) -> dict[str, tuple[str, int] | None]:
        """The kinds and ids of the statements to prefer, by their texts; None for other texts."""
        texts = [text for text in dict.fromkeys(self.query.getlist("prefer")) if text]
        if len(texts) > PREFER_LIMIT:
            self._refuse(
                "prefer",
                _("At most %(limit)s statements can be preferred; the others were left out.")
                % {"limit": PREFER_LIMIT},
            )
        return {text: _statement_named(text) for text in texts[:PREFER_LIMIT]}

    def _look_up(
        self, named: list[tuple[str, int]], slugs: dict[str, str]
    ) -> tuple[Named, dict[str, Below]]:
        """What is named that is there: statements, and entities by the parameter; one query."""
        if not named and not slugs:
            return {}, {}
        find = partial(_look_up, named, slugs)
        return remembered(self.version, ("parameters", *sorted(named), *slugs.items()), find)

    def _prefer(
        self, named: Mapping[str, tuple[str, int] | None], statements: Named
    ) -> frozenset[tuple[str, int]]:
        published = frozenset((kind, one.pk) for kind in statements for one in statements[kind])
        preferred(published, statements)
        for text, name in named.items():
            if name in published:
                self.carried.append(("prefer", text))
            else:
                self._refuse(
                    "prefer",
                    _("“%(text)s” names no statement: write it as investment-5.")
                    % {"text": text[:40]},
                )
        return published

    def _entity(self, name: str, found: Mapping[str, Below]) -> Below | tuple[None, None]:
        """The entity that is asked and the ids of it and all below it; None where there is none."""
        slug = self.query.get(name, "")
        if slug and name not in found:
            self._refuse(
                name,
                _("“%(slug)s” is not known here: choose one from the lists of this site.")
                % {"slug": slug[:40]},
            )
        if name not in found:
            return None, None
        self.carried.append((name, slug))
        return found[name]

    def _direct(self) -> bool:
        text = self.query.get("direct", "")
        if text not in ("", "0", "1"):
            self._refuse("direct", _("Write direct=1 to leave out what lies below a group."))
        if text == "1":
            self.carried.append(("direct", "1"))
        return text == "1"

    def _language(self) -> None:
        text = self.query.get("lang", "")
        if text in dict(settings.LANGUAGES):
            self.carried.append(("lang", text))
        elif text:
            self._refuse("lang", _("The languages of this site are zh-hans and en."))

    def _refuse(self, name: str, message: str) -> None:
        self.problems.append(Problem(name, message))


def _look_up(
    named: list[tuple[str, int]], slugs: Mapping[str, str]
) -> tuple[Named, dict[str, Below]]:
    """Those of these statements, and of the entities with these slugs, that are on the site."""
    sets = named_rows(named) | {name: _below(_TREES[name], slug) for name, slug in slugs.items()}
    rows = dict(zip(sets, all_together(*sets.values()), strict=True))
    below = {
        name: (row, frozenset(one.pk for one in rows[name]))
        for name in slugs
        for row in rows[name]
        if row.on_site
    }
    return {kind: rows[kind] for kind in KINDS}, below


def _below(model: type[Organization | Place], slug: str) -> QuerySet[Any]:
    """The entity with this slug and all below it; it itself says whether it is on the site."""
    if "\0" in slug:
        return model._default_manager.none()
    itself = model._default_manager.filter(pk=OuterRef("pk"), slug=slug)
    on_site = Exists(visible(itself, Reader(timezone.localdate())))
    return model._default_manager.below(slug).annotate(on_site=on_site).order_by()


def _statement_named(text: str) -> tuple[str, int] | None:
    """The kind and the id that a text such as `investment-5` names; None where it names none."""
    kind, _dash, number = text.rpartition("-")
    # The id as it is written in addresses, so that one statement has one name.
    if kind not in KINDS or not _NUMBER.fullmatch(number):
        return None
    return kind, int(number)
