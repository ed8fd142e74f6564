"""What is entered along with a statement of some kinds: its step, or who puts the money in."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.admin.work import steps
from projects.admin.work.entry import Entry, as_sent
from projects.admin.work.forms import InvestorsForm, enter_with
from projects.models import Investment, Milestone, MilestoneDate, Statement
from projects.permissions import may


class InvestmentEntry(Entry):
    """An investment with the organizations that put it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {"investors": self.proposals.get("investors")}
        self.investors = InvestorsForm(self.data, initial=chosen)
        enter_with(self.investors.fields["investors"], self.source)

    @property
    def forms(self) -> list[BaseForm]:
        return [self.form, self.investors]

    def prepare(self) -> bool:
        # Both are looked at, so that one look tells all that is to be corrected.
        return self.form.is_valid() & self.investors.is_valid()

    def store(self) -> Statement | None:
        row: Any = super().store()
        links = self.investors.links(row)
        if not links.is_valid():
            said = [*links.non_form_errors(), *(str(error) for error in links.errors if error)]
            self.investors.add_error("investors", ValidationError([str(one) for one in said]))
            return None
        links.save()
        return row


class MilestoneDateEntry(Entry):
    """The date of a step, which is found by its project and kind, or made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = self._step_form(self.data)

    @property
    def forms(self) -> list[BaseForm]:
        return [self.step, self.form]

    def as_it_would_be(self) -> Any:
        row = super().as_it_would_be()
        if row.milestone_id is None:
            row.milestone = self.found()
        return row

    def is_chosen(self) -> bool:
        """Whether it is said which step of what is meant."""
        return all(self._chosen())

    def found(self) -> Milestone | None:
        """The step that is there already, if it is just one."""
        there = steps.existing(*self._chosen())
        return there[0] if len(there) == 1 else None

    def prepare(self) -> bool:
        if self.data is None or self.data.get("milestone"):
            return True
        milestone = self._milestone()
        self.form.is_valid()
        self.form.errors.pop("milestone", None)
        if milestone is None:
            return False
        sent = self.data.copy()
        sent["milestone"] = str(milestone.pk)
        self.form = self.statement_form(sent)
        return True

    def statement_form(self, data: QueryDict | None) -> Any:
        form = super().statement_form(data)
        form.fields["milestone"].label = _("a step by its name")
        form.fields["milestone"].required = data is not None and bool(data.get("milestone"))
        return form

    def _chosen(self) -> tuple[Any, str]:
        """The project or agreement whose step is meant, and the kind of step."""
        step = self.step
        if not step.is_bound:
            step = self._step_form(as_sent(step.initial, f"{steps.PREFIX}-"))
        step.is_valid()
        return step.subject(), step.cleaned_data.get("kind") or ""

    def _milestone(self) -> Milestone | None:
        """The step that is meant: the one of its kind, or a new one."""
        there = steps.existing(*self._chosen())
        if len(there) > 1:
            self.step.add_error(
                "kind", _("There are several steps of this kind: choose one by its name below.")
            )
        elif there:
            return there[0]
        elif not may(self.request.user, "add", Milestone):
            self.step.add_error(None, _("You may not add a step: choose one that is there."))
        elif self.step.is_valid():
            return self._new_step()
        else:
            self._show_names()
        return None

    def _show_names(self) -> None:
        """Put the names of the step that is meant where those of another one were shown."""
        subject, kind = self._chosen()
        names = steps.names_of(kind, subject)
        if names and self.step.cleaned_data.get("shown") != names["shown"]:
            shown = {f"{steps.PREFIX}-{name}": value for name, value in names.items()}
            self.step.data = {**self.step.data, **shown}

    def _new_step(self) -> Milestone:
        page = admin.site.get_model_admin(Milestone)
        row = self.step.save(commit=False)
        page.save_model(self.request, row, self.step, change=False)
        page.log_addition(self.request, row, [{"added": {}}])
        return row

    def _step_form(self, data: QueryDict | None) -> steps.NewStep:
        given = self.proposals.get
        initial = {
            "project": given("project"),
            "agreement": given("agreement"),
            "kind": given("step"),
        }
        for name in ("name_zh", "name_en", "shown"):
            initial[name] = given(f"{steps.PREFIX}-{name}")
        form = steps.form_class(self.request)(
            data, initial=initial, prefix=steps.PREFIX, source=self.source
        )
        for field in form.fields.values():
            enter_with(field, self.source)
        return form


_ENTRIES: dict[type[Statement], type[Entry]] = {
    Investment: InvestmentEntry,
    MilestoneDate: MilestoneDateEntry,
}


def entry_of(kind: type[Statement]) -> type[Entry]:
    """How a kind of statement is entered."""
    return _ENTRIES.get(kind, Entry)
