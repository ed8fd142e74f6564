"""Statements are added through the real forms; what is stored is worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from projects.models import (
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    InvestmentOrganization,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    Sector,
    Source,
    Target,
)
from tests import factories
from tests.admin.pages import address, submit, told

pytestmark = pytest.mark.django_db


def add(staff: Client, model, values, rows=None):
    """Send the add form, and give back the row that it stored with the page's messages."""
    response = submit(staff, address(model, "add"), values, rows)
    errors = response.context["errors"] if response.context else ""
    assert response.status_code == 302, (response.status_code, errors)
    return model.objects.latest("pk"), told(response)


@pytest.mark.parametrize(
    ("typed", "edtf", "first", "last"),
    [
        ("2020-04", "2020-04", date(2020, 4, 1), date(2020, 4, 30)),
        ("2020年4月26日", "2020-04-26", date(2020, 4, 26), date(2020, 4, 26)),
    ],
)
def test_source(staff, typed, edtf, first, last):
    values = {"title": "对话陈锡明", "slug": "a", "published": typed}
    source, _ = add(staff, Source, values)
    assert (source.published, source.published_earliest, source.published_latest) == (
        edtf,
        first,
        last,
    )
    assert source.draft


def test_entities(staff):
    names = {"name_zh": "高新区", "slug": "zone"}
    city = factories.place()
    place, _ = add(staff, Place, names | {"parent": city})
    assert place.parent == city
    assert add(staff, Sector, names)[0].name_zh == "高新区"
    source = factories.source()
    parent = factories.organization()
    organization, _ = add(
        staff,
        Organization,
        names | {"kind": "branch", "parent": parent, "parent_source": source, "aliases": "甲;乙"},
    )
    assert organization.parent == parent
    assert organization.all_aliases == ["甲", "乙"]


def test_project_with_its_places_statements_and_steps(staff):
    place, sector, company = factories.place(), factories.sector(), factories.organization()
    source = factories.source()
    project, messages = add(
        staff,
        Project,
        {"name_zh": "产业园", "slug": "park"},
        {
            "projectplace_set": [{"place": place}],
            "projectsector_set": [{"sector": sector}],
            "participations": [{"organization": company, "role": "operator", "source": source}],
            "investments": [
                {
                    "amount_words": "32亿元",
                    "unit": "CNY",
                    "basis": "agreed",
                    "per": "once",
                    "date": "2018年10月15日",
                    "source": source,
                }
            ],
            "milestones": [{"name_zh": "签约", "kind": "signed", "slug": "park-signed"}],
            "indicators": [{"name_zh": "面积", "unit": "m²", "slug": "park-area"}],
        },
    )
    assert list(project.places.all()) == [place]
    assert list(project.sectors.all()) == [sector]
    assert project.participations.get().organization == company
    investment = project.investments.get()
    assert (investment.amount_low, investment.amount_high) == (3_200_000_000, 3_200_000_000)
    assert investment.date == "2018-10-15"
    assert investment.as_written == "32亿元"
    assert project.milestones.get().kind == "signed"
    assert project.indicators.get().unit == "m²"
    assert "“32亿元” was read as CNY 3.2 billion." in messages


def test_agreement_with_its_sectors_and_parties(staff):
    sector, party = factories.sector(), factories.organization()
    agreement, _ = add(
        staff,
        Agreement,
        {"name_zh": "合作协议", "slug": "base"},
        {
            "agreementsector_set": [{"sector": sector}],
            "parties": [{"organization": party, "role": "signatory", "source": factories.source()}],
            "milestones": [{"name_en": "Signed", "kind": "signed", "slug": "base-signed"}],
        },
    )
    assert list(agreement.sectors.all()) == [sector]
    assert agreement.parties.get().organization == party
    assert agreement.milestones.get().name == "Signed"


def test_participation(staff):
    source = factories.source(slug="a")
    values = {
        "project": factories.project(),
        "organization": factories.organization(),
        "role": "technology",
        "source": source,
        "locator": "A1.2",
        "said_by": "陈锡明",
        "note": "一",
    }
    participation, _ = add(staff, Participation, values)
    assert participation.role == "technology"
    assert (participation.locator, participation.said_by) == ("A1.2", "陈锡明")
    assert participation.key.startswith("a-")


def test_agreement_party(staff):
    values = {
        "agreement": factories.agreement(kind="plan"),
        "organization": factories.organization(),
        "role": "owner",
        "source": factories.source(),
    }
    assert add(staff, AgreementParty, values)[0].role == "owner"


def investing(**values):
    return {
        "project": factories.project(),
        "source": factories.source(published="2020-04-26"),
    } | values


def test_investment_in_words_with_organizations_and_a_part(staff):
    one, two = factories.organization(), factories.organization()
    source = factories.source()
    investment, messages = add(
        staff,
        Investment,
        investing(amount_words="数十亿元", key="whole"),
        {
            "investmentorganization_set": [{"organization": one}, {"organization": two}],
            "parts": [
                {
                    "amount_words": "不低于5亿元",
                    "unit": "CNY",
                    "basis": "announced",
                    "per": "once",
                    "source": source,
                }
            ],
        },
    )
    whole = Investment.objects.get(key="whole")
    assert (whole.amount_low, whole.amount_high) == (2_000_000_000, 10_000_000_000)
    assert (whole.amount_low_included, whole.amount_high_included) == (True, False)
    assert not whole.amount_approximate
    assert whole.as_written == "数十亿元"
    assert whole.organization_ids() == {one.pk, two.pk}
    part = whole.parts.get()
    assert (part.amount_low, part.amount_high) == (500_000_000, None)
    assert (part.amount_low_included, part.amount_high_included) == (True, False)
    assert part.project == whole.project
    assert investment == part  # the last one stored
    assert "“数十亿元” was read as CNY 2 billion to below 10 billion." in messages
    assert "“不低于5亿元” was read as at least CNY 500 million." in messages


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"amount_words": "约5亿美元"}, ("USD", 500_000_000, 500_000_000, True)),
        ({"amount_words": "", "amount_low": 5, "amount_high": 5}, ("CNY", 5, 5, False)),
        ({"amount_words": "不低于40亿元", "amount_low": 4_000_000_000},
         ("CNY", 4_000_000_000, None, False)),
        ({"amount_words": "未说明"}, ("CNY", None, None, False)),
        ({}, ("CNY", None, None, False)),
        ({"amount_words": "5 million", "unit": "EUR"}, ("EUR", 5_000_000, 5_000_000, False)),
        ({"amount_words": "EUR 5 million", "unit": "EUR"}, ("EUR", 5_000_000, 5_000_000, False)),
    ],
)  # fmt: skip
def test_amount_of_an_investment(staff, typed, stored):
    row, _ = add(staff, Investment, investing(**typed))
    assert (row.unit, row.amount_low, row.amount_high, row.amount_approximate) == stored


def test_what_is_written_is_kept_as_it_was_typed(staff):
    typed = investing(amount_words="32亿元", as_written="总投资约三十二亿元")
    assert add(staff, Investment, typed)[0].as_written == "总投资约三十二亿元"


def test_investment_that_repeats_another_by_the_same_organizations(staff):
    investor = factories.organization()
    stands = factories.investment(organizations=[investor], amount="数十亿元")
    typed = investing(
        amount_words="32亿元", project=stands.project, restates=stands, restates_how="repeats"
    )
    rows = {"investmentorganization_set": [{"organization": investor}]}
    row, _ = add(staff, Investment, typed, rows)
    assert row.restates == stands
    assert InvestmentOrganization.objects.filter(investment=row).count() == 1


@pytest.mark.parametrize(
    ("typed", "counted_from", "stored"),
    [
        ("2016年初", "", ("2016-01/2016-04", date(2016, 1, 1), date(2016, 4, 30))),
        ("2016-33", "", ("2016-33", date(2016, 1, 1), date(2016, 3, 31))),
        ("去年3月", "", ("2019-03", date(2019, 3, 1), date(2019, 3, 31))),
        ("2023年底前", "", ("../2023", None, date(2023, 12, 31))),
        (
            "未来3-5年",
            "2020-04-27",
            ("2023-04-27/2025-04-27", date(2023, 4, 27), date(2025, 4, 27)),
        ),
        (
            "未来3-5年",
            "",
            ("2023-04-26/2025-04-26", date(2023, 4, 26), date(2025, 4, 26)),
        ),
        ("", "", ("", None, None)),
    ],
)
def test_milestone_date(staff, typed, counted_from, stored):
    values = {
        "milestone": factories.milestone(),
        "side": "due",
        "date": typed,
        "counted_from": counted_from,
        "source": factories.source(published="2020-04-26"),
    }
    row, _ = add(staff, MilestoneDate, values)
    days = (row.date_earliest, row.date_latest)
    if typed == "2023年底前":
        assert days == stored[1:]
    else:
        assert (row.date, *days) == stored
    assert row.as_written == ("" if typed == "2016-33" else typed)


def test_milestone_with_its_dates(staff):
    source = factories.source()
    milestone, messages = add(
        staff,
        Milestone,
        {"project": factories.project(), "kind": "opened", "name_zh": "投产", "slug": "opened"},
        {
            "dates": [
                {"side": "due", "date": "2019年底", "source": source},
                {"side": "reached", "date": "2020-01", "source": source},
            ]
        },
    )
    assert {(row.side, row.date) for row in milestone.dates.all()} == {
        ("due", "2019-09/2019-12"),
        ("reached", "2020-01"),
    }
    assert len([text for text in messages if "2019年底" in text]) == 1


def test_indicator_with_a_target_and_an_observation(staff):
    source = factories.source()
    indicator, _ = add(
        staff,
        Indicator,
        {"name_zh": "软件收入", "slug": "revenue", "unit": "CNY", "place": factories.place()},
        {
            "targets": [{"period": "2022", "amount_words": "突破5000亿元", "source": source}],
            "observations": [
                {
                    "period": "2020年",
                    "status": "final",
                    "amount_words": "2500.5亿元",
                    "source": source,
                }
            ],
        },
    )
    target, observation = indicator.targets.get(), indicator.observations.get()
    assert (target.amount_low, target.amount_high) == (Decimal(500_000_000_000), None)
    assert not target.amount_low_included
    assert (observation.amount_low, observation.period) == (Decimal(250_050_000_000), "2020")
    assert observation.period_latest == date(2020, 12, 31)


def test_target_in_the_unit_of_its_indicator_with_its_plan(staff):
    plan = factories.agreement(kind="plan")
    values = {
        "indicator": factories.indicator(unit="organizations"),
        "period": "",
        "period_as_written": "三年",
        "amount_words": "100家以上",
        "stands_in": plan,
        "source": factories.source(),
    }
    target, _ = add(staff, Target, values)
    assert (target.amount_low, target.amount_high, target.amount_low_included) == (100, None, True)
    assert (target.period, target.period_as_written, target.stands_in) == ("", "三年", plan)


def test_observation_with_its_growth(staff):
    values = {
        "indicator": factories.indicator(unit="percent"),
        "period": "2020-01/2020-06",
        "status": "to_date",
        "amount_low": "12.5",
        "amount_high": "12.5",
        "growth": "3.2",
        "growth_as_written": "增长3.2%",
        "growth_since": "2019年上半年",
        "source": factories.source(),
    }
    row, _ = add(staff, Observation, values)
    assert (row.amount_low, row.amount_high) == (Decimal("12.5"), Decimal("12.5"))
    assert (row.growth, row.growth_since) == (Decimal("3.2"), "2019-40")
    assert (row.growth_since_earliest, row.growth_since_latest) == (
        date(2019, 1, 1),
        date(2019, 6, 30),
    )


def test_change_keeps_what_is_not_touched(staff):
    row = factories.investment(amount="数十亿元", date="2016-01/2016-04", said_by="甲")
    target = address(Investment, "change", row.pk)
    assert submit(staff, target, {"said_by": "乙"}).status_code == 302
    row.refresh_from_db()
    assert row.said_by == "乙"
    assert (row.amount_low, row.amount_high) == (2_000_000_000, 10_000_000_000)
    assert (row.amount_low_included, row.amount_high_included) == (True, False)
    assert (row.date, row.date_latest) == ("2016-01/2016-04", date(2016, 4, 30))
