"""Forms that know at which version of its row they were opened, and what was stored since."""

from typing import Any

from django import forms

from projects.admin.comparison import (
    Comparison,
    Outcome,
    as_sent,
    compare,
    describe,
    state_at,
)

_LONGEST_VERSION = 9


class VersionField(forms.Field):
    """The version at which the form was opened: it says nothing of the row's content."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def read_version(sent: Any) -> int | None:
    """The version that a form sent, None where that is none."""
    text = str(sent or "")
    fits = text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION
    return int(text) if fits else None


class VersionedForm(forms.ModelForm):
    """A form that refuses what was typed over a version of its row that is stored no more.

    Then `stale` says what was stored since, and the form goes on from there: it carries the
    version that is stored, and the stored values of the fields that were not touched.
    """

    data: Any
    refusal: Any = ""
    """Why nothing may be saved just now, whatever was typed."""
    stale: Comparison | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            return
        # Not declared: the column is not editable, and the admin would ask for it as if it were.
        self.fields["version"] = VersionField(initial=self.instance.version, required=False)
        if self.is_bound:
            self._check_version()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        if self.stale:
            self.add_error(None, self.stale.html())
        return self.cleaned_data

    def _check_version(self) -> None:
        sent = read_version(self["version"].data)
        if sent == self.instance.version:
            return
        state = state_at(self.instance, sent)
        opened = type(self)(instance=state, prefix=self.prefix) if state else None
        lines = compare(self, opened)
        self.stale = describe(self.instance, sent, state is not None, lines.values())
        untouched = [name for name, line in lines.items() if line.outcome == Outcome.THEIRS]
        self._take_over(["version", *untouched])

    def _take_over(self, names: list[str]) -> None:
        """Put what is stored in the place of what was sent."""
        stored = type(self)(instance=self.instance, prefix=self.prefix)
        self.data = self.data.copy()
        for name in names:
            self.data.setlist(self[name].html_name, as_sent(stored[name]))
