"""Amounts made up by Hypothesis."""

from decimal import Decimal

from hypothesis import strategies as st

from projects.values.amounts import Amount

# Whole, cut and long numbers, so that every scale and the lack of one is met.
bounds = st.one_of(
    st.integers(0, 20),
    st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 99_999), st.integers(0, 12)),
    st.integers(0, 10**15),
    st.decimals(0, 10**9, places=4).map(Decimal),
)


@st.composite
def amounts(draw, unit="CNY", numbers=bounds):
    """Any amount but a sum."""
    low = draw(st.none() | numbers)
    high = draw(st.none() | numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    included = low is not None and low == high
    if low is None and high is not None:
        high += 1
    return Amount(
        low,
        high,
        included or draw(st.booleans()),
        included or draw(st.booleans()),
        (low is not None or high is not None) and draw(st.booleans()),
        unit,
    )
