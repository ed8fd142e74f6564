"""How far a project has come, derived from what was reached."""

from datetime import date
from itertools import product

import pytest

from projects.models import Milestone, MilestoneDate, Project, Side, derive
from projects.models.milestones import stage_statement
from projects.values.delivery import NOT_STATED, Kind, Reached, stage_of
from projects.values.edtf import parse
from projects.values.readers import Reader
from tests import factories
from tests.models.builders import restating

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)


def stage(project: Project, **columns) -> str:
    """The kind of the step that decides the stage, as the database chooses it."""
    return stages([project], **columns)[project.pk]


def stages(projects: list[Project], **columns) -> dict[int, str]:
    reader = Reader(TODAY, **columns)
    rows = Project.objects.annotate(decided_by=stage_statement(reader, "pk", "agreement"))
    chosen = dict(rows.filter(pk__in=[one.pk for one in projects]).values_list("pk", "decided_by"))
    dates = MilestoneDate.objects.select_related("milestone").in_bulk(
        [pk for pk in chosen.values() if pk is not None]
    )
    return {
        project: dates[pk].milestone.kind if pk is not None else NOT_STATED
        for project, pk in chosen.items()
    }


def reach(project, kind: str, when: str = "2019", **overrides) -> MilestoneDate:
    step = factories.milestone(project=project, kind=kind)
    return factories.milestone_date(milestone=step, date=when, **overrides)


@pytest.fixture
def project():
    return factories.project()


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ([], "not_stated"),
        ([("other", "2019")], "not_stated"),
        ([("started", "2019")], "started"),
        # The furthest one, whenever it was reached.
        ([("opened", "2018"), ("started", "2019")], "opened"),
        ([("suspended", "2019")], "suspended"),
        ([("started", "2019"), ("suspended", "2020")], "suspended"),
        ([("started", "2019"), ("cancelled", "2020")], "cancelled"),
        # Resumed: a step was reached after the halt.
        ([("started", "2018"), ("suspended", "2019"), ("completed", "2020")], "completed"),
        ([("opened", "2018"), ("suspended", "2019"), ("started", "2020")], "opened"),
        # Halted again.
        ([("suspended", "2018"), ("started", "2019"), ("cancelled", "2020")], "cancelled"),
        # Nothing was reached after the halt: what has no place in the order resumes nothing.
        ([("started", "2018"), ("suspended", "2019"), ("other", "2020")], "suspended"),
        # On the same day, and of two halts.
        ([("started", "2019"), ("suspended", "2019")], "suspended"),
        ([("suspended", "2019"), ("cancelled", "2019")], "cancelled"),
        ([("cancelled", "2018"), ("suspended", "2019")], "suspended"),
        # Vague: by the last possible day, then the first one; an open end may lie anywhere.
        ([("suspended", "2019-06"), ("started", "2019")], "started"),
        ([("suspended", "2019-12"), ("started", "2019")], "suspended"),
        ([("suspended", "2020"), ("started", "2019/..")], "started"),
        ([("suspended", "2019/.."), ("started", "2020")], "suspended"),
        ([("suspended", "2019"), ("started", "../2019")], "suspended"),
    ],
)
def test_what_was_reached(project, reached, expected):
    for kind, when in reached:
        reach(project, kind, when)
    assert stage(project) == expected


@pytest.mark.parametrize("side", [Side.DUE, Side.NOT_YET])
def test_only_what_was_reached(project, side):
    factories.milestone_date(milestone=factories.milestone(project=project), side=side)
    assert stage(project) == "not_stated"


def test_only_of_the_project(project):
    reach(factories.project(), "opened")
    assert stage(project) == "not_stated"


class TestAgreement:
    def sign(self, agreement, kind="signed", when="2020-04-26"):
        step = factories.milestone(agreement=agreement, kind=kind)
        return factories.milestone_date(milestone=step, date=when)

    def test_its_signing_counts_for_each_of_its_projects(self):
        paper = factories.agreement()
        self.sign(paper)
        under = [factories.project(agreement=paper), factories.project(agreement=paper)]
        beside = factories.project()
        assert stages([*under, beside]) == {
            under[0].pk: "signed",
            under[1].pk: "signed",
            beside.pk: "not_stated",
        }
        reach(under[0], "started")
        assert stage(under[0]) == "started"

    def test_no_other_step_of_it_does(self):
        paper = factories.agreement()
        self.sign(paper, kind="cancelled")
        assert stage(factories.project(agreement=paper)) == "not_stated"

    def test_signing_after_a_halt_lifts_it(self):
        paper = factories.agreement()
        project = factories.project(agreement=paper)
        reach(project, "suspended", "2019")
        self.sign(paper)
        assert stage(project) == "signed"


def test_as_it_was_known_on_a_day(project):
    reach(project, "started", "2019", source=factories.source(published="2020-04"))
    reach(project, "opened", "2019", source=factories.source(published="2021"))
    reach(project, "at_capacity", "2019", source=factories.source(draft=True))
    assert stage(project) == "opened"
    assert stage(project, as_of=date(2020, 4, 30)) == "started"
    assert stage(project, as_of=date(2020, 4, 29)) == "not_stated"


def test_by_the_date_that_stands(project):
    halted = reach(project, "suspended", "2020")
    reach(project, "started", "2019")
    rival = restating(halted, factories.milestone_date, date="2018")
    assert stage(project) == "suspended"
    assert stage(project, prefer=frozenset({("milestone-date", rival.pk)})) == "started"


def test_the_database_says_what_the_values_say():
    """Every pair of kinds that matter, on every pair of dates that come before or after."""
    kinds = ("planned", "opened", "suspended", "cancelled", "other")
    dates = ("2019", "2020", "2020-12-31", "2020/..", "../2020")
    source, made, steps, stated = factories.source(), {}, [], []
    cases = list(product(product(kinds, dates), repeat=2))
    projects = Project.objects.bulk_create(
        Project(slug=f"case-{number}", name_zh="项目") for number in range(len(cases))
    )
    for project, case in zip(projects, cases, strict=True):
        made[project.pk] = case
        for kind, when in case:
            number = len(steps)
            steps.append(Milestone(slug=f"step-{number}", project=project, kind=kind))
            stated.append(when)
    Milestone.objects.bulk_create(steps)
    MilestoneDate.objects.bulk_create(
        MilestoneDate(
            key=f"case-{step.pk}", milestone=step, side=Side.REACHED, date=when, source=source
        )
        for step, when in zip(steps, stated, strict=True)
    )
    dates = MilestoneDate.objects.filter(source=source)
    derive({Project: made, MilestoneDate: dates.values_list("pk", flat=True)})
    found = stages(projects)
    for project, case in made.items():
        reached = [
            Reached(Kind(kind), parse(when).earliest, parse(when).latest) for kind, when in case
        ]
        assert found[project] == stage_of(reached), case
