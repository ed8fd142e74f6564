"""A step that goes from a project to an agreement, and back, is known of where it is."""

import pytest

from projects.models import KnownMilestone
from tests import factories as make


@pytest.mark.django_db
@pytest.mark.parametrize("under", [True, False])
@pytest.mark.parametrize("kind", ["planned", "signed", "started"])
def test_a_step_moves(kind, under):
    agreement = make.agreement()
    project = make.project(agreement=agreement if under else None)
    step = make.milestone(project=project, kind=kind)
    make.milestone_date(milestone=step)
    for own in ({"agreement": agreement, "project": None}, {"agreement": None, "project": project}):
        step.agreement, step.project = own["agreement"], own["project"]
        step.save()
        known = KnownMilestone.objects.filter(milestone=step)
        assert set(known.values_list("project", "agreement")) == {
            (step.project_id, step.agreement_id)
        }
