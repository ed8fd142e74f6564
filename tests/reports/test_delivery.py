"""What is due, reached and overdue: the shipped facts by hand."""

import pytest

from projects.models import MilestoneState
from projects.reports.delivery import milestones, state_counts, steps
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, on, places

REACHED = {
    "strategic-cooperation-signed",
    "demonstration-base-signed",
    "software-action-plan-adopted",
    "smart-transport-platform-invested",
    "zhichuang-park-opened",
    "mobile-finance-invested",
    "kaifa-smart-device-park-branch",
    "kaifa-smart-device-park-started",
    "software-park-started",
}


def states(reader, scope=EVERYTHING):
    return {row.slug: row.state for row in milestones(reader, scope)}


def step(slug, reader):
    return steps(milestones(reader, EVERYTHING).filter(slug=slug), reader)[0]


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_states_today(self):
        assert states(TODAY) == dict.fromkeys(REACHED, "reached") | {
            "kaifa-smart-device-park-at-capacity": "not_dated",
            "itai-demonstration-centre-opened": "overdue",
            "software-park-opened": "overdue",
        }

    @pytest.mark.parametrize(
        ("day", "state"),
        [
            ("2023-04-25", "scheduled"),
            ("2023-04-26", "possibly_due"),
            ("2025-04-26", "possibly_due"),
            ("2025-04-27", "overdue"),
        ],
    )
    def test_demonstration_centre_in_three_to_five_years(self, day, state):
        assert states(on(day))["itai-demonstration-centre-opened"] == state
        assert states(as_of(day))["itai-demonstration-centre-opened"] == state

    @pytest.mark.parametrize(
        ("day", "state"),
        [
            ("2022-12-31", "scheduled"),
            ("2023-01-01", "possibly_due"),
            ("2023-12-31", "possibly_due"),
            ("2024-01-01", "overdue"),
        ],
    )
    def test_software_park_in_use_in_2023(self, day, state):
        assert states(on(day))["software-park-opened"] == state
        assert states(as_of(day))["software-park-opened"] == state

    def test_milestones_are_there_from_their_first_publication(self):
        assert states(as_of("2020-03-31")) == {}
        at_the_signing = states(as_of("2020-04-30"))
        assert len(at_the_signing) == 10
        assert "software-park-opened" not in at_the_signing
        assert "software-park-opened" in states(as_of("2021-04-16"))

    def test_counts_are_in_the_order_of_the_states(self):
        counts = state_counts(TODAY, EVERYTHING)
        assert [one.state for one in counts] == [state.value for state in MilestoneState]
        assert [one.count for one in counts] == [9, 0, 1, 2, 0, 0]

    def test_days_overdue_and_the_statement(self):
        found = step("software-park-opened", on("2024-01-10"))
        assert found.overdue_days == 10
        assert found.due.key == "c-software-park-opened"
        assert (found.reached, found.not_yet) == (None, None)
        assert step("software-park-opened", on("2023-12-31")).overdue_days is None
        assert step("software-park-started", TODAY).reached.key == "c-software-park-started"

    def test_group_and_place(self):
        assert states(TODAY, group("cec-optics-valley")).keys() == {"zhichuang-park-opened"}
        assert states(TODAY, group("chongqing-eic")).keys() == {"software-action-plan-adopted"}
        assert states(TODAY, group("chongqing-hitech-zone")).keys() == {"demonstration-base-signed"}
        assert states(TODAY, places("hitech-zone")).keys() == {
            "software-park-started",
            "software-park-opened",
            "itai-demonstration-centre-opened",
            "strategic-cooperation-signed",
            "demonstration-base-signed",
        }
        assert sum(one.count for one in state_counts(TODAY, group("kaifa"))) == 3


@pytest.mark.django_db
class TestRules:
    def dated(self, project, kind, side, day):
        found = make.milestone(project=project, kind=kind)
        make.milestone_date(milestone=found, side=side, date=day)
        return found.slug

    def test_step_before_a_reached_one_is_passed_over(self):
        project = make.project()
        earlier = self.dated(project, "started", "due", "2018")
        later = self.dated(project, "opened", "reached", "2019")
        outside = self.dated(project, "other", "due", "2018")
        assert states(TODAY) == {earlier: "passed_over", later: "reached", outside: "overdue"}

    def test_all_of_a_cancelled_project_is_passed_over(self):
        project = make.project()
        open_step = self.dated(project, "opened", "due", "2030")
        self.dated(project, "cancelled", "reached", "2019")
        assert states(TODAY)[open_step] == "passed_over"

    def test_signing_of_the_agreement_passes_over_the_plan_of_the_project(self):
        agreement = make.agreement()
        planned = self.dated(make.project(agreement=agreement), "planned", "due", "2018")
        signed = make.milestone(agreement=agreement, kind="signed")
        make.milestone_date(milestone=signed)
        assert states(TODAY)[planned] == "passed_over"

    def test_open_ends(self):
        project = make.project()
        by_then = self.dated(project, "started", "due", "../2027")
        from_then = self.dated(project, "opened", "due", "2019/..")
        assert states(TODAY) == {by_then: "possibly_due", from_then: "possibly_due"}
        assert states(on("2028-01-01"))[by_then] == "overdue"
        assert states(on("2018-12-31"))[from_then] == "scheduled"

    def test_moved_due_date(self):
        opened = make.milestone(kind="opened")
        moved = make.milestone_date(
            milestone=opened, side="due", date="2027", source=make.source(published="2024-05-01")
        )
        make.milestone_date(milestone=opened, side="due", date="2023", restates=moved)
        assert states(TODAY) == {opened.slug: "scheduled"}
        assert states(as_of("2024-04-30")) == {opened.slug: "overdue"}
        assert states(as_of("2024-05-01")) == {opened.slug: "scheduled"}

    def test_not_yet_is_shown_and_decides_nothing(self):
        opened = make.milestone(kind="opened")
        make.milestone_date(milestone=opened, side="due", date="2020")
        said = make.milestone_date(milestone=opened, side="not_yet", date="2021-04-16")
        found = step(opened.slug, TODAY)
        assert (found.state, found.not_yet) == ("overdue", said)
