"""Scales and round steps, worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.axis import round_step, scale_of


@pytest.mark.parametrize(
    ("largest", "chinese", "english"),
    [
        ("9999", (0, ""), (0, "")),
        ("10000", (4, "万"), (0, "")),
        ("1000000", (4, "万"), (6, "million")),
        ("99999999", (4, "万"), (6, "million")),
        ("100000000", (8, "亿"), (6, "million")),
        ("1000000000", (8, "亿"), (9, "billion")),
    ],
)
def test_the_largest_scale_that_is_filled(
    largest: str, chinese: tuple[int, str], english: tuple[int, str]
) -> None:
    assert scale_of(Decimal(largest), "zh-hans") == chinese
    assert scale_of(Decimal(largest), "en") == english


@pytest.mark.parametrize(
    ("width", "most", "step"),
    [
        ("0", 5, "1"),
        ("100", 5, "20"),
        ("132", 6, "25"),
        ("5400", 6, "1000"),
        ("5", 5, "1"),
        ("0.9", 6, "0.2"),
    ],
)
def test_round_steps(width: str, most: int, step: str) -> None:
    assert round_step(Decimal(width), most) == Decimal(step)


@given(st.decimals("0.001", "1e15", places=3), st.integers(2, 12))
def test_no_more_steps_than_asked(width: Decimal, most: int) -> None:
    assert width / round_step(width, most) <= most
