"""Projects with stage, last report and silence: the shipped facts by hand, and the rules."""

from datetime import date

import pytest

from projects.reports.portfolio import portfolio, portfolio_counts, project_rows
from projects.values.readers import Reader
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, on, places

AT_THE_SIGNING = {
    "smart-transport-platform": "invested",
    "zhichuang-park": "opened",
    "industry-consulting": "not_stated",
    "mobile-finance": "invested",
    "kaifa-smart-device-park": "started",
    "software-park": "signed",
    "itai-demonstration-centre": "signed",
    "itai-demonstration-base": "signed",
    "digital-city-rd-centre": "signed",
    "health-big-data": "signed",
    "liangjiang-data-centre": "signed",
}


def rows(reader, scope=EVERYTHING):
    found = project_rows(portfolio(reader, scope), reader, scope)
    return {row.project.slug: row for row in found}


def stages(reader):
    return {slug: row.project.stage for slug, row in rows(reader).items()}


def silent(reader):
    return {slug for slug, row in rows(reader).items() if row.project.silent}


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_eleven_projects(self):
        assert rows(TODAY).keys() == AT_THE_SIGNING.keys()

    def test_stages_at_the_signing(self):
        assert stages(as_of("2020-04-30")) == AT_THE_SIGNING

    def test_stages_today(self):
        assert stages(TODAY) == AT_THE_SIGNING | {"software-park": "started"}

    def test_software_park_was_started_when_that_was_published(self):
        assert stages(as_of("2021-04-15"))["software-park"] == "signed"
        assert stages(as_of("2021-04-16"))["software-park"] == "started"

    def test_nothing_before_the_publications(self):
        assert rows(as_of("2020-03-31")) == {}
        assert portfolio_counts(as_of("2020-03-31"), EVERYTHING).projects == 0

    def test_statement_behind_the_stage(self):
        found = rows(TODAY)
        assert found["software-park"].stage_statement.key == "c-software-park-started"
        assert found["itai-demonstration-centre"].stage_statement.key == "a-strategic-signed"
        assert found["itai-demonstration-base"].stage_statement.key == "a-base-signed"
        assert found["industry-consulting"].stage_statement is None
        assert found["software-park"].project.stage_since == "2021-04-15"
        assert found["industry-consulting"].project.stage_since == ""

    def test_last_reported(self):
        reported = {slug: row.project.last_reported for slug, row in rows(TODAY).items()}
        assert reported.pop("software-park") == "2021-04-16"
        assert set(reported.values()) == {"2020-04"}
        assert rows(TODAY)["software-park"].last_report.slug == "c-groundbreaking-2021"
        assert rows(TODAY)["itai-demonstration-base"].last_report.slug == "interview-2020-04"

    def test_silent_from_24_months_after(self):
        assert silent(on("2022-04-29")) == set()
        assert silent(on("2022-04-30")) == AT_THE_SIGNING.keys() - {"software-park"}
        assert silent(on("2023-04-15")) == AT_THE_SIGNING.keys() - {"software-park"}
        assert silent(on("2023-04-16")) == AT_THE_SIGNING.keys()

    def test_silence_follows_the_as_of_day(self):
        assert silent(as_of("2022-04-29")) == set()
        assert len(silent(as_of("2022-04-30"))) == 10

    def test_counts_today(self):
        counts = portfolio_counts(TODAY, EVERYTHING)
        assert {one.stage: one.count for one in counts.by_stage} == {
            "signed": 5,
            "invested": 2,
            "started": 2,
            "opened": 1,
            "not_stated": 1,
        }
        assert (counts.projects, counts.overdue, counts.silent) == (11, 2, 11)
        assert counts.oldest_report == date(2020, 4, 30)

    @pytest.mark.parametrize(
        ("day", "overdue"),
        [
            ("2023-12-31", set()),
            ("2024-01-01", {"software-park"}),
            ("2025-04-26", {"software-park"}),
            ("2025-04-27", {"software-park", "itai-demonstration-centre"}),
        ],
    )
    def test_overdue_projects(self, day, overdue):
        found = rows(on(day))
        assert {slug for slug, row in found.items() if row.project.overdue} == overdue
        assert portfolio_counts(on(day), EVERYTHING).overdue == len(overdue)

    def test_group_and_place(self):
        assert rows(TODAY, group("cec-optics-valley")).keys() == {
            "zhichuang-park",
            "industry-consulting",
        }
        assert rows(TODAY, group("cec-optics-valley", direct=True)).keys() == {
            "zhichuang-park",
            "industry-consulting",
        }
        assert rows(TODAY, group("chongqing-cec-optics-valley")).keys() == {"zhichuang-park"}
        assert rows(TODAY, group("kaifa")).keys() == {"kaifa-smart-device-park"}
        assert rows(TODAY, places("yubei")).keys() == {"kaifa-smart-device-park"}
        assert rows(TODAY, places("hitech-zone")).keys() == {
            "software-park",
            "itai-demonstration-centre",
            "itai-demonstration-base",
            "digital-city-rd-centre",
        }
        assert len(rows(TODAY, places("chongqing"))) == 11

    def test_promised_and_investment_stated(self):
        found = rows(TODAY)
        assert found["software-park"].promised.amount.low == 2_000_000_000
        assert found["mobile-finance"].promised.without_amount == 1
        assert found["zhichuang-park"].promised is None
        assert found["mobile-finance"].project.investment_stated
        assert not found["zhichuang-park"].project.investment_stated
        assert found["kaifa-smart-device-park"].project.promised_low == 3_200_000_000


def reach(project, kind, day, **columns):
    step = make.milestone(project=project, kind=kind)
    return make.milestone_date(milestone=step, date=day, **columns)


@pytest.mark.django_db
class TestRules:
    @pytest.mark.parametrize(
        ("reached", "stage"),
        [
            ([("opened", "2018"), ("started", "2019")], "opened"),
            ([("started", "2018"), ("suspended", "2019")], "suspended"),
            ([("suspended", "2018"), ("started", "2019")], "started"),
            ([("started", "2019"), ("suspended", "2019")], "suspended"),
            ([("cancelled", "2019"), ("suspended", "2019")], "cancelled"),
            ([("other", "2019")], "not_stated"),
            ([("suspended", "2018"), ("other", "2019")], "suspended"),
        ],
    )
    def test_stage(self, reached, stage):
        project = make.project()
        for kind, day in reached:
            reach(project, kind, day)
        assert stages(TODAY) == {project.slug: stage}

    def test_draft_and_due_say_nothing_of_the_stage(self):
        project = make.project()
        reach(project, "planned", "2018")
        reach(project, "opened", "2019", source=make.source(draft=True))
        reach(project, "started", "2019", side="due")
        assert stages(TODAY) == {project.slug: "planned"}

    def test_signing_of_a_plan_of_another_agreement_does_not_count(self):
        project = make.project(agreement=make.agreement())
        signed = make.milestone(agreement=make.agreement(), kind="signed")
        make.milestone_date(milestone=signed)
        make.participation(project=project)
        assert stages(TODAY) == {project.slug: "not_stated"}

    def test_project_of_which_nothing_is_stated_is_never_silent(self):
        project = make.project()
        found = rows(TODAY)[project.slug]
        assert (found.project.last_reported, found.last_report) == ("", None)
        assert not found.project.silent

    @pytest.mark.parametrize("kind", ["cancelled", "at_capacity"])
    def test_what_is_over_is_never_silent(self, kind):
        project = make.project()
        reach(project, kind, "2019")
        assert silent(TODAY) == set()

    def test_publication_of_a_draft_or_of_another_day_breaks_no_silence(self):
        project = make.project()
        make.participation(project=project)
        make.participation(project=project, source=make.source(draft=True, published="2026-10-01"))
        make.participation(project=project, source=make.source(published="2026-10-02"))
        assert silent(Reader(TODAY.today, date(2026, 10, 1))) == {project.slug}
        assert silent(TODAY) == set()

    def test_a_target_of_the_project_is_a_report_on_it_and_one_of_its_place_is_not(self):
        place = make.place()
        project = make.project(places=[place])
        make.participation(project=project)
        late = make.source(published="2026-10-01")
        make.target(indicator=make.indicator(place=place), source=late)
        assert silent(TODAY) == {project.slug}
        make.target(indicator=make.indicator(project=project), source=late)
        assert silent(TODAY) == set()
