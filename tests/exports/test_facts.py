"""What the shipped facts come to in each file, worked out by hand from the publications."""

from datetime import date

import pytest

from projects.models import Investment, Organization
from tests.exports.reading import asked, by, lines, picked

pytestmark = pytest.mark.django_db

AMOUNT = (
    "amount_stated",
    "amount_low",
    "amount_high",
    "amount_low_included",
    "amount_high_included",
    "amount_approximate",
    "unit",
)
COUNTED = ("counted", "not_counted_because", "stands", "restates", "restates_how")


def test_investments(shipped):
    found = by("statement_id", lines("investments"))

    exact = found["a-kaifa-park-total"]
    assert picked(exact, *AMOUNT) == (
        "true",
        "3200000000",
        "3200000000",
        "true",
        "true",
        "false",
        "CNY",
    )
    assert picked(exact, "project", "agreement", "organizations", "basis", "per", "instrument") == (
        "kaifa-smart-device-park",
        "",
        "kaifa",
        "announced",
        "once",
        "project_total",
    )
    assert picked(exact, "date", "date_earliest", "date_latest", "part_of") == ("", "", "", "")
    assert picked(exact, *COUNTED) == ("true", "", "true", "", "")
    assert picked(exact, "as_written", "source", "locator", "source_published") == (
        "项目总投资32亿元",
        "interview-2020-04",
        "A1.5（第1个小标题下第5段）",
        "2020-04",
    )
    vague = found["b-software-park-total"]
    assert picked(vague, *AMOUNT) == (
        "true",
        "2000000000",
        "10000000000",
        "true",
        "false",
        "false",
        "CNY",
    )
    rival = found["b-mobile-finance-deal"]
    assert picked(rival, *COUNTED) == (
        "false",
        "restates",
        "false",
        "a-mobile-finance-deal",
        "disputed",
    )
    assert picked(rival, *AMOUNT) == ("false", "", "", "false", "false", "false", "CNY")
    assert [key for key, line in found.items() if line["counted"] == "true"] == [
        "a-smart-transport-stake",
        "a-mobile-finance-deal",
        "a-kaifa-park-total",
        "b-software-park-total",
    ]
    earlier = found["b-smart-transport-stake"]
    assert picked(earlier, "date", "date_earliest", "date_latest") == (
        "2016-01/2016-04",
        "2016-01-01",
        "2016-04-30",
    )


def test_a_preferred_rival_counts_instead(shipped):
    rival = Investment.objects.get(key="b-mobile-finance-deal")
    found = by("statement_id", lines("investments", asked(prefer=[("investment", rival.pk)])))

    assert picked(found["b-mobile-finance-deal"], "stands", "counted") == ("true", "true")
    assert picked(found["a-mobile-finance-deal"], "stands", "not_counted_because") == (
        "false",
        "restates",
    )


def test_projects(shipped):
    found = by("slug", lines("projects"))
    columns = ("stage", "stage_since", "last_reported", "silent", "overdue")

    assert len(found) == 11
    assert picked(found["software-park"], *columns) == (
        "started",
        "2021-04-15",
        "2021-04-16",
        "true",
        "true",
    )
    assert picked(found["kaifa-smart-device-park"], *columns) == (
        "started",
        "../2020-04",
        "2020-04",
        "true",
        "false",
    )
    assert picked(found["industry-consulting"], "stage", "stage_since") == ("not_stated", "")
    assert picked(found["itai-demonstration-base"], "stage", "stage_since", "agreement") == (
        "signed",
        "2020-04",
        "demonstration-base",
    )
    assert found["itai-demonstration-centre"]["overdue"] == "true"
    assert found["industry-consulting"]["places"] == (
        "beibei;china-smart-valley;western-science-city"
    )
    assert found["software-park"]["sectors"] == "itai;software-park"


def test_promises_of_projects(shipped):
    found = by("slug", lines("projects"))
    columns = ("promised_low", "promised_high", "promised_not_stated")

    assert picked(found["software-park"], *columns) == ("2000000000", "10000000000", "0")
    assert picked(found["mobile-finance"], *columns) == ("", "", "1")
    assert picked(found["zhichuang-park"], *columns) == ("", "", "0")


def test_a_project_is_silent_only_after_two_years(shipped):
    """P6 was last reported on 16 April 2021, the newspapers at the end of April 2020."""
    on_the_day = by("slug", lines("projects", asked(as_of=date(2023, 4, 16))))
    before = by("slug", lines("projects", asked(as_of=date(2023, 4, 15))))

    assert on_the_day["software-park"]["silent"] == "true"
    assert before["software-park"]["silent"] == "false"
    assert before["zhichuang-park"]["silent"] == "true"


def test_milestones(shipped):
    found = by("slug", lines("milestones"))

    late = found["itai-demonstration-centre-opened"]
    assert picked(late, "project", "agreement", "kind", "state", "overdue_days") == (
        "itai-demonstration-centre",
        "",
        "opened",
        "overdue",
        "280",
    )
    assert picked(late, "due", "due_earliest", "due_latest", "due_statement_id", "due_source") == (
        "2023-04-26/2025-04-26",
        "2023-04-26",
        "2025-04-26",
        "b-itai-centre-opened",
        "news-2020-04",
    )
    assert picked(late, "reached", "reached_statement_id", "reached_source") == ("", "", "")
    done = found["software-park-started"]
    assert picked(done, "state", "overdue_days", "reached", "reached_earliest") == (
        "reached",
        "",
        "2021-04-15",
        "2021-04-15",
    )
    assert picked(done, "reached_statement_id", "reached_source") == (
        "c-software-park-started",
        "c-groundbreaking-2021",
    )
    undated = found["kaifa-smart-device-park-at-capacity"]
    assert picked(undated, "state", "due", "due_earliest", "due_statement_id") == (
        "not_dated",
        "",
        "",
        "a-kaifa-park-at-capacity",
    )
    assert found["strategic-cooperation-signed"]["agreement"] == "strategic-cooperation"


def test_milestone_dates(shipped):
    found = by("statement_id", lines("milestone-dates"))

    assert picked(found["b-itai-centre-opened"], "milestone", "side", "date", "counted_from") == (
        "itai-demonstration-centre-opened",
        "due",
        "2023-04-26/2025-04-26",
        "2020-04-26",
    )
    assert picked(found["a-kaifa-park-started"], "date", "date_earliest", "date_latest") == (
        "../2020-04",
        "",
        "2020-04-30",
    )


def test_targets(shipped):
    found = by("statement_id", lines("targets"))
    columns = ("verdict", "outlook", "wider_outcome", "attainment")

    # 2008.2 / 2000 = 100.41 %; 2705 / 3000 = 90.17 %, preliminary 2750, wider 3036.
    met, missed = found["b-software-revenue-2020"], found["b-software-revenue-2022"]
    assert picked(met, *columns) == ("met", "unknown", "not_decided", "100.4")
    assert picked(missed, *columns) == ("missed", "behind", "met", "90.2")
    assert picked(missed, "amount_low", "amount_high", "unit", "stands_in") == (
        "300000000000",
        "",
        "CNY",
        "software-action-plan",
    )
    undated = found["a-kaifa-park-annual-sales"]
    assert picked(undated, "period", "period_latest", "period_as_written", *columns) == (
        "",
        "",
        "达产后",
        "not_decided",
        "unknown",
        "",
        "",
    )


def test_targets_as_known_before_the_final_figure(shipped):
    found = by("statement_id", lines("targets", asked(as_of=date(2022, 10, 1))))

    assert picked(found["b-software-revenue-2022"], "verdict", "outlook", "attainment") == (
        "not_decided",
        "met",
        "",
    )


def test_observations(shipped):
    found = by("statement_id", lines("observations"))

    assert picked(found["d-software-revenue-2020"], "status", "amount_low", "growth") == (
        "final",
        "200820000000",
        "17.1",
    )
    assert picked(found["i-main-revenue-2025"], "growth", "growth_since") == ("77", "2021")
    assert picked(found["a-zhichuang-introduced"], "amount_low", "amount_high", "unit") == (
        "35",
        "35",
        "organizations",
    )


def test_organizations(shipped):
    found = by("slug", lines("organizations"))
    columns = ("group", "projects", "promised_low", "promised_high", "promised_not_stated")

    assert picked(found["cec"], *columns) == ("cec", "11", "5200000000", "13200000000", "2")
    assert picked(found["kaifa"], *columns) == ("cec", "1", "3200000000", "3200000000", "0")
    assert picked(found["cecgw"], *columns) == ("cec", "1", "", "", "1")
    assert picked(found["cec-credit"], *columns) == ("cec", "0", "", "", "0")
    # P2, which its subsidiary operates too, and P3.
    assert picked(found["cec-optics-valley"], *columns) == ("cec", "2", "", "", "0")
    assert picked(found["chongqing-cec-optics-valley"], "parent", "parent_source", "group") == (
        "cec-optics-valley",
        "news-2020-04",
        "cec",
    )


def test_organizations_without_what_lies_below(shipped):
    found = by("slug", lines("organizations", asked(direct=True)))
    columns = ("group", "projects", "promised_low", "promised_high", "promised_not_stated")

    # P6 as its investor, P7 and P9 as partner, P11 as operator.
    assert picked(found["cec"], *columns) == ("cec", "4", "2000000000", "10000000000", "0")


def test_agreements(shipped):
    found = by("slug", lines("agreements"))
    columns = ("kind", "sectors", "parties", "signed", "projects")

    assert picked(found["strategic-cooperation"], *columns) == (
        "agreement",
        "data-centre;digital-city;itai;software-park",
        "cec;chongqing-government",
        "2020-04-26",
        "5",
    )
    assert picked(found["software-action-plan"], *columns) == ("plan", "", "chongqing-eic", "", "0")


def test_entities(shipped):
    assert by("slug", lines("places"))["linkong"]["parent"] == "yubei"
    assert len(lines("sectors")) == 8
    assert picked(
        by("slug", lines("indicators"))["software-business-revenue"],
        "unit",
        "place",
        "project",
        "wider",
    ) == ("CNY", "chongqing", "", "software-main-business-revenue")


def test_sources(shipped):
    found = lines("sources")

    assert [line["slug"] for line in found][:2] == ["i-press-2025-12", "h-press-2023-06"]
    assert picked(found[0], "published", "published_earliest", "published_latest") == (
        "2025-12",
        "2025-12-01",
        "2025-12-31",
    )
    assert by("slug", found)["c-groundbreaking-2021"]["statements"] == "3"


def test_a_group_narrows_every_file(shipped):
    group = asked(group=Organization.objects.below("kaifa").values_list("pk", flat=True))

    assert [line["slug"] for line in lines("projects", group)] == ["kaifa-smart-device-park"]
    assert [line["statement_id"] for line in lines("investments", group)] == ["a-kaifa-park-total"]
    assert {line["indicator"] for line in lines("targets", group)} == {"kaifa-park-annual-sales"}
