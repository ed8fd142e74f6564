"""Amounts: their states, sums, and comparisons as sets."""

from dataclasses import FrozenInstanceError, replace
from decimal import Decimal, localcontext
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.amounts import Amount, UnitMismatch, is_currency, total
from tests.values.amount_strategies import amounts

HUNDRED_MILLION = 10**8
any_amount = amounts()


def test_the_default_is_not_stated_and_not_zero():
    amount = Amount()
    assert not amount.stated
    assert not amount.exact
    assert not (amount.low_included or amount.high_included)
    assert amount != Amount(0, 0)
    assert Amount(0, 0).stated


def test_bounds_are_normalised():
    assert Amount(Decimal("5.00"), Decimal("7.50")) == Amount(5, Decimal("7.5"))
    assert type(Amount(Decimal("1E+3"), None).low) is int
    assert Amount(Decimal("-0"), 3).low == 0
    assert hash(Amount(Decimal("2.0"))) == hash(Amount(2))


def test_bounds_keep_digits_that_the_context_would_round():
    long = Decimal("123456789012345678901234.5678")
    with localcontext(prec=5):
        assert Amount(long, long).low == long
        assert (Amount(long, long) + Amount(1, 1)).low == Decimal("123456789012345678901235.5678")


def test_open_bounds_are_never_included():
    assert Amount(low=3).high_included is False
    assert Amount(high=3).low_included is False


def test_it_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Amount(1, 2).low = 0


@pytest.mark.parametrize("bound", [1.0, True, "5", 3 + 0j])
def test_other_types_of_bounds_are_refused(bound):
    with pytest.raises(TypeError):
        Amount(low=bound)


@pytest.mark.parametrize(
    "fields",
    [
        {"low": 5, "high": 4},
        {"low": 5, "high": 5, "low_included": False},
        {"low": 5, "high": 5, "high_included": False},
        {"approximate": True},
        {"low": -1},
        {"high": -1},
        {"high": 0, "high_included": False},
        {"low": Decimal("NaN")},
        {"high": Decimal("Infinity")},
        {"low": Decimal("1E+40")},
        {"low": Decimal("1E-40")},
        {"parts_not_stated": -1},
        {"parts_open_below": -1, "low": 1},
        {"parts_open_below": 1},
        {"high": 5, "parts_open_below": 1},
    ],
)
def test_states_that_mean_nothing_are_refused(fields):
    with pytest.raises(ValueError, match=r"\w"):
        Amount(**fields)


def test_only_money_has_to_be_zero_or_more():
    assert Amount(-3, 5, unit="percent").low == -3
    assert is_currency("JPY")
    assert not is_currency("m²")
    assert not is_currency("sets")


def test_the_signing_of_2020_adds_up():
    exact = Amount(32 * HUNDRED_MILLION, 32 * HUNDRED_MILLION)
    tens = Amount(20 * HUNDRED_MILLION, 100 * HUNDRED_MILLION, high_included=False)
    assert sum([exact, Amount(), tens, Amount()]) == Amount(
        52 * HUNDRED_MILLION, 132 * HUNDRED_MILLION, True, False, parts_not_stated=2
    )


def test_an_open_part_opens_the_sum_above():
    assert Amount(5, 5) + Amount(low=3, low_included=False) == Amount(low=8, low_included=False)


def test_an_open_lower_bound_adds_as_zero_and_the_sum_says_so():
    expected = Amount(5, 12, high_included=False, parts_open_below=1)
    assert Amount(5, 5) + Amount(high=7, high_included=False) == expected
    assert total([Amount(high=7)], "CNY") == Amount(0, 7, parts_open_below=1)


def test_from_and_up_to_is_open_above():
    assert Amount(low=5) + Amount(high=3) == Amount(low=5, parts_open_below=1)


def test_one_approximate_part_makes_the_sum_approximate():
    assert (Amount(5, 5) + Amount(1, 2, approximate=True)).approximate
    assert not (Amount(5, 5) + Amount(1, 2)).approximate


def test_parts_that_are_not_stated_are_counted():
    assert Amount() + Amount() == Amount(parts_not_stated=2)
    assert Amount() + Amount() + Amount() == Amount(parts_not_stated=3)
    assert total([Amount()], "CNY") == sum([Amount()]) == Amount(parts_not_stated=1)
    assert total([], "USD") == Amount(unit="USD")


def test_units_never_mix():
    with pytest.raises(UnitMismatch):
        Amount(1, 1) + Amount(1, 1, unit="USD")
    with pytest.raises(UnitMismatch):
        total([Amount(1, 1, unit="USD")], "CNY")
    with pytest.raises(TypeError):
        Amount(1, 1) + 1


@given(any_amount, any_amount, any_amount)
def test_sums_do_not_depend_on_order_or_grouping(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert sum([one, two, three]) == total([three, one, two], "CNY") == one + two + three


small = amounts(numbers=st.integers(0, 4)).filter(lambda amount: amount.stated)
HALVES = [Decimal(half) / 2 for half in range(0, 41)]


def members(amount):
    """The halves up to 20 that lie in an amount, tried one by one."""
    return {
        number
        for number in HALVES
        if (
            amount.low is None
            or number > amount.low
            or (amount.low_included and number == amount.low)
        )
        and (
            amount.high is None
            or number < amount.high
            or (amount.high_included and number == amount.high)
        )
    }


@given(small, small)
def test_a_sum_is_the_set_of_all_sums(one, two):
    sums = {x + y for x, y in product(members(one), members(two)) if x + y <= 20}
    expected = members(one + two)
    # Between two halves next to an excluded bound no half is left to reach its neighbour.
    assert sums <= expected
    if (one.low is None or one.low_included) and (two.low is None or two.low_included):
        assert min(sums) == min(expected)
    if one.high_included and two.high_included:
        assert max(sums) == max(expected)
    if one.high is None or two.high is None:
        assert max(sums) == max(expected) == 20


@given(small, small)
def test_comparisons_are_those_of_sets(one, two):
    assert one.overlaps(two) == bool(members(one) & members(two))
    assert one.lies_within(two) == (members(one) <= members(two))


@pytest.mark.parametrize(
    ("one", "two", "within", "overlap"),
    [
        (Amount(5, 5), Amount(5, 9), True, True),
        (Amount(5, 5), Amount(5, 9, low_included=False), False, False),
        (Amount(5, 9, low_included=False), Amount(5, 9), True, True),
        (Amount(5, 9), Amount(5, 9, high_included=False), False, True),
        (Amount(low=6), Amount(low=5), True, True),
        (Amount(low=5), Amount(5, 9), False, True),
        (Amount(1, 5), Amount(5, 9, low_included=False), False, False),
        (Amount(high=5), Amount(0, 5), True, True),
        (Amount(high=5, unit="percent"), Amount(0, 5, unit="percent"), False, True),
        (Amount(5, 5), Amount(5, 5, unit="USD"), False, False),
        (Amount(5, 5), Amount(), True, True),
        (Amount(), Amount(5, 5), False, True),
    ],
)
def test_lies_within_and_overlaps(one, two, within, overlap):
    assert one.lies_within(two) is within
    assert one.overlaps(two) is overlap


def test_values_agree_when_one_lies_within_the_other():
    assert Amount(32, 32).agrees_with(Amount(20, 100, high_included=False))
    assert Amount(20, 100).agrees_with(Amount(32, 32))
    assert not Amount(20, 40).agrees_with(Amount(30, 50))
    assert Amount().agrees_with(Amount(1, 1))
    assert Amount(1, 1).agrees_with(Amount())
    assert not Amount(1, 1).agrees_with(Amount(1, 1, unit="USD"))
    assert not Amount().agrees_with(Amount(1, 1, unit="USD"))


@given(any_amount)
def test_an_amount_agrees_with_itself_and_with_its_sum(amount):
    assert amount.lies_within(amount)
    assert amount.agrees_with(0 + amount)
    assert replace(amount) == amount
