"""Columns that belong together are stored in the states that the domain names, and in no others.

One test for every pair of bounds and one for every vague date, found by walking the models: a pair
that somebody adds without a constraint fails here.
"""

from datetime import date
from itertools import product

import pytest

from projects.fields import EdtfField
from projects.models import Investment, MilestoneDate, Observation, Side, Source, Target
from tests import factories
from tests.models.refusing import stores
from tests.recorded import RECORDED

pytestmark = pytest.mark.django_db

BUILDERS = {
    Investment: factories.investment,
    # Only a due date may be left open, and here every state is tried.
    MilestoneDate: lambda: factories.milestone_date(side=Side.DUE),
    Observation: factories.observation,
    Source: factories.source,
    Target: factories.target,
}

# Beyond the states that all pairs share.
ALWAYS_STATED = {
    "observation.amount",
    "observation.period",
    "source.published",
    "target.amount",
}
NEVER_OPEN_ABOVE = {"source.published"}


def _fields():
    for model in RECORDED:
        for field in model._meta.get_fields():
            yield model, field


def bounds():
    """Every `<x>_low` that has a `<x>_high`, as model and `<x>`."""
    for model, field in _fields():
        name = field.name.removesuffix("_low")
        if name != field.name and any(one.name == f"{name}_high" for one in model._meta.fields):
            yield pytest.param(model, name, id=f"{model._meta.model_name}.{name}")


def vague_dates():
    """Every column of a vague date, as model and name."""
    for model, field in _fields():
        if isinstance(field, EdtfField):
            yield pytest.param(model, field.name, id=f"{model._meta.model_name}.{field.name}")


def test_the_walk_finds_them_all():
    assert {pair.id for pair in bounds()} == {
        "investment.amount",
        "observation.amount",
        "target.amount",
    }
    assert {pair.id for pair in vague_dates()} == {
        "investment.date",
        "milestonedate.date",
        "observation.growth_since",
        "observation.period",
        "source.published",
        "target.period",
    }


def amount_allowed(low, high, low_included, high_included, approximate) -> bool:
    """The four states of an amount, and that an open bound is never included."""
    if low is None and high is None:
        return not (low_included or high_included or approximate)
    if high is None:
        return not high_included
    if low is None:
        return not low_included
    return low < high or (low == high and low_included and high_included)


@pytest.mark.parametrize(("model", "name"), list(bounds()))
def test_bounds(model, name):
    row = BUILDERS[model]()
    columns = ("low", "high", "low_included", "high_included", "approximate")
    stated = f"{model._meta.model_name}.{name}" in ALWAYS_STATED
    flags = (True, False)
    for state in product((None, 1, 2), (None, 1, 2), flags, flags, flags):
        allowed = amount_allowed(*state) and not (stated and state[:2] == (None, None))
        written = {f"{name}_{column}": value for column, value in zip(columns, state, strict=True)}
        assert stores(row, **written) == allowed, written


def date_allowed(text, earliest, latest) -> bool:
    """No text, no bounds; a text, at least one bound, and two in order."""
    if text is None:
        return False
    if text == "":
        return earliest is None and latest is None
    if earliest is None or latest is None:
        return (earliest, latest) != (None, None)
    return earliest <= latest


@pytest.mark.parametrize(("model", "name"), list(vague_dates()))
def test_vague_dates(model, name):
    row = BUILDERS[model]()
    label = f"{model._meta.model_name}.{name}"
    days = (None, date(2020, 1, 1), date(2020, 12, 31))
    for text, earliest, latest in product((None, "", "2020"), days, days):
        allowed = (
            date_allowed(text, earliest, latest)
            and not (label in ALWAYS_STATED and text == "")
            and not (label in NEVER_OPEN_ABOVE and latest is None)
        )
        written = {name: text, f"{name}_earliest": earliest, f"{name}_latest": latest}
        assert stores(row, **written) == allowed, written


@pytest.mark.parametrize(("model", "name"), list(vague_dates()))
def test_saving_sets_both_days_of_a_vague_date(model, name):
    row = BUILDERS[model]()
    setattr(row, name, "2016-33")
    row.save()
    row.refresh_from_db()
    first, last = getattr(row, f"{name}_earliest"), getattr(row, f"{name}_latest")
    assert (first, last) == (date(2016, 1, 1), date(2016, 3, 31))
