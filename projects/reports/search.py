"""Search: everything that has a name, by words in either language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex

from projects.models import Agreement, Indicator, Organization, Project, Source
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.scopes import Scope
from projects.values.search_words import excerpt, search_lines, search_words, searchable

SHOWN = 20
"""How many results of each kind are shown."""

_SEARCHED: tuple[type[Model], ...] = (Project, Organization, Agreement, Indicator, Source)


@dataclass(frozen=True)
class Hit:
    """An entity that was found, and what of it has the words where its name has not all of them."""

    entity: Any
    matched: str


@dataclass(frozen=True)
class Found:
    """What was found of one kind, best first; `more` says that not all of it is shown."""

    kind: str
    label: Any
    hits: tuple[Hit, ...]
    more: bool

    @property
    def table(self) -> str:
        """The name of the table with all of this kind."""
        return f"{self.kind}s"


def search(text: str, reader: Reader, scope: Scope, shown: int = SHOWN) -> list[Found]:
    """Entities in which every word occurs, by kind; a query a kind.

    Those come first that are called just so, then those in which the first word stands furthest to
    the front: in the name, not in the summary.
    """
    words = search_words(text)
    if not words or "\0" in text:  # which PostgreSQL cannot store, so it occurs nowhere
        return []
    called_just_so = Case(When(search_text__contains=search_lines([text]), then=0), default=1)
    results = []
    for model in _SEARCHED:
        rows: QuerySet[Any] = narrow(visible(model._default_manager.all(), reader), scope, reader)
        for word in words:
            rows = rows.filter(occurs(word, ("search_text",)))
        rows = rows.order_by(called_just_so, StrIndex("search_text", Value(words[0])), "pk")
        entities = list(rows[: shown + 1])
        if entities:
            hits = tuple(Hit(entity, matched(entity, words)) for entity in entities[:shown])
            label = model._meta.verbose_name_plural
            results.append(Found(model._meta.model_name or "", label, hits, len(entities) > shown))
    return results


def occurs(word: str, columns: tuple[str, ...]) -> Q:
    """The condition that a word in the spelling searched occurs in one of the columns searched."""
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__contains": word})
    return condition


def matched(entity: Any, words: list[str]) -> str:
    """Where the words stand, if not all are in the name: the alias, or a part of the summary."""
    name = searchable(str(entity))
    missing = [word for word in words if word not in name]
    if not missing:
        return ""
    texts = (text for text in _other_texts(entity) if missing[0] in searchable(text))
    return excerpt(next(texts, ""), missing[0])


def _other_texts(entity: Any) -> Iterator[str]:
    """What an entity is found by besides its name, the aliases one by one."""
    for column in entity._meta.get_field("search_text").columns:
        text: str = getattr(entity, column)
        yield from text.split(";") if column == "aliases" else [text]
