"""The words of statements, which occur in the full text of their source where it carries one."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from projects.values.passages import are_words, find, in_context, nearest

WORDS = ("as_written", "period_as_written", "growth_as_written")
"""The columns that hold words of the publication; not every kind of statement has them all."""

NAMED = 3
"""How many statements a refused full text names."""

_AROUND_NEAREST = 20


def words_of(statement: Any) -> dict[str, str]:
    """The words that a statement quotes, by column; none that are empty."""
    columns = {name: getattr(statement, name, "") for name in WORDS}
    return {name: words for name, words in columns.items() if are_words(words)}


def check_words(statement: Any) -> None:
    """Refuse a statement whose words do not occur in the full text of its source."""
    text = statement.source.full_text if statement.source_id is not None else ""
    missing = _missing(statement, text)
    if missing:
        raise ValidationError(
            {
                name: ValidationError(
                    _("“%(words)s” does not occur in the full text of the source. %(nearest)s"),
                    params={"words": words, "nearest": nearest_words(words, text)},
                )
                for name, words in missing.items()
            }
        )


def check_text(text: str, statements: Iterable[Any]) -> None:
    """Refuse a full text in which the words of some of its statements do not occur."""
    refused = [(one, missing) for one in statements if (missing := _missing(one, text))]
    if refused:
        raise ValidationError({"full_text": list(_complaints(refused, text))})


def _missing(statement: Any, text: str) -> dict[str, str]:
    """The words of a statement that do not occur; none where there is no text."""
    if not text.strip():
        return {}
    quoted = words_of(statement)
    return {name: words for name, words in quoted.items() if find(words, text) is None}


def _complaints(refused: list[tuple[Any, dict[str, str]]], text: str) -> Iterator[ValidationError]:
    """Say of how many statements the words do not occur, and name the first ones."""
    yield ValidationError(
        ngettext_lazy(
            "The words of %(count)d statement do not occur in this text.",
            "The words of %(count)d statements do not occur in this text.",
            "count",
        ),
        params={"count": len(refused)},
    )
    for statement, missing in refused[:NAMED]:
        for words in missing.values():
            yield ValidationError(
                _("%(key)s: “%(words)s” does not occur. %(nearest)s"),
                params={
                    "key": statement.key,
                    "words": words,
                    "nearest": nearest_words(words, text),
                },
            )
    if len(refused) > NAMED:
        yield ValidationError(
            ngettext_lazy(
                "And %(count)d more statement.", "And %(count)d more statements.", "count"
            ),
            params={"count": len(refused) - NAMED},
        )


def nearest_words(words: str, text: str) -> Any:
    """Show the passage that is most like words that do not occur."""
    passage = nearest(words, text)
    if passage is None:
        return _("Nothing in it is like them.")
    near = in_context(passage, text, _AROUND_NEAREST)
    return _("The nearest passage: “%(passage)s”.") % {
        "passage": f"…{near.before}{near.words}{near.after}…"
    }
