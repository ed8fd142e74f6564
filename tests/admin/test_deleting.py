"""What others depend on is not deleted, and the page says what they are."""

import pytest
from django.contrib.auth.models import Group, User
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


def test_of_many_that_block_twenty_are_named_each_with_its_page(staff):
    source = factories.source()
    rows = [factories.participation(source=source, project=factories.project()) for _ in range(23)]
    response = staff.get(address(Source, "delete", source.pk))
    said = [str(line) for line in response.context["protected"]]
    assert len(said) == 21
    assert said[-1] == "and 3 more"
    for row, line in zip(rows[:20], said[:20], strict=True):
        assert f'<a href="{address(type(row), "change", row.pk)}">' in line


def test_a_tie_that_blocks_leads_to_what_owns_it(staff):
    place = factories.place()
    project = factories.project(places=[place])
    (line,) = staff.get(address(Place, "delete", place.pk)).context["protected"]
    assert f'<a href="{address(Project, "change", project.pk)}">' in line


def test_what_goes_along_is_bounded_too(staff):
    projects = [factories.project() for _ in range(45)]
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in projects]}
    response = staff.post(address(Project, "changelist"), chosen)
    assert len(response.context["deletable_objects"][0]) == 41
    assert response.context["deletable_objects"][0][-1] == "and 5 more"
    assert response.content.decode().count('name="_selected_action"') == 45


def test_an_account_or_a_group_takes_no_fact_along(staff):
    user, group = User.objects.create_user("lin"), Group.objects.create(name="editors")
    user.groups.add(group)
    place = factories.place()
    place._history_user = user
    place.save()
    for row in (group, user):
        target = address(type(row), "delete", row.pk)
        assert staff.get(target).status_code == 200
        assert staff.post(target, {"post": "yes"}).status_code == 302
    newest = Place.objects.get().history.first()
    assert (newest.history_user_name, newest.history_user) == ("lin", None)


def test_a_publication_with_which_an_entity_was_entered_is_kept(staff):
    draft = factories.source(draft=True)
    factories.place(entered_with=draft, name_en="what-blocks")
    response = staff.post(address(Source, "delete", draft.pk), {"post": "yes"})
    assert "what-blocks" in response.content.decode()
    assert Source.objects.filter(pk=draft.pk).exists()
