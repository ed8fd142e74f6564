"""Formsets of the admin's inlines: what is only seen with all the rows together."""

from collections.abc import Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Expression, F, Model, UniqueConstraint, Value
from django.forms import ModelForm
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext_lazy as _

from projects.admin.rows import VersionedFormSet
from projects.models import Investment, RestatesHow


class RowsFormSet(VersionedFormSet):
    """Rows of a parent, with the parent's unsaved values at hand.

    Django checks rows of one submission against each other only for constraints without a
    condition; the others would first be met by the database.
    """

    model: type[Model]

    def kept_forms(self) -> Iterator[ModelForm]:
        """The forms of the rows that there will be: not deleted, and not left empty."""
        for form in self.forms:
            if form.cleaned_data.get(DELETION_FIELD_NAME):
                continue
            if form.instance.pk is not None or form.has_changed():
                yield form

    def clean(self) -> None:
        super().clean()
        constraints = [
            constraint
            for constraint in self.model._meta.constraints
            if isinstance(constraint, UniqueConstraint) and constraint.condition is not None
        ]
        for constraint in constraints:
            self._check_once(constraint)

    def _check_once(self, constraint: UniqueConstraint) -> None:
        seen: set[tuple[object, ...]] = set()
        for form in self.kept_forms():
            row = form.instance
            if form.errors or not _concerns(constraint, row):
                continue
            values = tuple(row.serializable_value(name) for name in _columns(constraint))
            if values in seen:
                raise ValidationError(constraint.get_violation_error_message())
            seen.add(values)


def _columns(constraint: UniqueConstraint) -> list[str]:
    """The columns that a constraint takes together, also those inside of an expression."""
    nodes: list[Any] = []
    for expression in constraint.expressions:
        nodes += expression.flatten() if isinstance(expression, Expression) else [expression]
    names = [node.name for node in nodes if isinstance(node, F)]  # type: ignore[attr-defined]
    return [*constraint.fields, *names]


def _concerns(constraint: UniqueConstraint, row: Model) -> bool:
    """Whether a row is among those of which the constraint allows only one."""
    columns = {
        field.name: Value(getattr(row, field.attname), field) for field in row._meta.concrete_fields
    }
    return constraint.condition is not None and constraint.condition.check(
        columns, using=DEFAULT_DB_ALIAS
    )


class InvestorsFormSet(RowsFormSet):
    """The organizations of an investment, which have to agree with what it repeats."""

    instance: Investment

    def clean(self) -> None:
        super().clean()
        mine = {
            form.cleaned_data["organization"].pk
            for form in self.kept_forms()
            if form.cleaned_data.get("organization")
        }
        for other in self._said_the_same():
            theirs = other.organization_ids()
            if mine and theirs and mine != theirs:
                raise ValidationError(
                    _(
                        "%(key)s says the same, but by other organizations: give the same ones, "
                        "none, or restate it in another way."
                    ),
                    params={"key": other.key},
                )

    def _said_the_same(self) -> Iterator[Investment]:
        """The statement that this one repeats, and those that repeat it."""
        investment = self.instance
        if investment.restates is not None and investment.restates_how == RestatesHow.REPEATS:
            yield cast(Investment, investment.restates)
        if investment.pk is not None:
            yield from Investment.objects.filter(
                restates=investment, restates_how=RestatesHow.REPEATS
            )


class PartsFormSet(RowsFormSet):
    """The parts of an investment: they go into the same as the whole."""

    instance: Investment

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.instance.project = self.instance.project
        form.instance.agreement = self.instance.agreement
