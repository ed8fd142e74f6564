"""The models: entities (what there is) and statements (what is said of it)."""

from projects.models.agreements import Agreement, AgreementParty, AgreementSector
from projects.models.base import Link, Named, Summarised
from projects.models.derived import (
    RULES,
    Derivation,
    derive,
    derive_everything,
    deriving,
    deriving_together,
)
from projects.models.indicators import Indicator, Observation, Target
from projects.models.investments import Investment, InvestmentOrganization, NotCounted
from projects.models.known import KnownMilestone, KnownProject
from projects.models.milestones import Milestone, MilestoneDate
from projects.models.organizations import Organization
from projects.models.participations import Participation
from projects.models.places import Place, Sector
from projects.models.projects import Project, ProjectPlace, ProjectSector
from projects.models.sources import Source
from projects.models.statements import RestatesHow, Statement
from projects.models.steps import MilestoneKind, MilestoneState, Side, Stage
from projects.models.uploads import Upload, UploadedFile
from projects.models.versions import Versioned

STATEMENTS: tuple[type[Statement], ...] = (
    Participation,
    AgreementParty,
    Investment,
    MilestoneDate,
    Target,
    Observation,
)
"""The kinds of statements, in the order in which they are shown."""

Versioned.deriving = deriving

__all__ = [
    "RULES",
    "STATEMENTS",
    "Agreement",
    "AgreementParty",
    "AgreementSector",
    "Derivation",
    "Indicator",
    "Investment",
    "InvestmentOrganization",
    "KnownMilestone",
    "KnownProject",
    "Link",
    "Milestone",
    "MilestoneDate",
    "MilestoneKind",
    "MilestoneState",
    "Named",
    "NotCounted",
    "Observation",
    "Organization",
    "Participation",
    "Place",
    "Project",
    "ProjectPlace",
    "ProjectSector",
    "RestatesHow",
    "Sector",
    "Side",
    "Source",
    "Stage",
    "Statement",
    "Summarised",
    "Target",
    "Upload",
    "UploadedFile",
    "derive",
    "derive_everything",
    "deriving_together",
]
