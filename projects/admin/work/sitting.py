"""What an editor has done with the passages of a text in this sitting: kept in the session."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from projects.values.folded_text import Span

_KEY = "work"
_MOST_TEXTS = 20


class Sitting:
    """The passages of one text that were set aside, and those that became statements.

    A statement is found by its words; what an editor wrote instead of them is remembered here.
    """

    def __init__(self, session: SessionBase, text: str) -> None:
        self._session, self._text = session, text
        self._of_text: dict[str, Any] = session.get(_KEY, {}).get(text, {})

    @property
    def skipped(self) -> set[Span]:
        """The passages that were said to be no statement."""
        return {_span(spelt) for spelt in self._of_text.get("skipped", [])}

    @property
    def entered(self) -> dict[Span, str]:
        """The passages that were entered, with the keys of their statements."""
        return {_span(spelt): key for spelt, key in self._of_text.get("entered", {}).items()}

    def skip(self, span: Span) -> None:
        """Set a passage aside."""
        skipped = [*self._of_text.get("skipped", []), spelt(span)]
        self._keep(skipped=list(dict.fromkeys(skipped)))

    def take_up(self) -> None:
        """Forget what was set aside."""
        self._keep(skipped=[])

    def enter(self, span: Span, key: str) -> None:
        """Remember that a passage became a statement."""
        skipped = [one for one in self._of_text.get("skipped", []) if one != spelt(span)]
        self._keep(entered=self._of_text.get("entered", {}) | {spelt(span): key}, skipped=skipped)

    def _keep(self, **changed: Any) -> None:
        texts = dict(self._session.get(_KEY, {}))
        texts.pop(self._text, None)
        self._of_text = self._of_text | changed
        # The last one used goes to the end, and the first ones are forgotten.
        kept = [*texts.items(), (self._text, self._of_text)][-_MOST_TEXTS:]
        self._session[_KEY] = dict(kept)


def spelt(span: Span) -> str:
    """A passage as addresses and the session name it."""
    return f"{span.start}-{span.end}"


def _span(text: str) -> Span:
    start, _dash, end = text.partition("-")
    return Span(int(start), int(end))
