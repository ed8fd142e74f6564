"""Verdicts on targets: the revenue targets of the follow-ups, boundaries, attainment, growth."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from projects.values.amounts import Amount
from projects.values.dates import Period, VagueDate
from projects.values.verdicts import Observation, Target, growth_computed, growth_needed, judge

REVENUE = "software-business-revenue"
MAIN_REVENUE = "software-main-business-revenue"
YI = 100_000_000

INTERVAL = re.compile(r"(~?)([\[(])(-?[\d.]*),([\d.]*)([\])])")


def amount(words: str, unit: str = "CNY", scale: int = 1) -> Amount:
    """Read "[30,40)", "(30,)", "~[30,30]" or "?" (not stated); `scale` multiplies the bounds."""
    if words == "?":
        return Amount(None, None, False, False, False, unit)
    found = INTERVAL.fullmatch(words)
    assert found, words
    tilde, opening, low, high, closing = found.groups()
    return Amount(
        low=Decimal(low) * scale if low else None,
        high=Decimal(high) * scale if high else None,
        low_included=bool(low) and opening == "[",
        high_included=bool(high) and closing == "]",
        approximate=bool(tilde),
        unit=unit,
    )


def exactly(figure: str) -> str:
    """The interval that holds one figure."""
    return f"[{figure},{figure}]"


def target(words: str, period: str | None, indicator: str = REVENUE) -> Target:
    """A target in 亿元 for the narrower indicator, whose wider one is named."""
    wider = MAIN_REVENUE if indicator == REVENUE else None
    return Target(amount(words, scale=YI), indicator, wider, Period(period) if period else None)


def said(
    status: str, words: str, period: str, published: str, indicator: str = REVENUE
) -> Observation:
    """An observation in 亿元."""
    return Observation(
        amount(words, scale=YI), indicator, Period(period), status, VagueDate(published)
    )


OF_2020 = said("final", exactly("2008.2"), "2020", "2021-12-26")
SEVEN_MONTHS = said("to_date", exactly("1558.9"), "2022-01/2022-07", "2022-09-21")
FORECAST = said("forecast", "(3000,)", "2022", "2022-09-21")
PRELIMINARY = said("preliminary", exactly("2750"), "2022", "2023-01-10")
FOUR_MONTHS = said("to_date", exactly("806.5"), "2023-01/2023-04", "2023-05-30")
OF_2022 = said("final", exactly("2705"), "2022", "2023-06")
MAIN_OF_2022 = said("final", exactly("3036"), "2022", "2023-06", MAIN_REVENUE)
MAIN_OF_2021 = said("final", exactly("2824"), "2021", "2025-12", MAIN_REVENUE)
MAIN_FORECAST = said("forecast", "(5000,)", "2025", "2025-12", MAIN_REVENUE)
FOLLOW_UPS = (
    *(OF_2020, SEVEN_MONTHS, FORECAST, PRELIMINARY, FOUR_MONTHS, OF_2022),
    *(MAIN_OF_2022, MAIN_OF_2021, MAIN_FORECAST),
)


def test_revenue_of_2020_is_met() -> None:
    verdict = judge(target("[2000,)", "2020"), FOLLOW_UPS)
    assert verdict.outcome == "met"
    assert verdict.decided_by == verdict.best_known == OF_2020
    assert verdict.attainment_low == verdict.attainment_high == Decimal("100.4")
    assert verdict.outlook == "unknown"
    assert verdict.wider_outcome == "not_decided"


def test_revenue_of_2022_is_missed_and_the_wider_one_would_have_met_it() -> None:
    verdict = judge(target("[3000,)", "2022"), FOLLOW_UPS)
    assert verdict.outcome == "missed"
    assert verdict.decided_by == verdict.best_known == OF_2022
    assert verdict.attainment_low == verdict.attainment_high == Decimal("90.2")
    assert verdict.outlook == "behind"
    assert verdict.wider_outcome == "met"


def test_revenue_of_2022_as_known_in_october_2022() -> None:
    verdict = judge(target("[3000,)", "2022"), FOLLOW_UPS, date(2022, 10, 1))
    assert verdict.outcome == "not_decided"
    assert verdict.outlook == "met"
    assert verdict.best_known == FORECAST
    assert verdict.decided_by is None
    assert (verdict.attainment_low, verdict.attainment_high) == (None, None)
    assert verdict.wider_outcome == "not_decided"


def test_revenue_of_2022_as_known_in_february_2023() -> None:
    verdict = judge(target("[3000,)", "2022"), FOLLOW_UPS, date(2023, 2, 1))
    assert verdict.outcome == "not_decided"
    assert verdict.outlook == "behind"
    assert verdict.best_known == PRELIMINARY
    assert verdict.decided_by is None


def test_a_publication_of_some_day_in_june_is_out_on_its_last() -> None:
    of_2022 = target("[3000,)", "2022")
    assert judge(of_2022, FOLLOW_UPS, date(2023, 6, 29)).outcome == "not_decided"
    assert judge(of_2022, FOLLOW_UPS, date(2023, 6, 30)).outcome == "missed"


def test_revenue_of_2025_is_not_decided() -> None:
    verdict = judge(target("[5000,)", "2025"), FOLLOW_UPS)
    assert (verdict.outcome, verdict.outlook) == ("not_decided", "unknown")
    assert verdict.best_known is None
    assert verdict.wider_outcome == "not_decided"


def test_main_revenue_of_2025_is_forecast_to_be_met() -> None:
    verdict = judge(target("(5000,)", "2025", MAIN_REVENUE), FOLLOW_UPS)
    assert (verdict.outcome, verdict.outlook) == ("not_decided", "met")
    assert verdict.best_known == MAIN_FORECAST
    assert verdict.wider_outcome is None


def test_figures_to_date_decide_nothing() -> None:
    to_date = said("to_date", exactly("9000"), "2022", "2022-12-01")
    verdict = judge(target("[3000,)", "2022"), [to_date])
    assert (verdict.outcome, verdict.outlook) == ("not_decided", "unknown")
    assert verdict.best_known == to_date
    assert verdict.attainment_low is None


def test_an_undated_target_is_never_decided() -> None:
    verdict = judge(target("[40,)", None), FOLLOW_UPS)
    assert (verdict.outcome, verdict.outlook) == ("not_decided", "unknown")
    assert verdict.wider_outcome == "not_decided"
    assert verdict.best_known is None
    assert (verdict.attainment_low, verdict.attainment_high) == (None, None)


@pytest.mark.parametrize(
    ("fulfils", "final", "outcome"),
    [
        ("[30,)", "[30,30]", "met"),
        ("[30,)", "(30,)", "met"),
        ("[30,)", "(20,30)", "missed"),
        ("[30,)", "[20,30]", "not_decided"),
        ("(30,)", "[30,30]", "missed"),
        ("(30,)", "(30,)", "met"),
        ("(30,)", "[30,)", "not_decided"),
        ("(30,)", "[20,30]", "missed"),
        ("(,30]", "[30,30]", "met"),
        ("(,30]", "(30,40]", "missed"),
        ("(,30]", "[30,40]", "not_decided"),
        ("(,30)", "[30,30]", "missed"),
        ("(,30)", "(,30)", "met"),
        ("(,30)", "(,30]", "not_decided"),
        ("[30,40]", "[30,40]", "met"),
        ("[30,40]", "[40,40]", "met"),
        ("[30,40]", "[30,)", "not_decided"),
        ("[30,40)", "[40,50]", "missed"),
        ("[30,40)", "[35,40]", "not_decided"),
        ("[30,30]", "[30,30]", "met"),
        ("[30,)", "~[50,50]", "not_decided"),
        ("~[30,)", "[50,50]", "not_decided"),
        ("[30,)", "?", "not_decided"),
        ("?", "[50,50]", "not_decided"),
    ],
)
def test_sets_that_touch_at_a_bound(fulfils: str, final: str, outcome: str) -> None:
    finals = [
        said("final", final, "2022", "2023-01-01"),
        said("final", final, "2022", "2023-01-01", MAIN_REVENUE),
        said("preliminary", final, "2022", "2023-01-01"),
    ]
    verdict = judge(target(fulfils, "2022"), finals)
    assert verdict.outcome == verdict.wider_outcome == outcome
    assert verdict.outlook == {"met": "met", "missed": "behind", "not_decided": "unknown"}[outcome]
    assert verdict.decided_by == (None if outcome == "not_decided" else finals[0])
    assert verdict.best_known == finals[0]


@pytest.mark.parametrize(
    ("fulfils", "final", "low", "high"),
    [
        ("[40,)", "[32.98,32.98]", "82.5", "82.5"),  # 82.45, half up
        ("[2000,)", "[2001,2001]", "100.1", "100.1"),  # 100.05
        ("[3000,)", "[2999,2999]", "99.9", "99.9"),  # 99.97 would round to 100.0
        ("[3000,)", "[2705,2999]", "90.2", "99.9"),
        ("(3000,)", "[3000,3000]", "99.9", "99.9"),
        ("(,3000]", "[3001,3001]", "100.1", "100.1"),  # 100.03 would round to 100.0
        ("(,3000)", "[3000,3000]", "100.1", "100.1"),
        ("[3000,3000]", "[3001,3001]", "100.1", "100.1"),
        ("(,3000]", "[3000,3000]", "100.0", "100.0"),
        ("[3000,)", "[3000,3000]", "100.0", "100.0"),
        ("[30,40]", "[60,60]", "200.0", "200.0"),
        ("[3000,)", "(3000,)", "100.0", None),
        ("[3000,)", "(,2705]", None, "90.2"),
        ("[3000,)", "[0,0]", "0.0", "0.0"),
        ("[3000,)", "~[2705,2705]", "90.2", "90.2"),
        ("[3000,)", "[2705,3300]", "90.2", "110.0"),
        ("[3000,)", "?", None, None),
        ("[0,)", "[5,5]", None, None),
        ("?", "[5,5]", None, None),
    ],
)
def test_attainment(fulfils: str, final: str, low: str | None, high: str | None) -> None:
    verdict = judge(target(fulfils, "2022"), [said("final", final, "2022", "2023-01-01")])
    assert verdict.attainment_low == (low and Decimal(low))
    assert verdict.attainment_high == (high and Decimal(high))


def test_the_period_has_to_be_the_same() -> None:
    first_half = said("final", exactly("5000"), "2022-40", "2023-01-01")
    assert judge(target("[3000,)", "2022"), [first_half, OF_2020]).best_known is None


def test_the_last_published_of_the_highest_status_counts() -> None:
    early = said("final", exactly("2705"), "2022", "2023-06-01")
    some_day_in_june = said("final", exactly("2705"), "2022", "2023-06")
    end_of_june = said("final", exactly("3100"), "2022", "2023-06-30")
    later_forecast = said("forecast", exactly("2900"), "2022", "2024-01-01")
    observations = [end_of_june, later_forecast, early, some_day_in_june]
    for order in (observations, observations[::-1]):
        assert judge(target("[3000,)", "2022"), order).decided_by == end_of_june
    assert judge(target("[3000,)", "2022"), [early, some_day_in_june]).decided_by == (
        some_day_in_june
    )
    assert judge(target("[3000,)", "2022"), [PRELIMINARY, later_forecast]).best_known == PRELIMINARY


@pytest.mark.parametrize(("first", "second"), [(9, 10), ("a", "b"), (1, None)])
def test_of_two_published_together_the_lower_id_counts(
    first: int | str, second: int | str | None
) -> None:
    one, other = replace(OF_2022, id=first), replace(OF_2022, id=second)
    assert judge(target("[3000,)", "2022"), [one, other]).decided_by == one
    assert judge(target("[3000,)", "2022"), [other, one]).decided_by == one


def test_a_plain_day_can_be_the_day_of_publication() -> None:
    final = replace(OF_2022, published=date(2023, 6, 13))
    assert judge(target("[3000,)", "2022"), [final], date(2023, 6, 12)).best_known is None
    assert judge(target("[3000,)", "2022"), [final], date(2023, 6, 13)).best_known == final


def test_another_unit_is_a_mistake_of_the_caller() -> None:
    in_dollars = replace(OF_2022, amount=amount(exactly("2705"), unit="USD"))
    with pytest.raises(ValueError, match="USD"):
        judge(target("[3000,)", "2022"), [in_dollars])


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="rumoured"):
        replace(OF_2022, status="rumoured")


@st.composite
def intervals(draw: st.DrawFn) -> Amount:
    """A stated amount with bounds from 1 to 6, each open, closed or missing."""
    low = draw(st.none() | st.integers(1, 6))
    high = draw(st.none() | st.integers(1, 6))
    assume(low is not None or high is not None)
    low_included = low is not None and draw(st.booleans())
    high_included = high is not None and draw(st.booleans())
    if low is not None and high is not None:
        assume(low < high or (low == high and low_included and high_included))
    return Amount(low, high, low_included, high_included, False, "CNY")


HALVES = [Fraction(halves, 2) for halves in range(15)]
"""Points that tell all intervals with ends from 1 to 6 apart: 0, 0.5 … 7."""


def points(allowed: Amount) -> set[Fraction]:
    """The sample points that an amount allows."""
    low = -1 if allowed.low is None else Fraction(allowed.low)
    high = 8 if allowed.high is None else Fraction(allowed.high)
    ends = {low: allowed.low_included, high: allowed.high_included}
    return {point for point in HALVES if low < point < high or ends.get(point)}


@given(intervals(), intervals())
def test_outcome_agrees_with_trying_every_point(fulfils: Amount, final: Amount) -> None:
    verdict = judge(replace(target("?", "2022"), amount=fulfils), [replace(OF_2022, amount=final)])
    inside = points(final) & points(fulfils)
    expected = "missed" if not inside else "met" if inside == points(final) else "not_decided"
    assert verdict.outcome == expected
    if expected == "missed":
        assert Decimal("100.0") not in (verdict.attainment_low, verdict.attainment_high)


any_observation = st.builds(
    lambda final, day, status: replace(
        OF_2022, amount=final, published=VagueDate(f"2023-01-0{day}"), status=status
    ),
    intervals(),
    st.integers(1, 9),
    st.sampled_from(["final", "preliminary", "forecast", "to_date"]),
)


def latest_day(observation: Observation) -> date:
    """The day of an observation that was published on one day."""
    assert isinstance(observation.published, VagueDate) and observation.published.latest
    return observation.published.latest


@given(intervals(), st.lists(any_observation, max_size=5), st.integers(1, 10), st.data())
def test_what_is_not_out_is_as_if_it_were_not_there(
    fulfils: Amount, unnumbered: list[Observation], day: int, data: st.DataObject
) -> None:
    observations = [replace(one, id=number) for number, one in enumerate(unnumbered)]
    aim = replace(target("?", "2022"), amount=fulfils)
    as_of = date(2023, 1, day)
    known = judge(aim, observations, as_of)
    assert known == judge(aim, [one for one in observations if latest_day(one) <= as_of])
    assert known == judge(aim, data.draw(st.permutations(observations)), as_of)


@pytest.mark.parametrize(
    ("earlier", "later", "low", "high"),
    [
        ("[2824,2824]", "[3036,3036]", "7.5", "7.5"),  # 1.07507
        ("[2000,2000]", "[2001,2001]", "0.1", "0.1"),  # 0.05, half up
        ("[2000,2000]", "[1999,1999]", "-0.1", "-0.1"),
        ("[100,100]", "[100,100]", "0.0", "0.0"),
        ("[100,200]", "[150,300]", "-25.0", "200.0"),
        ("[100,100]", "[0,0]", "-100.0", "-100.0"),
        ("[100,)", "[200,200]", None, "100.0"),
        ("[100,100]", "(200,)", "100.0", None),
        ("[0,0]", "[5,5]", None, None),
        ("?", "[5,5]", None, None),
    ],
)
def test_growth_computed(earlier: str, later: str, low: str | None, high: str | None) -> None:
    assert growth_computed(amount(earlier), amount(later)) == (
        low and Decimal(low),
        high and Decimal(high),
    )


@pytest.mark.parametrize(
    ("final", "final_year", "fulfils", "target_year", "percent"),
    [
        ("[2705,2705]", 2022, "[3600,)", 2023, "33.1"),  # 33.087
        ("[2705,2705]", 2022, "[5000,)", 2025, "22.8"),  # 1.227^3 = 1.8473 < 1.8484 < 1.228^3
        ("[3036,3036]", 2022, "(5000,)", 2025, "18.1"),  # 1.180^3 = 1.6430 < 1.6469 < 1.181^3
        ("[100,100]", 2020, "[121,)", 2022, "10.0"),
        ("[100,100]", 2020, "(121,)", 2022, "10.1"),
        ("(100,)", 2020, "(121,)", 2022, "10.0"),
        ("[100,200]", 2020, "[121,)", 2022, "10.0"),
        ("[100,100]", 2020, "[100,)", 2022, "0.0"),
        ("[100,100]", 2020, "(100,)", 2021, "0.1"),
        ("[500,500]", 2020, "[100,)", 2022, "0.0"),
        ("[1,1]", 2020, "[1000,)", 2021, "99900.0"),
        ("[100,100]", 2020, "(,50]", 2022, None),
        ("[100,100]", 2022, "[121,)", 2022, None),
        ("(,100]", 2020, "[121,)", 2022, None),
        ("[0,100]", 2020, "[121,)", 2022, None),
        ("?", 2020, "[121,)", 2022, None),
        ("[100,100]", 2020, "?", 2022, None),
    ],
)
def test_growth_needed(
    final: str, final_year: int, fulfils: str, target_year: int, percent: str | None
) -> None:
    needed = growth_needed(amount(final), final_year, amount(fulfils), target_year)
    assert needed == (percent and Decimal(percent))


@given(st.integers(1, 10**15), st.integers(1, 10**15), st.integers(1, 12))
def test_growth_needed_is_the_smallest_that_suffices(now: int, wanted: int, years: int) -> None:
    needed = growth_needed(amount(exactly(str(now))), 2020, amount(f"[{wanted},)"), 2020 + years)
    assert needed is not None
    tenths = int(needed * 10)
    assert now * (1000 + tenths) ** years >= wanted * 1000**years
    assert tenths == 0 or now * (999 + tenths) ** years < wanted * 1000**years


def test_growth_to_a_negative_figure_is_not_computed() -> None:
    earlier, later = amount("[100,100]", unit="point"), amount("[-5,5]", unit="point")
    assert growth_computed(earlier, later) == (None, Decimal("-95.0"))


def test_growth_between_units_is_a_mistake_of_the_caller() -> None:
    yuan, dollars = amount("[1,1]"), amount("[1,1]", unit="USD")
    with pytest.raises(ValueError, match="USD"):
        growth_computed(yuan, dollars)
    with pytest.raises(ValueError, match="USD"):
        growth_needed(yuan, 2020, dollars, 2021)
