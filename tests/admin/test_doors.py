"""Whatever door a change comes through, each row that changes has its row of history."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse

from projects.models import (
    Investment,
    InvestmentOrganization,
    Milestone,
    Place,
    Project,
    ProjectPlace,
    RestatesHow,
    Source,
)
from tests import factories
from tests.admin.pages import address, delete, delete_selected, submit
from tests.recorded import RECORDED

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """What was written to the histories since the test asked for it."""
    begun = {}

    def newest(model):
        return max(model.history.values_list("history_id", flat=True), default=0)

    def begin():
        begun.update({model: newest(model) for model in RECORDED})

    def rows():
        return sorted(
            (model.__name__, row.history_type, row.history_user_name)
            for model in RECORDED
            for row in model.history.filter(history_id__gt=begun[model])
        )

    begin()
    rows.begin = begin
    return rows


def test_adding(staff, written):
    sent = {"slug": "new", "name_en": "New"}
    assert submit(staff, address(Place, "add"), sent).status_code == 302
    assert written() == [("Place", "+", "editor")]
    assert Place.history.get().name_en == "New"


def test_changing(staff, written):
    spot = factories.place(name_en="Old")
    written.begin()
    submit(staff, address(Place, "change", spot.pk), {"name_en": "New"})
    assert written() == [("Place", "~", "editor")]
    newest, before = spot.history.all()
    assert (before.name_en, newest.name_en) == ("Old", "New")


def test_rows_in_the_page_of_another(staff, written):
    project = factories.project(places=[factories.place()])
    kept = factories.milestone(project=project, name_en="Old")
    link = ProjectPlace.objects.get()
    written.begin()
    sent = {
        "projectplace_set-0-id": link,
        "projectplace_set-0-DELETE": "on",
        "milestones-0-id": kept,
        "milestones-0-name_en": "New",
    }
    rows = {"milestones": [{"kind": "signed", "slug": "another", "name_en": "Another"}]}
    response = submit(staff, address(Project, "change", project.pk), sent, rows)
    assert response.status_code == 302
    assert written() == [
        ("Milestone", "+", "editor"),
        ("Milestone", "~", "editor"),
        ("Project", "~", "editor"),
        ("ProjectPlace", "-", "editor"),
    ]
    newest, before = Milestone.history.filter(id=kept.pk)
    assert (before.name_en, newest.name_en) == ("Old", "New")


def test_deleting_and_what_goes_along(staff, written):
    row = factories.investment(organizations=[factories.organization(), factories.organization()])
    written.begin()
    delete(staff, row)
    assert not InvestmentOrganization.objects.exists()
    assert written() == [
        ("Investment", "-", "editor"),
        ("InvestmentOrganization", "-", "editor"),
        ("InvestmentOrganization", "-", "editor"),
    ]
    assert Investment.history.first().as_written == row.as_written


def test_deleting_several_and_what_goes_along(staff, written):
    rows = [factories.project(places=[factories.place()]) for _ in range(2)]
    written.begin()
    assert delete_selected(staff, *rows).status_code == 302
    assert written() == [("Project", "-", "editor")] * 2 + [("ProjectPlace", "-", "editor")] * 2


def test_a_swap(staff, written):
    stands = factories.investment()
    rival = factories.investment(project=stands.project, restates=stands, restates_how="disputed")
    written.begin()
    target = reverse("projects:statement", args=["investment", rival.pk]) + "stand/"
    answer = {"instead_of": stands.pk, "becomes": RestatesHow.DISPUTED, "reason": "年报"}
    assert staff.post(target, answer).status_code == 302
    assert written() == [("Investment", "~", "editor")] * 2


def test_putting_back(staff, written):
    spot = factories.place()
    project = factories.project(places=[spot])
    pk = project.pk
    delete(staff, project)
    written.begin()
    state = Project.history.first().history_id
    staff.post(reverse("admin:projects_project_put_back", args=[pk, f"project-{state}"]))
    assert written() == [("Project", "+", "editor"), ("ProjectPlace", "+", "editor")]


def test_fixtures_are_the_first_state(written):
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    assert Project.objects.exists()
    assert written() == []


def test_all_of_it_outlives_the_author(staff, editor, written):
    source = factories.source()
    written.begin()
    submit(staff, address(Source, "change", source.pk), {"title": "New"})
    delete(staff, source)
    User.objects.get(pk=editor.pk).delete()
    assert written() == [("Source", "-", "editor"), ("Source", "~", "editor")]
    assert set(Source.history.values_list("history_user", flat=True)) == {None}
