"""What a preferred statement touches is chosen anew, and all else is as it is stored."""

from operator import attrgetter

import pytest

from projects.models import Investment, MilestoneKind, Side
from projects.models.stretches import FEW
from projects.reports.delivery import milestones
from projects.reports.funding import funding
from projects.reports.portfolio import portfolio
from projects.values.readers import Reader
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY

pytestmark = pytest.mark.django_db

OF_PROJECTS = (
    "slug",
    "stage",
    "stage_since",
    "stage_since_latest",
    "stage_statement_id",
    "overdue",
    "silent",
    "promised_low",
    "promised_high",
    "promised_parts",
)
OF_MILESTONES = ("slug", "state", "due_latest", "reached_latest", "due_statement_id")


def seen(reader: Reader) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What is derived of all projects and milestones."""
    projects = portfolio(reader, EVERYTHING).order_by("pk")
    steps = milestones(reader, EVERYTHING).order_by("pk")
    return (
        [attrgetter(*OF_PROJECTS)(one) for one in projects],
        [attrgetter(*OF_MILESTONES)(one) for one in steps],
    )


def preferring(*statements) -> Reader:
    chosen = frozenset((one.kind_of_statement, one.pk) for one in statements)
    return Reader(TODAY.today, prefer=chosen)


def rival_of(statement, **columns):
    return {"restates": statement, "restates_how": "disputed", **columns}


def test_a_signing_touches_every_project_of_its_agreement():
    agreement = make.agreement()
    signing = make.milestone(project=None, agreement=agreement, kind=MilestoneKind.SIGNED)
    signed = make.milestone_date(milestone=signing, side=Side.REACHED, date="2020-04-26")
    rival = make.milestone_date(
        milestone=signing, side=Side.REACHED, date="2020-05-01", **rival_of(signed)
    )
    projects = [make.project(agreement=agreement) for _number in range(FEW + 1)]
    elsewhere = make.milestone_date(side=Side.REACHED, date="2019-03").milestone.project

    found, steps = seen(preferring(rival))

    assert (found, steps) == seen(preferring(rival).by_definition)
    since = {row[0]: row[2] for row in found}
    assert {since[project.slug] for project in projects} == {"2020-05-01"}
    assert since[elsewhere.slug] == "2019-03"
    assert {row[2] for row in seen(TODAY)[0]} == {"2020-04-26", "2019-03"}


def test_a_preferred_cancelling_takes_its_promises_from_the_total():
    project = make.project()
    make.investment(project=project)
    begun = make.milestone(project=project, kind=MilestoneKind.STARTED)
    make.milestone_date(milestone=begun, side=Side.REACHED, date="2021-01-01")
    ended = make.milestone(project=project, kind=MilestoneKind.CANCELLED)
    due = make.milestone_date(milestone=ended, side=Side.REACHED, date="2020-01-01")
    rival = make.milestone_date(
        milestone=ended, side=Side.REACHED, date="2022-01-01", **rival_of(due)
    )

    [plain], _steps = seen(TODAY)
    [chosen], _steps = seen(preferring(rival))

    assert seen(preferring(rival)) == seen(preferring(rival).by_definition)
    assert (plain[1], plain[-1]) == ("started", 1)
    assert (chosen[1], chosen[-1]) == ("cancelled", 0)
    everything = Investment.objects.all()
    assert funding(everything, TODAY).headline.parts == 1
    assert funding(everything, preferring(rival)).headline.parts == 0


def test_a_preferred_amount_changes_the_sums_of_its_project_alone():
    project, other = make.project(), make.project()
    standing = make.investment(project=project, amount="1亿元")
    rival = make.investment(project=project, amount="3亿元", **rival_of(standing))
    make.investment(project=other, amount="5亿元")

    found, _steps = seen(preferring(rival))

    assert found == seen(preferring(rival).by_definition)[0]
    assert {row[0]: row[-3] for row in found} == {
        project.slug: 300_000_000,
        other.slug: 500_000_000,
    }
