"""What states something of which entity, and so makes it be there for readers."""

from django.db.models import Model

from projects.models.agreements import Agreement, AgreementParty
from projects.models.indicators import Indicator, Observation, Target
from projects.models.investments import Investment
from projects.models.milestones import Milestone, MilestoneDate
from projects.models.organizations import Organization
from projects.models.participations import Participation
from projects.models.projects import Project

STATED_BY: dict[type[Model], tuple[tuple[type[Model], str, str], ...]] = {
    Project: (
        (Participation, "project", ""),
        (Investment, "project", ""),
        (MilestoneDate, "milestone__project", ""),
        (Target, "indicator__project", ""),
        (Observation, "indicator__project", ""),
    ),
    Organization: (
        (Participation, "organization", ""),
        (AgreementParty, "organization", ""),
        (Investment, "investmentorganization__organization", ""),
        (Organization, "pk", "parent_"),
        (Organization, "parent", "parent_"),
    ),
    Agreement: (
        (AgreementParty, "agreement", ""),
        (MilestoneDate, "milestone__agreement", ""),
        (Investment, "agreement", ""),
        (Target, "stands_in", ""),
    ),
    Indicator: ((Target, "indicator", ""), (Observation, "indicator", "")),
    Milestone: ((MilestoneDate, "milestone", ""),),
}
"""Which rows state something of an entity: their model, the way to the entity, the way's prefix to
the source."""
