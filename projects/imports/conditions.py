"""The constraints of a model asked of rows in memory: by the conditions that the database keeps.

As in SQL, a comparison with nothing is neither true nor false, and a check refuses what is false.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q, UniqueConstraint, Value
from django.db.models.functions import Coalesce

Test = Callable[[Any], bool | None]
Read = Callable[[Any], Any]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda one, other: one == other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
    "range": lambda one, ends: ends[0] <= one <= ends[1],
    "startswith": lambda one, other: one.startswith(other),
}


@cache
def _checks(model: Any) -> tuple[tuple[CheckConstraint, Test], ...]:
    return tuple(
        (one, test_of(model, one.condition))
        for one in model._meta.constraints
        if isinstance(one, CheckConstraint) and isinstance(one.condition, Q)
    )


def check(row: Any) -> None:
    """Raise ValidationError with what `validate_constraints` says of the checks of a row."""
    model: Any = type(row)
    broken = [one for one, holds in _checks(model) if holds(row) is False]
    if broken:
        raise ValidationError(
            [ValidationError(one.get_violation_error_message()) for one in broken]
        )


def test_of(model: type[Model], condition: Q) -> Test:
    """A condition on the columns of a model as a function of a row."""
    tests = [
        test_of(model, one) if isinstance(one, Q) else _comparison(model, one, condition.negated)
        for one in condition.children
    ]
    joined = _any(tests) if condition.connector == Q.OR else _all(tests)
    return _not(joined) if condition.negated else joined


def _all(tests: list[Test]) -> Test:
    def holds(row: Any) -> bool | None:
        found: bool | None = True
        for test in tests:
            one = test(row)
            if one is False:
                return False
            found = found and one
        return found

    return tests[0] if len(tests) == 1 else holds


def _any(tests: list[Test]) -> Test:
    def holds(row: Any) -> bool | None:
        found: bool | None = False
        for test in tests:
            one = test(row)
            if one:
                return True
            found = None if one is None else found
        return found

    return tests[0] if len(tests) == 1 else holds


def _not(test: Test) -> Test:
    def holds(row: Any) -> bool | None:
        found = test(row)
        return None if found is None else not found

    return holds


def _comparison(model: type[Model], compared: Any, negated: bool) -> Test:
    path, value = compared
    name, _separator, lookup = path.partition("__")
    left = _column(model, name)
    if lookup == "isnull":
        return lambda row: (left(row) is None) == value
    compare = _COMPARISONS[lookup or "exact"]
    right = _read(model, value)
    # What is not there is not the value: Django writes a negated comparison so.
    nothing = False if negated else None

    def holds(row: Any) -> bool | None:
        one, other = left(row), right(row)
        return nothing if one is None or other is None else compare(one, other)

    return holds


def _column(model: type[Model], name: str) -> Read:
    field: Any = model._meta.get_field(name)
    return attrgetter(field.attname)


def _read(model: type[Model], expression: Any) -> Read:
    """An expression as a function of a row: a column, a value, the first that is there."""
    if isinstance(expression, F):
        name: str = expression.name  # type: ignore[attr-defined]
        return _column(model, name)
    if isinstance(expression, Coalesce):
        parts = [_read(model, one) for one in expression.source_expressions]
        return lambda row: next((found for part in parts if (found := part(row)) is not None), None)
    value = expression.value if isinstance(expression, Value) else expression
    return lambda row: value


class Slots:
    """What only one row may have at a time, by the rules of a model."""

    def __init__(self, model: type[Model]) -> None:
        self.rules = {
            one.name: (one, test_of(model, one.condition), _parts(model, one))
            for one in model._meta.constraints
            if isinstance(one, UniqueConstraint) and one.condition is not None
        }

    def of(self, row: Any) -> dict[str, tuple[Any, ...]]:
        """What a row has, by the names of the rules under which it does."""
        found = {}
        for name, (_rule, holds, parts) in self.rules.items():
            if holds(row):
                values = tuple(part(row) for part in parts)
                if None not in values:
                    found[name] = values
        return found

    def message(self, name: str) -> str:
        """What is said of a second row."""
        return str(self.rules[name][0].get_violation_error_message())


@cache
def slots_of(model: Any) -> Slots:
    """The slots of a model."""
    return Slots(model)


def _parts(model: type[Model], rule: UniqueConstraint) -> list[Read]:
    named: list[Any] = [F(name) for name in rule.fields] or list(rule.expressions)
    return [_read(model, one) for one in named]
