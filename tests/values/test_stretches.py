"""Values with the days from which they hold."""

from datetime import date

import pytest

from projects.values.stretches import combined, derived, held, on

FIRST = date.min


def day(number: int) -> date:
    return date(2020, 1, number)


def test_what_stands_leaves_gaps_and_a_successor_closes_them():
    said = [(day(2), day(4), "a"), (day(4), day(6), "b"), (day(9), None, "c")]
    assert held(said) == [
        (FIRST, None),
        (day(2), "a"),
        (day(4), "b"),
        (day(6), None),
        (day(9), "c"),
    ]


def test_from_the_first_day_of_all():
    assert held([(FIRST, None, "a")]) == [(FIRST, "a")]


def test_together():
    one, other = held([(day(2), day(4), "a")]), held([(day(4), None, "b")])
    assert combined([one, other]) == [
        (FIRST, (None, None)),
        (day(2), ("a", None)),
        (day(4), (None, "b")),
    ]
    assert combined([]) == [(FIRST, ())]


def test_neighbours_that_agree_become_one():
    numbers = held([(day(2), day(3), 1), (day(3), day(5), 1), (day(5), None, -1)])
    assert derived(numbers, lambda number: abs(number or 0)) == [(FIRST, 0), (day(2), 1)]


@pytest.mark.parametrize("asked", [FIRST, day(1), day(2), date.max])
def test_on_a_day(asked):
    stretches = [(FIRST, "a"), (day(2), "b")]
    assert on(stretches, asked) == ("a" if asked < day(2) else "b")
