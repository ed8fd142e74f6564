"""Where a milestone stands on a day."""

from datetime import date, timedelta
from itertools import product

import pytest

from projects.models import Milestone, MilestoneDate, MilestoneKind, Side
from projects.models.steps import ORDER
from projects.values.delivery import Kind, State, state_of
from projects.values.edtf import parse
from projects.values.readers import Reader
from tests import factories
from tests.models.builders import restating

pytestmark = pytest.mark.django_db

MAY = (date(2020, 5, 1), date(2020, 5, 31))
ONE = timedelta(days=1)


def state(step: Milestone, day: date, **columns) -> str:
    return Milestone.objects.with_state(Reader(day, **columns)).get(pk=step.pk).state


def due(step: Milestone, when: str, **overrides) -> MilestoneDate:
    return factories.milestone_date(milestone=step, side=Side.DUE, date=when, **overrides)


def reach(project, kind: str, when: str = "2019", **overrides) -> MilestoneDate:
    step = factories.milestone(project=project, kind=kind)
    return factories.milestone_date(milestone=step, date=when, **overrides)


@pytest.fixture
def step():
    return factories.milestone(kind="started")


@pytest.mark.parametrize(
    ("when", "day", "expected"),
    [
        ("2020-05", MAY[0] - ONE, "scheduled"),
        ("2020-05", MAY[0], "possibly_due"),
        ("2020-05", MAY[1], "possibly_due"),
        ("2020-05", MAY[1] + ONE, "overdue"),
        ("2020-05-31", MAY[1], "possibly_due"),
        ("../2020-05", date(1900, 1, 1), "possibly_due"),
        ("../2020-05", MAY[1] + ONE, "overdue"),
        ("2020-05/..", MAY[0] - ONE, "scheduled"),
        ("2020-05/..", date(2100, 1, 1), "possibly_due"),
        ("", date(2100, 1, 1), "not_dated"),
    ],
)
def test_a_due_date(step, when, day, expected):
    due(step, when)
    assert state(step, day) == expected


def test_without_any_statement(step):
    assert state(step, MAY[0]) == "not_dated"


def test_not_yet_reached_dates_nothing(step):
    factories.milestone_date(milestone=step, side=Side.NOT_YET, date="2020")
    assert state(step, MAY[0]) == "not_dated"


def test_reached_goes_first(step):
    due(step, "2018")
    factories.milestone_date(milestone=step, side=Side.REACHED, date="2019")
    reach(step.project, "cancelled", "2020")
    reach(step.project, "opened")
    assert state(step, MAY[0]) == "reached"


class TestPassedOver:
    @pytest.mark.parametrize("later", ["completed", "opened", "at_capacity"])
    def test_a_later_step_was_reached(self, step, later):
        due(step, "2018")
        reach(step.project, later)
        assert state(step, MAY[0]) == "passed_over"

    @pytest.mark.parametrize("kind", ["planned", "signed", "invested", "started", "other"])
    def test_not_by_an_earlier_one_or_the_same(self, step, kind):
        due(step, "2018")
        reach(step.project, kind)
        assert state(step, MAY[0]) == "overdue"

    def test_not_by_a_later_one_that_is_only_due_or_elsewhere_or_a_draft(self, step):
        due(step, "2018")
        due(factories.milestone(project=step.project, kind="opened"), "2019")
        reach(factories.project(), "opened")
        reach(step.project, "completed", source=factories.source(draft=True))
        assert state(step, MAY[0]) == "overdue"

    def test_by_the_signing_of_the_agreement(self):
        paper = factories.agreement()
        project = factories.project(agreement=paper)
        planned = factories.milestone(project=project, kind="planned")
        started = factories.milestone(project=project, kind="started")
        signing = factories.milestone(agreement=paper, kind="signed")
        factories.milestone_date(milestone=signing, date="2020-04-26")
        assert state(planned, MAY[0]) == "passed_over"
        assert state(started, MAY[0]) == "not_dated"

    def test_a_step_of_an_agreement_by_a_later_one_of_it(self):
        paper = factories.agreement()
        planned = factories.milestone(agreement=paper, kind="planned")
        signing = factories.milestone(agreement=paper, kind="signed")
        assert state(planned, MAY[0]) == "not_dated"
        factories.milestone_date(milestone=signing, date="2020-04-26")
        assert state(planned, MAY[0]) == "passed_over"

    @pytest.mark.parametrize("kind", ["planned", "at_capacity", "suspended", "other"])
    def test_every_step_of_a_cancelled_project(self, kind):
        project = factories.project()
        step = factories.milestone(project=project, kind=kind)
        due(step, "2030")
        reach(project, "cancelled", "2020")
        assert state(step, MAY[0]) == "passed_over"

    def test_not_the_later_steps_of_one_that_was_resumed(self):
        project = factories.project()
        step = factories.milestone(project=project, kind="at_capacity")
        due(step, "2018")
        reach(project, "cancelled", "2019")
        reach(project, "started", "2020")
        assert state(step, date(2021, 1, 1)) == "overdue"

    def test_not_by_a_suspension(self, step):
        due(step, "2018")
        reach(step.project, "suspended", "2019")
        assert state(step, MAY[0]) == "overdue"


class TestWhatStands:
    def test_the_date_that_stands_judges(self, step):
        now = due(step, "2020-12", source=factories.source(published="2020-06"))
        before = restating(
            now,
            factories.milestone_date,
            date="2019-12",
            source=factories.source(published="2019-06"),
        )
        assert state(step, MAY[0]) == "scheduled"
        assert state(step, MAY[0], as_of=MAY[0]) == "overdue"
        prefer = frozenset({("milestone-date", before.pk)})
        assert state(step, MAY[0], prefer=prefer) == "overdue"

    def test_its_id_and_days_are_given(self, step):
        planned = due(step, "2019")
        reached = factories.milestone_date(milestone=step, date="2020-05")
        row = Milestone.objects.with_state(Reader(MAY[0])).get(pk=step.pk)
        assert row.due_statement_id == planned.pk
        assert (row.due_earliest, row.due_latest) == (date(2019, 1, 1), date(2019, 12, 31))
        assert row.reached_statement_id == reached.pk
        assert (row.reached_earliest, row.reached_latest) == MAY

    def test_a_milestone_is_out_with_any_statement_of_it(self, step):
        due(step, "2019", source=factories.source(published="2020-04"))
        silent = factories.milestone()
        draft = factories.milestone_date(source=factories.source(draft=True)).milestone
        assert list(Milestone.objects.out(Reader(MAY[0]))) == [step]
        assert not Milestone.objects.out(Reader(MAY[0], as_of=date(2020, 4, 29))).exists()
        assert silent != draft


def test_the_order_of_the_kinds_is_that_of_the_values():
    assert [str(kind) for kind in MilestoneKind] == [str(kind) for kind in Kind]
    assert ORDER == (
        "planned",
        "signed",
        "invested",
        "started",
        "completed",
        "opened",
        "at_capacity",
    )


def test_the_database_says_what_the_values_say():
    """Every combination of a due date, a reached date, a later step and a day near the bounds."""
    dates = ("", "2020-05", "2020-05-31", "../2020-05", "2020-05/..")
    made = {}
    for when, reached, later in product(dates, (True, False), (True, False)):
        step = factories.milestone(kind="started")
        due(step, when)
        if reached:
            factories.milestone_date(milestone=step)
        if later:
            reach(step.project, "opened")
        made[step.pk] = (when, reached, later)
    seen = set()
    for day in (MAY[0] - ONE, MAY[0], MAY[1], MAY[1] + ONE):
        rows = Milestone.objects.with_state(Reader(day)).filter(pk__in=made)
        assert len(rows) == len(made)
        for row in rows:
            when, reached, later = made[row.pk]
            bounds = parse(when) if when else None
            expected = state_of(
                day,
                bounds.earliest if bounds else None,
                bounds.latest if bounds else None,
                reached=reached,
                passed_over=later,
                dated=bool(when),
            )
            assert row.state == expected, (when, reached, later, day)
            seen.add(expected)
    assert seen == set(State)
