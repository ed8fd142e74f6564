"""What is stored of projects and milestones by stretches of days, and when it is written."""

from datetime import date

import pytest

from projects.models import KnownMilestone, KnownProject, derive
from projects.models.known import Known
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = date.min
APRIL, MAY, JUNE = date(2020, 4, 1), date(2020, 5, 1), date(2020, 6, 1)


def published(day: date, **columns):
    return factories.source(published=day.isoformat(), **columns)


def stretches(model: type[Known], *columns: str, **of) -> list[tuple]:
    rows = model.objects.filter(**of).order_by("known_from")
    return list(rows.values_list("known_from", "known_until", *columns))


def stages(project) -> list[tuple]:
    return stretches(KnownProject, "stage", project=project)


@pytest.fixture
def project():
    return factories.project(agreement=factories.agreement())


def test_of_a_new_project_nothing_is_known_for_ever(project):
    assert stages(project) == [(FIRST, None, "not_stated")]


def test_everything_that_is_said_of_a_project(project):
    step = factories.milestone(project=project, kind="opened")
    report, opening = published(APRIL), published(JUNE)
    due = factories.milestone_date(milestone=step, side="due", date="2020-05-20", source=report)
    reached = factories.milestone_date(milestone=step, date="2020-05-31", source=opening)
    factories.investment(project=project, amount="3亿元", source=published(MAY))
    columns = ("stage", "stage_since", "last_reported", "promised_low", "investment_stated")
    assert stretches(KnownProject, *columns, "late_from", project=project) == [
        (FIRST, APRIL, "not_stated", "", "", None, False, None),
        (APRIL, MAY, "not_stated", "", "2020-04-01", None, False, date(2020, 5, 21)),
        (MAY, JUNE, "not_stated", "", "2020-05-01", 300_000_000, True, date(2020, 5, 21)),
        (JUNE, None, "opened", "2020-05-31", "2020-06-01", 300_000_000, True, None),
    ]
    columns = ("project", "agreement", "rank", "due_statement", "reached_statement", "seen_from")
    of_step = (project.pk, None, 5)
    assert stretches(KnownMilestone, *columns, milestone=step) == [
        (FIRST, APRIL, *of_step, None, None, APRIL),
        (APRIL, JUNE, *of_step, due.pk, None, APRIL),
        (JUNE, None, *of_step, due.pk, reached.pk, APRIL),
    ]


def test_only_what_counts_is_promised(project):
    standing = factories.investment(project=project, amount="3亿元", source=published(MAY))
    factories.investment(
        project=project, amount="2亿元", source=published(APRIL), restates=standing
    )
    factories.investment(project=project, amount="1亿元", source=published(APRIL), part_of=standing)
    for other in ({"unit": "USD"}, {"per": "year"}, {"basis": "paid"}):
        factories.investment(project=project, source=published(MAY), **other)
    factories.investment(project=project, source=published(MAY, draft=True))
    found = stretches(KnownProject, "promised_low", "promised_high", project=project)
    # The part is one of the group of its whole, whichever member of that stands.
    assert found == [
        (FIRST, APRIL, None, None),
        (APRIL, MAY, 200_000_000, 200_000_000),
        (MAY, None, 300_000_000, 300_000_000),
    ]


def test_the_signing_of_the_agreement_is_known_of_its_projects(project):
    step = factories.milestone(agreement=project.agreement, kind="signed")
    signed = factories.milestone_date(milestone=step, date="2020-04", source=published(MAY))
    assert stages(project) == [(FIRST, MAY, "not_stated"), (MAY, None, "signed")]
    project.agreement = None
    project.save()
    assert stages(project) == [(FIRST, None, "not_stated")]
    project.agreement = step.agreement
    project.save()
    signed.delete()
    assert stages(project) == [(FIRST, None, "not_stated")]


def test_what_stays_as_it_is_is_not_written_again(project):
    factories.participation(project=project, source=published(APRIL))
    before = dict(KnownProject.objects.values_list("known_from", "pk"))
    factories.participation(project=project, source=published(JUNE))
    after = dict(KnownProject.objects.values_list("known_from", "pk"))
    assert after[FIRST] == before[FIRST]
    assert set(after) == {FIRST, APRIL, JUNE}
    assert after[APRIL] != before[APRIL]


def test_of_what_is_gone_nothing_is_known(project):
    step = factories.milestone(project=project)
    step.delete()
    assert not KnownMilestone.objects.filter(milestone=step.pk).exists()
    number = project.pk
    project.delete()
    assert not KnownProject.objects.filter(project=number).exists()


def test_a_milestone_that_goes_to_another_project(project):
    step = factories.milestone(project=project, kind="started")
    factories.milestone_date(milestone=step, source=published(MAY))
    step.project = factories.project()
    step.save()
    assert stages(project) == [(FIRST, None, "not_stated")]
    assert stages(step.project) == [(FIRST, MAY, "not_stated"), (MAY, None, "started")]
    of_step = stretches(KnownMilestone, "project", milestone=step)
    assert of_step == [(FIRST, MAY, step.project.pk), (MAY, None, step.project.pk)]


def test_projects_written_past_their_save_are_known_when_it_is_asked(project):
    KnownProject.objects.all().delete()
    derive({type(project): [project.pk]})
    assert stages(project) == [(FIRST, None, "not_stated")]
