"""What cannot be stored is refused with a message, on the page, and nothing is stored."""

import pytest
from django.test import Client

from projects.models import (
    Agreement,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    Source,
    Target,
)
from tests import factories
from tests.admin.pages import address, problems, submit

pytestmark = pytest.mark.django_db


def refused(staff: Client, model, values, rows=None) -> str:
    """Send the add form, see that nothing was stored, and give back what the page says."""
    page = address(model, "add")
    before = set(model.objects.values_list("pk", flat=True))
    said = problems(submit(staff, page, values, rows))
    assert set(model.objects.values_list("pk", flat=True)) == before
    return said


def change_refused(staff: Client, row, values, rows=None) -> str:
    """Send the change form of a row, see that it is as it was, and give back what is said."""
    before = type(row).objects.filter(pk=row.pk).values().get()
    said = problems(submit(staff, address(type(row), "change", row.pk), values, rows))
    assert type(row).objects.filter(pk=row.pk).values().get() == before
    return said


def investing(**values):
    return {"project": factories.project(), "source": factories.source()} | values


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"amount_words": "好几个亿元呢"}, "was not understood"),
        ({"amount_words": "5", "unit": "EUR"}, "was not understood"),
        ({"amount_words": "约50万平方米"}, "name no sum of money"),
        ({"amount_words": "0.5元"}, "whole units"),
        ({"amount_words": "5亿美元", "unit": "EUR"}, "another currency: USD"),
        ({"amount_words": "32亿元", "amount_low": 1}, "CNY 3.2 billion, the bounds something"),
        ({"amount_words": "200万亿元"}, "10,000,000,000,000"),
        ({"amount_low": 2, "amount_high": 1}, "the lower one comes first"),
        ({"amount_low": -1}, "money is not negative"),
        ({"amount_low": 1, "amount_high": 1, "amount_low_included": ""}, "both included"),
        ({"amount_approximate": "on"}, "not stated is not approximate"),
        ({"amount_low": "1.5"}, "Enter a whole number."),
        ({"amount_low": "9" * 30}, "less than or equal to"),
        ({"unit": "yuan"}, "Ensure this value has at most 3 characters"),
        ({"date": "2016年某天"}, "was not understood"),
        ({"date": "2016-13"}, "is not a date that can be stored"),
        ({"date": "2016-05/2016-04"}, "is not a date that can be stored"),
        ({"date": "4月26日", "source": ""}, "Choose the source too"),
        ({"source": "", "date": ""}, "This field is required."),
        ({"agreement": "new"}, "choose one"),
        ({"project": ""}, "choose one"),
        ({"project": "abc"}, "Select a valid choice"),
        ({"project": "9" * 30}, "Select a valid choice"),
        ({"source": "0"}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_investment(staff, typed, message):
    if typed.get("agreement") == "new":
        typed = typed | {"agreement": factories.agreement()}
    assert message in refused(staff, Investment, investing(**typed))


def test_unreadable_words_are_named_in_the_language_of_the_page(staff):
    typed = investing(amount_words="32亿元嗯嗯", date="2016年某天")
    staff.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    said = refused(staff, Investment, typed)
    assert "“32亿元嗯嗯”中的“嗯嗯”无法识别" in said
    assert "“2016年某天”中的“" in said
    assert "“2016-13”不是可用的日期" in refused(staff, Investment, investing(date="2016-13"))


def test_groups(staff):
    stands = factories.investment(amount="32亿元", per="once")
    other = factories.investment(project=stands.project, restates=stands)
    stands.refresh_from_db()

    def restating(**values):
        return refused(
            staff,
            Investment,
            investing(project=stands.project, restates=stands, restates_how="disputed") | values,
        )

    assert "point to the standing one" in restating(restates=other)
    assert "about something else" in restating(project=factories.project())
    assert "says how" in restating(restates_how="")
    assert "says how" in restating(restates="")
    assert "do not agree" in restating(restates_how="repeats", per="year")
    assert "has to stand" in change_refused(
        staff, stands, {"restates": factories.investment(project=stands.project)}
        | {"restates_how": "superseded"},
    )  # fmt: skip
    assert "point to the standing one" in change_refused(staff, other, {"restates": other})


@pytest.mark.parametrize("direction", ["restating", "restated"])
def test_a_repetition_by_other_organizations(staff, direction):
    one, two = factories.organization(), factories.organization()
    stands = factories.investment(organizations=[one], amount="32亿元", key="the-first")
    repeats = factories.investment(
        amount="32亿元",
        project=stands.project,
        restates=stands,
        restates_how="repeats",
        key="the-second",
    )
    changed, other = (repeats, stands) if direction == "restating" else (stands, repeats)
    if direction == "restated":
        stands.investmentorganization_set.all().delete()
        factories.InvestmentOrganization.objects.create(investment=repeats, organization=one)
    rows = {"investmentorganization_set": [{"organization": two}]}
    said = change_refused(staff, changed, {}, rows)
    assert f"{other.key} says the same, but by other organizations" in said
    assert changed.organization_ids() == set()


def test_parts(staff):
    whole = factories.investment(amount="32亿元")
    part = factories.investment(project=whole.project, part_of=whole)

    def part_of(**values):
        return refused(staff, Investment, investing(project=whole.project, part_of=whole) | values)

    assert "point to the whole" in part_of(part_of=part)
    assert "goes into something else" in part_of(project=factories.project())
    assert "has the currency of its whole" in part_of(unit="USD")
    row = {"source": whole.source, "unit": "USD", "basis": "announced", "per": "once"}
    # In the page of the whole the reference to it is hidden; what is wrong with it is shown.
    response = submit(staff, address(Investment, "change", whole.pk), {}, {"parts": [row]})
    assert "has the currency of its whole" in response.content.decode()
    assert whole.parts.get() == part


@pytest.mark.parametrize(
    ("model", "build", "fields"),
    [
        (Milestone, factories.milestone, ("project", "agreement")),
        (Indicator, factories.indicator, ("place", "project")),
    ],
)
def test_two_subjects_or_none(staff, model, build, fields):
    values = {"name_zh": "名", "slug": "name", "kind": "started", "unit": "CNY"}
    assert "choose one" in refused(staff, model, values)
    both = {field: getattr(factories, field)() for field in fields}
    assert "choose one" in refused(staff, model, values | both)


def test_second_standing_date_of_a_milestone(staff):
    first = factories.milestone_date()
    typed = {
        "milestone": first.milestone,
        "side": "reached",
        "date": "2020",
        "source": first.source,
    }
    assert "stands already" in refused(staff, MilestoneDate, typed)
    row = {"side": "due", "date": "2020", "source": first.source}
    said = change_refused(staff, first.milestone, {}, {"dates": [row, row]})
    assert "stands already" in said
    assert first.milestone.dates.count() == 1
    named = {"project": factories.project(), "kind": "opened", "name_zh": "名", "slug": "name"}
    assert "stands already" in refused(staff, Milestone, named, {"dates": [row, row]})


def test_only_a_due_date_is_left_open(staff):
    typed = {"milestone": factories.milestone(), "side": "reached", "source": factories.source()}
    assert "Only a due date may be left open." in refused(staff, MilestoneDate, typed)


def test_second_standing_figure(staff):
    target, observation = factories.target(), factories.observation()
    typed = {"amount_low": 1, "amount_high": 1, "source": factories.source()}
    again = typed | {"indicator": target.indicator, "period": "2022"}
    assert "stands already" in refused(staff, Target, again)
    again = typed | {"indicator": observation.indicator, "period": "2020", "status": "final"}
    assert "stands already" in refused(staff, Observation, again)


def test_several_figures_stand_beside_each_other(staff):
    one = factories.target(period="2022")
    for period in ("2023", "2024/.."):
        factories.target(indicator=one.indicator, period=period)
    page = address(Indicator, "change", one.indicator_id)
    assert submit(staff, page, {"name_zh": "收入"}).status_code == 302
    row = {"amount_low": 1, "source": one.source}
    more = {"targets": [row | {"period": "2025"}, row | {"period": "2026"}]}
    assert submit(staff, page, {}, more).status_code == 302
    twice = {"targets": [row | {"period": "2027-01/2027-03"}, row | {"period": "2027-33"}]}
    assert "stands already" in change_refused(staff, one.indicator, {}, twice)


@pytest.mark.parametrize(
    ("model", "typed", "message"),
    [
        (Target, {"amount_words": "100家"}, "in organizations, the indicator in m²"),
        (Target, {"amount_words": "多多益善"}, "was not understood"),
        (Target, {}, "A target states an amount."),
        (Target, {"amount_low": "NaN"}, "Enter a number."),
        (Target, {"amount_low": 1, "indicator": ""}, "This field is required."),
        (Target, {"amount_words": "5家", "indicator": ""}, "This field is required."),
        (Observation, {}, "An observation states an amount."),
        (Observation, {"amount_low": 1, "period": ""}, "An observation states its period."),
        (Observation, {"amount_low": 1, "growth_since": "某年"}, "was not understood"),
    ],
)
def test_figures(staff, model, typed, message):
    area = factories.indicator(unit="m²")
    values = {"indicator": area, "period": "2022", "source": factories.source()}
    assert message in refused(staff, model, values | typed)


def test_cycles(staff):
    top = factories.place(name_en="Top")
    below = factories.place(parent=top)
    assert "close a circle: Top lies below itself" in change_refused(staff, top, {"parent": below})
    assert "close a circle" in change_refused(staff, top, {"parent": top})
    head = factories.organization()
    branch = factories.organization(parent=head)
    typed = {"parent": branch, "parent_source": factories.source()}
    assert "close a circle" in change_refused(staff, head, typed)
    wider = factories.indicator()
    narrower = factories.indicator(place=wider.place, wider=wider)
    assert "close a circle" in change_refused(staff, wider, {"wider": narrower})


def test_entities(staff):
    assert "Give a name" in refused(staff, Place, {"slug": "zone"})
    assert "Give a name" in refused(staff, Agreement, {"slug": "base"})
    named = {"name_zh": "名", "slug": "name"}
    typed = named | {"parent": factories.organization()}
    assert "Say which publication names the parent." in refused(staff, Organization, typed)
    typed = named | {"parent_locator": "A1"}
    assert "A locator needs its publication." in refused(staff, Organization, typed)
    source = {"title": "题", "slug": "a", "published": "2020"}
    address_typed = source | {"address": "javascript:alert(1)"}
    assert "Enter a valid URL." in refused(staff, Source, address_typed)
    assert "the end may not be open" in refused(staff, Source, source | {"published": "2020/.."})
    assert "was not understood" in refused(staff, Source, source | {"published": "4月26日"})
    assert "This field is required." in refused(staff, Source, source | {"published": ""})


def test_one_bad_row_keeps_the_whole_page_from_being_stored(staff):
    row = {"organization": "", "role": "builder", "source": factories.source()}
    values = {"name_zh": "名", "slug": "name"}
    assert "required" in refused(staff, Project, values, {"participations": [row]})
    assert not Participation.objects.exists()
