"""A list asks the database as often for twenty rows as for ten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin.pages import address
from tests.admin.test_pages import BUILDERS

pytestmark = pytest.mark.django_db


def investment():
    """One with all that its row shows."""
    stands = factories.investment(organizations=[factories.organization()])
    return factories.investment(
        project=stands.project, restates=stands, organizations=[factories.organization()]
    )


def related(model, build):
    """Give the row a parent or whatever else its line names."""
    if model.__name__ == "Investment":
        return investment()
    if model.__name__ in {"Organization", "Place"}:
        return build(parent=build())
    if model.__name__ == "Project":
        return build(agreement=factories.agreement())
    return build()


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("query", ["", "?q=1"])
def test_list(staff, model, query):
    target = address(model, "changelist") + query

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(target).status_code == 200
        return len(queries)

    for _ in range(10):
        related(model, BUILDERS[model])
    ten = asked()
    for _ in range(10):
        related(model, BUILDERS[model])
    assert asked() == ten


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_answers_of_a_search_box(staff, model):
    """Measured at the admin of the model itself, whose rows name what they belong to."""
    pairs = {
        "Source": ("investment", "source"),
        "Organization": ("participation", "organization"),
        "Place": ("indicator", "place"),
        "Sector": ("projectsector", "sector"),
        "Agreement": ("project", "agreement"),
        "Project": ("investment", "project"),
        "Milestone": ("milestonedate", "milestone"),
        "Indicator": ("target", "indicator"),
    }
    asking, field = pairs.get(model.__name__, (model._meta.model_name, "restates"))
    target = f"/admin/autocomplete/?app_label=projects&model_name={asking}&field_name={field}&term="

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(target).status_code == 200
        return len(queries)

    for _ in range(5):
        related(model, BUILDERS[model])
    five = asked()
    for _ in range(5):
        related(model, BUILDERS[model])
    assert asked() == five
