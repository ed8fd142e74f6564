"""Statements of every kind, as the tests of what they share need them."""

import pytest

from projects.models import (
    AgreementParty,
    Investment,
    MilestoneDate,
    Observation,
    Participation,
    RestatesHow,
    Target,
)
from tests import factories

STATEMENT = {
    Participation: factories.participation,
    AgreementParty: factories.agreement_party,
    Investment: factories.investment,
    MilestoneDate: factories.milestone_date,
    Target: factories.target,
    Observation: factories.observation,
}

ANY_STATEMENT = pytest.mark.parametrize(
    "build", [pytest.param(build, id=kind.__name__) for kind, build in STATEMENT.items()]
)

ABOUT = {
    Participation: ("project", "organization", "role"),
    AgreementParty: ("agreement", "organization"),
    Investment: ("project", "agreement"),
    MilestoneDate: ("milestone", "side"),
    Target: ("indicator", "period"),
    Observation: ("indicator", "period", "status"),
}


def restating(standing, build, how=RestatesHow.SUPERSEDED, **overrides):
    """Another statement about the same thing, which restates the standing one."""
    same = {name: getattr(standing, name) for name in ABOUT[type(standing)]}
    return build(**same | {"restates": standing, "restates_how": how} | overrides)
