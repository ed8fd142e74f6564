"""Search: everything that has a name, by words in either language."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from projects.models import Agreement, Indicator, Organization, Project, Source
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.scopes import Scope

SHOWN = 20
"""How many results of each kind are shown."""

_CHINESE_MARKS = str.maketrans("(),:;!?", "（），：；！？")

_NAMED = ("name_zh", "name_en")
_SEARCHED: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Project, (*_NAMED, "summary_zh", "summary_en")),
    (Organization, (*_NAMED, "short_name", "aliases")),
    (Agreement, (*_NAMED, "summary_zh", "summary_en")),
    (Indicator, (*_NAMED, "definition_zh", "definition_en")),
    (Source, ("title", "outlet", "author")),
)


@dataclass(frozen=True)
class Found:
    """What was found of one kind; `more` says that not all of it is shown."""

    kind: str
    label: Any
    entities: tuple[Any, ...]
    more: bool


def search(text: str, reader: Reader, scope: Scope) -> list[Found]:
    """Entities in which every word occurs, by kind; a query a kind.

    Full-width letters are found as half-width ones, and capitals as small ones.
    """
    words = text.split()
    if not words or "\0" in text:  # which PostgreSQL cannot store, so it occurs nowhere
        return []
    results = []
    for model, columns in _SEARCHED:
        rows: QuerySet[Any] = narrow(visible(model._default_manager.all(), reader), scope, reader)
        for word in words:
            rows = rows.filter(occurs(word, columns))
        entities = list(rows[: SHOWN + 1])
        if entities:
            label = model._meta.verbose_name_plural
            results.append(
                Found(
                    model._meta.model_name or "",
                    label,
                    tuple(entities[:SHOWN]),
                    len(entities) > SHOWN,
                )
            )
    return results


def occurs(word: str, columns: tuple[str, ...]) -> Q:
    """The condition that a word occurs in one of the columns, in one of its spellings."""
    condition = Q()
    for column in columns:
        for spelling in _spellings(word):
            condition |= Q(**{f"{column}__icontains": spelling})
    return condition


def _spellings(word: str) -> list[str]:
    """The word as typed, with half-width letters, and with these and the marks of Chinese.

    Names are stored as they are written: 中国电子（重庆）软件产业园 has full-width brackets.
    """
    narrow_letters = unicodedata.normalize("NFKC", word)
    return list(dict.fromkeys([word, narrow_letters, narrow_letters.translate(_CHINESE_MARKS)]))
