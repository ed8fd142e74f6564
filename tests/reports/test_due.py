"""What falls due soon, and who answers for it."""

from datetime import date

import pytest

from projects.reports.delivery import milestones
from projects.reports.due import MOST, late_and_soon, steps_and_due, with_due_soon
from projects.values.readers import Reader
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, on

DAY = on("2026-11-01")
"""The ninetieth day after it is 30 January 2027."""


def due(reader=DAY):
    _late, soon = late_and_soon(reader, EVERYTHING, 0, MOST)
    return steps_and_due([], soon, reader)[1]


def milestone(edtf, project=None, **columns):
    project = project or make.project()
    made = make.milestone(project=project, **columns)
    make.milestone_date(milestone=made, side="due", date=edtf)
    return made


@pytest.mark.usefixtures("facts")
def test_nothing_of_the_facts_is_due_today():
    assert due(TODAY) == ()


@pytest.mark.usefixtures("facts")
def test_the_software_park_was_due_in_2023():
    (nobody,) = due(on("2022-11-01"))
    assert nobody.responsible == ()
    assert [one.step.milestone.slug for one in nobody.steps] == ["software-park-opened"]
    assert {one.organization.slug for one in nobody.steps[0].said} >= {"cec-investment"}


@pytest.mark.django_db
class TestRules:
    @pytest.mark.parametrize(
        ("edtf", "soon"),
        [
            ("2026-10-31", False),
            ("2026-11-01", True),
            ("2027-01-30", True),
            ("2027-01-31", False),
            ("2027-01", True),
            ("2026", True),
            ("2027", True),
            ("2020/2030", True),
            ("2020/..", True),
            ("../2030", True),
            ("2027-01-31/..", False),
            ("../2026-10-31", False),
            ("", False),
        ],
    )
    def test_dates_that_reach_into_the_next_ninety_days(self, edtf, soon):
        made = milestone(edtf)
        rows = with_due_soon(milestones(DAY, EVERYTHING), DAY)
        assert {row.pk: row.due_soon for row in rows} == {made.pk: soon}

    def test_what_was_reached_or_passed_over_is_not_due(self):
        reached = milestone("2026-12")
        make.milestone_date(milestone=reached, date="2026-10")
        passed_over = milestone("2026-12", kind="started")
        opened = make.milestone(project=passed_over.project, kind="opened")
        make.milestone_date(milestone=opened, date="2026-10")
        assert due() == ()

    def test_it_is_judged_on_the_as_of_day(self):
        milestone("2026-12")
        assert due(Reader(date(2027, 6, 1), date(2026, 11, 1)))
        assert not due(on("2027-06-01"))

    def test_the_last_days_of_the_calendar(self):
        milestone("9999-12-31")
        assert len(due(on("9999-12-01"))) == 1

    def test_one_body_several_bodies_and_nobody(self):
        bureau, office = make.organization(slug="bureau"), make.organization(slug="office")
        alone, both, nobodys = make.project(), make.project(), make.project()
        said = make.participation(project=alone, organization=bureau, role="responsible")
        make.participation(project=alone, role="builder")
        for body in (office, bureau):
            make.participation(project=both, organization=body, role="responsible")
        builder = make.participation(project=nobodys, role="builder")
        steps = [
            milestone(day, project)
            for day, project in (("2026-11", nobodys), ("2026-12", both), ("2027-01", alone))
        ]
        found = due()
        assert [[one.slug for one in group.responsible] for group in found] == [
            ["bureau", "office"], ["bureau"], [],
        ]  # fmt: skip
        assert [row.step.milestone for group in found for row in group.steps] == [
            steps[1], steps[2], steps[0],
        ]  # fmt: skip
        assert found[1].steps[0].said == (said,)
        assert found[2].steps[0].said == (builder,)

    def test_of_two_rivals_only_the_one_that_stands_answers(self):
        project = make.project()
        standing = make.participation(project=project, role="responsible")
        make.participation(
            project=project, role="responsible", restates=standing, restates_how="disputed"
        )
        milestone("2026-12", project)
        (found,) = due()
        assert found.responsible == (standing.organization,)

    def test_the_parties_stand_beside_what_an_agreement_owes(self):
        party = make.agreement_party()
        step = make.milestone(agreement=party.agreement)
        make.milestone_date(milestone=step, side="due", date="2026-12")
        (found,) = due()
        assert (found.responsible, found.steps[0].said) == ((), (party,))
