"""What the database refuses by itself, whoever writes to it."""

import pytest

from projects.constraints import MONEY_LIMIT
from projects.models import (
    STATEMENTS,
    AgreementSector,
    InvestmentOrganization,
    ProjectPlace,
    ProjectSector,
    RestatesHow,
    Side,
)
from tests import factories
from tests.models.builders import ANY_STATEMENT, STATEMENT, restating
from tests.models.refusing import refused_by_the_database, stores

pytestmark = pytest.mark.django_db


def test_every_kind_of_statement_has_a_builder():
    assert set(STATEMENT) == set(STATEMENTS)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"amount_low": -1}, id="negative lower bound"),
        pytest.param({"amount_low": None, "amount_high": -1, "amount_low_included": False}, id="-"),
        pytest.param({"amount_high": MONEY_LIMIT + 1}, id="above the limit"),
        pytest.param(
            {"amount_low": MONEY_LIMIT + 1, "amount_high": None, "amount_high_included": False},
            id="from above the limit",
        ),
        pytest.param({"amount_high": None}, id="half filled"),
        pytest.param({"amount_low": None}, id="half filled below"),
        pytest.param({"amount_low": 2, "amount_high": 1}, id="out of order"),
        pytest.param({"amount_high_included": False}, id="equal bounds, one excluded"),
        pytest.param({"amount_low_included": False, "amount_high_included": False}, id="neither"),
    ],
)
def test_money_that_is_refused(columns):
    assert not stores(factories.investment(amount="32亿元"), **columns)


@pytest.mark.parametrize("number", [0, 1, MONEY_LIMIT])
def test_money_from_nothing_up_to_the_limit(number):
    assert MONEY_LIMIT == 10_000_000_000_000
    assert stores(factories.investment(), amount_low=number, amount_high=number)


def test_a_quantity_may_be_negative():
    assert stores(factories.observation(), amount_low=-3, amount_high=-3)


@ANY_STATEMENT
class TestRestating:
    def test_another_one(self, build):
        assert restating(build(), build, RestatesHow.DISPUTED).pk

    def test_itself(self, build):
        row = build()
        assert not stores(row, restates=row.pk, restates_how=RestatesHow.REPEATS)

    def test_without_saying_how(self, build):
        standing = build()
        assert not stores(restating(standing, build), restates_how="")

    def test_saying_how_without_saying_which(self, build):
        assert not stores(build(), restates_how=RestatesHow.SUPERSEDED)

    def test_a_key_is_unique_in_its_kind(self, build):
        first, second = build(), build()
        assert not stores(second, key=first.key)


@pytest.mark.parametrize(
    ("build", "first", "second"),
    [
        (factories.milestone, "project", "agreement"),
        (factories.investment, "project", "agreement"),
        (factories.indicator, "place", "project"),
    ],
)
def test_exactly_one_subject(build, first, second):
    row = build()
    one, other = getattr(factories, first)(), getattr(factories, second)()
    assert stores(row, **{first: one, second: None})
    assert stores(row, **{first: None, second: other})
    assert not stores(row, **{first: one, second: other})
    assert not stores(row, **{first: None, second: None})


@pytest.mark.parametrize(
    ("side", "taken"), [(Side.DUE, True), (Side.REACHED, False), (Side.NOT_YET, False)]
)
def test_only_a_due_date_may_be_left_open(side, taken):
    row = factories.milestone_date(side=side)
    assert stores(row, date="", date_earliest=None, date_latest=None) == taken


class TestOneStands:
    """A second standing one has to join the group."""

    def test_of_a_side_of_a_milestone(self):
        first = factories.milestone_date(side=Side.DUE)
        with refused_by_the_database():
            factories.milestone_date(milestone=first.milestone, side=Side.DUE)
        assert factories.milestone_date(milestone=first.milestone, side=Side.REACHED).pk
        assert factories.milestone_date(
            milestone=first.milestone, side=Side.DUE, restates=first, date="2021"
        ).pk

    def test_of_the_targets_of_a_period(self):
        first = factories.target(period="2022")
        with refused_by_the_database():
            factories.target(indicator=first.indicator, period="2022")
        assert factories.target(indicator=first.indicator, period="2023").pk
        assert factories.target(indicator=first.indicator, period="2022", restates=first).pk

    def test_of_the_targets_without_a_date(self):
        first = factories.target(period="", period_as_written="“十四五”末")
        with refused_by_the_database():
            factories.target(indicator=first.indicator, period="", period_as_written="“十四五”末")
        assert factories.target(indicator=first.indicator, period="", period_as_written="远期").pk

    def test_of_the_observations_of_a_period_and_status(self):
        first = factories.observation(period="2020", status="final")
        with refused_by_the_database():
            factories.observation(indicator=first.indicator, period="2020", status="final")
        assert factories.observation(
            indicator=first.indicator, period="2020", status="preliminary"
        ).pk

    @pytest.mark.parametrize("build", [factories.target, factories.observation])
    @pytest.mark.parametrize(
        ("period", "otherwise"),
        [
            ("2022", "2022-01/2022-12"),
            ("2022-40", "2022-33/2022-34"),
            ("../2022", "../2022-12-31"),
            ("2022/..", "2022-01/.."),
        ],
    )
    def test_also_where_the_same_period_is_written_otherwise(self, build, period, otherwise):
        first = build(period=period)
        with refused_by_the_database():
            build(indicator=first.indicator, period=otherwise)
        assert build(indicator=first.indicator, period=otherwise, restates=first).pk

    def test_several_stand_where_that_is_normal(self):
        part = factories.participation()
        assert factories.participation(project=part.project).pk
        party = factories.agreement_party()
        assert factories.agreement_party(
            agreement=party.agreement, organization=party.organization
        ).pk
        deal = factories.investment()
        assert factories.investment(project=deal.project).pk


def test_figures_are_stated():
    assert not stores(factories.observation(), period="", period_earliest=None, period_latest=None)


@pytest.mark.parametrize("column", ["address", "archive_address"])
@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("", True),
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org", False),
        ("example.org", False),
    ],
)
def test_an_address_that_a_browser_would_run(column, address, taken):
    assert stores(factories.source(), **{column: address}) == taken


def test_a_parent_has_a_source():
    row = factories.organization(parent=factories.organization())
    assert not stores(row, parent_source=None)
    assert stores(row, parent=None, parent_source=None)


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (lambda: factories.organization(parent_source=factories.source()), "parent"),
        (factories.place, "parent"),
        (factories.indicator, "wider"),
        (factories.investment, "part_of"),
    ],
)
def test_nothing_lies_in_itself(build, name):
    row = build()
    assert not stores(row, **{name: row.pk})
    assert stores(row, **{name: build().pk})


@pytest.mark.parametrize(
    ("link", "first", "second"),
    [
        (ProjectPlace, "project", "place"),
        (ProjectSector, "project", "sector"),
        (AgreementSector, "agreement", "sector"),
        (InvestmentOrganization, "investment", "organization"),
    ],
)
def test_a_link_is_made_once(link, first, second):
    ends = {name: getattr(factories, name)() for name in (first, second)}
    link.objects.create(**ends)
    with refused_by_the_database():
        link.objects.create(**ends)
