"""What others depend on is not deleted, and the page says what they are."""

import pytest
from django.db.models import Model

from projects.models import (
    Agreement,
    Investment,
    InvestmentOrganization,
    Milestone,
    Organization,
    Place,
    Project,
    ProjectPlace,
    Source,
)
from tests import factories
from tests.admin.pages import address, delete, delete_selected, submit

pytestmark = pytest.mark.django_db


def a_source() -> Model:
    source = factories.source()
    factories.participation(key="what-blocks", source=source)
    return source


def a_project() -> Model:
    return factories.participation(key="what-blocks").project


def a_standing_statement() -> Model:
    stands = factories.investment()
    factories.investment(project=stands.project, restates=stands, as_written="what-blocks")
    return stands


def an_investor() -> Model:
    """Seen only through the link."""
    investor = factories.organization()
    factories.investment(key="what-blocks", organizations=[investor])
    return investor


def a_place_of_a_project() -> Model:
    """Seen only through the link."""
    place = factories.place()
    factories.project(slug="what-blocks", places=[place])
    return place


def a_milestone() -> Model:
    return factories.milestone_date(milestone=factories.milestone(name_en="what-blocks")).milestone


def an_agreement() -> Model:
    agreement = factories.agreement()
    factories.project(name_en="what-blocks", agreement=agreement)
    return agreement


BLOCKED = [
    a_source,
    a_project,
    a_standing_statement,
    an_investor,
    a_place_of_a_project,
    a_milestone,
    an_agreement,
]


@pytest.mark.parametrize("build", BLOCKED)
def test_one_row_that_others_depend_on(staff, build):
    row = build()
    target = address(type(row), "delete", row.pk)
    for response in (staff.get(target), staff.post(target, {"post": "yes"})):
        assert response.status_code == 200
        blocks = [str(text) for text in response.context["protected"]]
        assert len(blocks) == 1
        page = response.content.decode()
        assert "would require deleting the following protected related objects" in page
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("build", [an_investor, a_place_of_a_project, a_standing_statement])
def test_the_page_names_what_blocks(staff, build):
    row = build()
    page = staff.get(address(type(row), "delete", row.pk)).content.decode()
    assert "what-blocks" in page


@pytest.mark.parametrize("build", BLOCKED)
def test_many_rows_of_which_others_depend_on_one(staff, build):
    row = build()
    model = type(row)
    free = getattr(factories, model._meta.model_name)()
    chosen = {"action": "delete_selected", "_selected_action": [row.pk, free.pk]}
    for sent in (chosen, chosen | {"post": "yes"}):
        response = staff.post(address(model, "changelist"), sent)
        assert response.status_code == 200
        assert len(response.context["protected"]) == 1
    assert model.objects.filter(pk__in=[row.pk, free.pk]).count() == 2


def test_names_in_what_blocks_are_escaped(staff):
    agreement = factories.agreement()
    factories.project(name_en="<img src=x>", agreement=agreement)
    page = staff.get(address(Agreement, "delete", agreement.pk)).content.decode()
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x>" not in page


def test_a_row_in_the_page_of_its_subject(staff):
    milestone = factories.milestone_date().milestone
    target = address(Project, "change", milestone.project.pk)
    response = submit(staff, target, {"milestones-0-DELETE": "on"})
    assert response.status_code == 200
    assert "protected related objects" in str(response.context["errors"])
    assert Milestone.objects.filter(pk=milestone.pk).exists()


def test_a_plain_tie_goes_with_its_first_end(staff):
    place, investor = factories.place(), factories.organization()
    project = factories.project(places=[place])
    investment = factories.investment(organizations=[investor])
    for row in (project, investment):
        assert delete(staff, row).status_code == 302
    assert not Project.objects.filter(pk=project.pk).exists()
    assert not Investment.objects.filter(pk=investment.pk).exists()
    assert not ProjectPlace.objects.exists()
    assert not InvestmentOrganization.objects.exists()
    assert Place.objects.filter(pk=place.pk).exists()
    assert Organization.objects.filter(pk=investor.pk).exists()


def test_what_nothing_depends_on_is_deleted(staff):
    one, two = factories.source(), factories.source()
    assert delete_selected(staff, one, two).status_code == 302
    assert not Source.objects.exists()
