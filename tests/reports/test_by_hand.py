"""Which values are no reading of their words, worked out by hand for the shipped facts too."""

import pytest
from django.core.management import call_command

from projects.models import STATEMENTS, Investment, MilestoneDate, Observation, Target
from projects.reports import reading
from projects.reports.reading import amount_words, by_hand, date_words, unread_statements
from projects.values.amounts import Amount
from tests import factories

pytestmark = pytest.mark.django_db

SHIPPED_BY_HAND = {
    # no words of a figure or date at all
    "a-base-signed": ("date",),
    # building is spoken of, no day of its start
    "a-kaifa-park-started": ("date",),
    # a target of so much is entered as at least so much, which its words do not say
    "b-software-revenue-2020": ("amount",),  # 力争…2000亿元
    "b-software-revenue-2022": ("amount",),  # 达到3000亿元规模
    "d-software-revenue-2025": ("amount",),  # 5000亿元
    "g-software-revenue-2023": ("amount",),  # 力争全年3600亿元
    "f-main-revenue-2023": ("amount",),  # 力争3500亿元
}
SHIPPED_READ = [
    ("a-kaifa-park-total", "32亿元"),  # 项目总投资32亿元
    ("b-software-park-total", "数十亿元"),
    ("a-kaifa-park-annual-sales", "不低于40亿元"),
    ("c-software-park-floor-area", "约50万平方米"),
    ("f-main-revenue-2025", "超过5000亿元"),
    ("e-software-revenue-2022", "超3000亿元"),  # 预计全年将超3000亿元
    ("a-zhichuang-introduced", "35家"),
    ("i-main-revenue-2021", "282.4 billion yuan"),
    ("i-main-revenue-2025", "exceed 500 billion yuan"),  # …, up 77 % from 2021
]
SHIPPED_DATES = [
    ("b-strategic-signed", "4月26日"),
    ("b-action-plan-adopted", "本月初"),
    ("a-zhichuang-opened", "去年3月"),
    ("b-itai-centre-opened", "未来3-5年"),
    ("c-software-park-opened", "2023年"),  # 计划2023年
]


@pytest.fixture
def shipped(db):
    """The shipped facts."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)


def test_every_shipped_statement(shipped):
    every = [row for kind in STATEMENTS for row in kind.objects.select_related("source")]
    assert {row.key: by_hand(row) for row in every if by_hand(row)} == SHIPPED_BY_HAND


def test_the_words_that_give_a_shipped_value_back(shipped):
    kinds = (Investment, Target, Observation)
    amounts = {row.key: amount_words(row) for kind in kinds for row in kind.objects.all()}
    assert [(key, amounts[key]) for key, _words in SHIPPED_READ] == SHIPPED_READ
    dates = {row.key: date_words(row, "date") for row in MilestoneDate.objects.all()}
    assert [(key, dates[key]) for key, _words in SHIPPED_DATES] == SHIPPED_DATES


@pytest.mark.parametrize(
    ("written", "stored", "marked"),
    [
        ("项目总投资32亿元", {"low": 3_200_000_000, "high": 3_200_000_000}, False),
        ("项目总投资32亿元", {"low": 3_200_000_000}, True),
        (
            "项目总投资32亿元",
            {"low": 3_200_000_000, "high": 3_200_000_000, "approximate": True},
            True,
        ),
        ("投资…不低于5亿元", {"low": 500_000_000}, False),
        ("20亿元；另有3亿元", {"low": 300_000_000, "high": 300_000_000}, False),
        ("3.2亿", {"low": 320_000_000, "high": 320_000_000}, False),
        ("3.2亿", {"low": 320_000_000, "high": 320_000_000, "unit": "USD"}, False),
        ("3.2亿元", {"low": 320_000_000, "high": 320_000_000, "unit": "USD"}, True),
        ("若干", {"high": 5}, True),
        ("", {"low": 5, "high": 5}, True),
        ("若干", {}, False),
    ],
)
def test_an_amount(written, stored, marked):
    amount = Amount(**stored)
    row = factories.investment(amount=amount, as_written=written, unit=amount.unit)
    row.refresh_from_db()
    assert by_hand(row) == (("amount",) if marked else ())


@pytest.mark.parametrize(("unit", "written"), [("organizations", "35"), ("架次", "35架次")])
def test_a_figure_in_the_unit_of_its_indicator(unit, written):
    row = factories.observation(
        indicator=factories.indicator(unit=unit), amount=Amount(35, 35, unit=unit)
    )
    row.as_written = written
    assert by_hand(row) == ()
    row.as_written = "36"
    assert by_hand(row) == ("amount",)


@pytest.mark.parametrize(
    ("date", "written", "counted_from", "marked"),
    [
        ("2020-04-15", "将于4月15日开工", None, False),
        ("2020-04-16", "将于4月15日开工", None, True),
        # the same days, written in another way
        ("2016-01/2016-03", "2016年一季度", None, False),
        ("2023-05-01/2025-05-01", "未来3-5年", "2020-05-01", False),
        ("2023-04-26/2025-04-26", "未来3-5年", "2020-05-01", True),
        ("2023-04-26/2025-04-26", "未来3-5年", None, False),
        ("2019", "", None, True),
    ],
)
def test_a_date(date, written, counted_from, marked):
    row = factories.milestone_date(
        date=date,
        as_written=written,
        counted_from=counted_from,
        source=factories.source(published="2020-04-26"),
    )
    row.refresh_from_db()
    assert by_hand(row) == (("date",) if marked else ())


def test_a_period_is_marked_only_where_its_words_are_quoted():
    row = factories.target(period="2022", as_written="100亿元以上")
    row.refresh_from_db()
    assert by_hand(row) == ()
    row.period_as_written = "达产后"
    assert by_hand(row) == ("period",)
    row.period_as_written = "2022年"
    assert by_hand(row) == ()


def test_the_mark_follows_the_source():
    source = factories.source(published="2020-04-26")
    row = factories.milestone_date(date="2020-04-15", as_written="4月15日", source=source)
    assert by_hand(row) == ()
    source.published = "2021-04-16"
    source.save()
    row.refresh_from_db()
    assert by_hand(row) == ("date",)


def test_unread_statements(shipped):
    """Those with words by hand, and a date that is left open because its words say none.

    Not the targets of at least the figure that their words give.
    """
    found = unread_statements(50)
    assert [row.key for row in found] == ["a-kaifa-park-at-capacity", "a-kaifa-park-started"]
    assert [row.key for row in unread_statements(2)] == [row.key for row in found[:2]]


def test_what_is_partly_read_is_not_unread():
    factories.investment(amount="32亿元", date="2019", as_written="32亿元")
    factories.investment(amount="未说明", as_written="未披露金额，未说明")
    assert [row.as_written for row in unread_statements(5)] == ["未披露金额，未说明"]
    factories.investment(amount="未说明", as_written="未说明")
    assert len(unread_statements(5)) == 1


def test_only_the_newest_are_looked_at(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(reading, "LOOKED_AT", 2)
    for written in ("一些", "若干", "32亿元"):
        factories.investment(amount=Amount(5, 5), as_written=written)
    with django_assert_num_queries(4):
        found = [row.as_written for row in unread_statements(5)]
    assert found == ["32亿元", "若干"]
    with django_assert_num_queries(4):
        assert [str(row) for row in unread_statements(5)]


def test_drafts_are_looked_at_too():
    factories.investment(
        amount=Amount(5, 5), as_written="若干", source=factories.source(draft=True)
    )
    assert len(unread_statements(5)) == 1
