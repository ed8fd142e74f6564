"""Performance: verdicts and growth as the shipped facts have them, on the days that matter."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Indicator
from projects.reports.performance import Performance, indicators, performances
from projects.values.amounts import Amount
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories

TODAY = date(2026, 11, 23)
REVENUE = "software-business-revenue"
MAIN_REVENUE = "software-main-business-revenue"


@pytest.fixture
def shipped(db):
    call_command("loaddata", "signing", "follow_ups", verbosity=0)


def performance(slug: str, as_of: str | None = None) -> Performance:
    reader = Reader(TODAY, date.fromisoformat(as_of) if as_of else None)
    return performances(indicators(reader, Scope()).filter(slug=slug), reader)[0]


def result(slug: str, year: str, as_of: str | None = None):
    return next(one for one in performance(slug, as_of).targets if one.target.period == year)


def reading(slug: str, period: str, status: str, as_of: str | None = None):
    return next(
        one
        for one in performance(slug, as_of).readings
        if (one.observation.period, one.observation.status) == (period, status)
    )


def yuan(amount: str) -> int:
    """Whole yuan of a number of 亿元."""
    return int(Decimal(amount) * 10**8)


def test_the_target_of_2020_is_met(shipped):
    found = result(REVENUE, "2020")
    assert found.verdict.outcome == "met"
    assert found.decided_by.amount.low == yuan("2008.2")
    assert found.verdict.attainment_low == found.verdict.attainment_high == Decimal("100.4")
    assert found.wider is None


def test_the_target_of_2022_is_missed_and_the_wider_indicator_would_have_met_it(shipped):
    found = result(REVENUE, "2022")
    assert found.verdict.outcome == "missed"
    assert found.decided_by.amount.low == yuan("2705")
    assert found.verdict.attainment_low == Decimal("90.2")
    assert found.verdict.wider_outcome == "met"
    assert found.wider.indicator.slug == MAIN_REVENUE
    assert found.wider.amount.low == yuan("3036")


def test_on_1_october_2022_the_target_of_2022_is_undecided_with_a_good_forecast(shipped):
    found = result(REVENUE, "2022", "2022-10-01")
    assert found.verdict.outcome == "not_decided"
    assert found.verdict.outlook == "met"
    assert found.best_known.status == "forecast"
    assert found.best_known.amount == Amount(low=yuan("3000"), low_included=False)
    assert found.verdict.attainment_low is None
    assert found.wider is None
    to_date = reading(REVENUE, "2022-01/2022-07", "to_date", "2022-10-01").observation
    assert to_date.amount.low == to_date.amount.high == yuan("1558.9")


def test_on_1_february_2023_the_target_of_2022_is_undecided_and_behind(shipped):
    found = result(REVENUE, "2022", "2023-02-01")
    assert found.verdict.outcome == "not_decided"
    assert found.verdict.outlook == "behind"
    assert found.best_known.status == "preliminary"
    assert found.best_known.amount.low == yuan("2750")


def test_on_1_july_2023_the_target_of_2022_is_missed(shipped):
    found = result(REVENUE, "2022", "2023-07-01")
    assert (found.verdict.outcome, found.verdict.attainment_low) == ("missed", Decimal("90.2"))
    assert (found.wider.amount.low, found.verdict.wider_outcome) == (yuan("3036"), "met")


def test_a_publication_of_june_2023_is_out_on_the_last_day_of_june(shipped):
    assert result(REVENUE, "2022", "2023-06-29").verdict.outcome == "not_decided"
    assert result(REVENUE, "2022", "2023-06-30").verdict.outcome == "missed"


def test_the_target_of_2025_has_no_final_figure(shipped):
    found = result(REVENUE, "2025")
    assert (found.verdict.outcome, found.verdict.outlook) == ("not_decided", "unknown")
    assert found.best_known is None
    assert found.wider is None


def test_the_wider_target_of_2025_is_forecast_to_be_met(shipped):
    found = result(MAIN_REVENUE, "2025")
    assert (found.verdict.outcome, found.verdict.outlook) == ("not_decided", "met")
    assert found.verdict.wider_outcome is None


def test_the_two_indicators_keep_their_targets_of_2023_apart(shipped):
    assert result(REVENUE, "2023").target.amount.low == yuan("3600")
    assert result(MAIN_REVENUE, "2023").target.amount.low == yuan("3500")


def test_targets_come_in_the_order_of_their_periods(shipped):
    periods = [one.target.period for one in performance(REVENUE).targets]
    assert periods == ["2020", "2022", "2023", "2025"]


def test_a_repeated_figure_is_read_once(shipped):
    periods = [one.observation.period for one in performance(REVENUE).readings]
    assert periods.count("2023-01/2023-04") == 1


@pytest.mark.parametrize(
    ("period", "status", "growth"),
    [
        ("2020", "final", "17.1"),
        ("2022-01/2022-07", "to_date", "14.9"),
        ("2022", "preliminary", "10.5"),
        ("2022", "final", "10.5"),
        ("2023-01/2023-04", "to_date", "16.5"),
    ],
)
def test_growth_that_is_stated_is_taken_as_stated(shipped, period, status, growth):
    found = reading(REVENUE, period, status).growth
    assert (found.low, found.high, found.computed) == (Decimal(growth), Decimal(growth), False)


def test_growth_that_is_not_stated_is_computed_from_two_final_years(shipped):
    # 3036 / 2824 = 1.07507…
    found = reading(MAIN_REVENUE, "2022", "final").growth
    assert (found.low, found.high, found.computed) == (Decimal("7.5"), Decimal("7.5"), True)


def test_growth_on_a_year_without_a_final_figure_is_not_known(shipped):
    assert reading(MAIN_REVENUE, "2021", "final").growth is None


def test_growth_since_an_earlier_year_is_no_growth_on_the_year_before(shipped):
    assert reading(MAIN_REVENUE, "2025", "forecast").growth is None


def test_growth_needed_from_2020_to_2022(shipped):
    # 2008.2 × 1.222² = 2998.8 and 2008.2 × 1.223² = 3003.7
    needed = performance(REVENUE, "2022-01-01").growth_needed
    assert needed.per_year == Decimal("22.3")
    assert (needed.last.period, needed.target.period) == ("2020", "2022")


def test_growth_needed_leads_to_the_next_target_only(shipped):
    # 3600 / 2705 = 1.33087
    needed = performance(REVENUE).growth_needed
    assert needed.per_year == Decimal("33.1")
    assert (needed.last.period, needed.target.period) == ("2022", "2023")


def test_growth_needed_over_three_years(db):
    # 2705 × 1.227³ = 4996.9 and 2705 × 1.228³ = 5009.1
    indicator = factories.indicator()
    factories.observation(indicator=indicator, period="2022", amount="2705亿元")
    factories.target(indicator=indicator, period="2025", amount="至少5000亿元")
    factories.target(indicator=indicator, period="2030", amount="至少9000亿元")
    assert performance(indicator.slug).growth_needed.per_year == Decimal("22.8")


def test_no_growth_is_needed_without_a_target_ahead(db):
    indicator = factories.indicator()
    factories.observation(indicator=indicator, period="2022", amount="2705亿元")
    factories.target(indicator=indicator, period="2022", amount="至少3000亿元")
    assert performance(indicator.slug).growth_needed is None


@pytest.mark.parametrize("period", ["2021/2023", "2023-01/2023-06"])
def test_growth_leads_to_no_target_for_several_years_or_a_part_of_one(db, period):
    # 200 / 100 = 1.41421…², so 41.5 % a year
    indicator = factories.indicator()
    factories.observation(indicator=indicator, period="2022", amount="100亿元")
    factories.target(indicator=indicator, period=period, amount="至少60亿元")
    factories.target(indicator=indicator, period="2024", amount="至少200亿元")
    assert performance(indicator.slug).growth_needed.per_year == Decimal("41.5")


def test_a_figure_to_date_is_no_last_final_figure(db):
    indicator = factories.indicator()
    factories.observation(
        indicator=indicator, period="2022-01/2022-07", amount="1558.9亿元", status="to_date"
    )
    factories.target(indicator=indicator, period="2025", amount="至少5000亿元")
    assert performance(indicator.slug).growth_needed is None


def test_the_bounds_of_computed_growth_come_from_opposite_ends(db):
    # 110 / 100 = 1.1 and 120 / 80 = 1.5
    indicator = factories.indicator()
    factories.observation(indicator=indicator, period="2021", amount="80亿元至100亿元")
    factories.observation(indicator=indicator, period="2022", amount="110亿元至120亿元")
    found = reading(indicator.slug, "2022", "final").growth
    assert (found.low, found.high) == (Decimal("10.0"), Decimal("50.0"))


def test_the_number_of_queries_does_not_grow_with_the_indicators(db):
    reader = Reader(TODAY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found = performances(indicators(reader, Scope()), reader)
            assert all(one.targets and one.readings for one in found if one.indicator.wider_id)
        return len(captured)

    _ten_with_wider()
    assert Indicator.objects.count() == 20
    first = queries()
    _ten_with_wider()
    assert queries() == first == 2


def _ten_with_wider() -> None:
    for _number in range(10):
        wider = factories.indicator()
        indicator = factories.indicator(place=wider.place, wider=wider)
        factories.target(indicator=indicator)
        factories.observation(indicator=indicator)
        factories.observation(indicator=wider)
