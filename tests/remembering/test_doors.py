"""The doors of the admin move the version of the data too, and the page shows it at once."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from projects.models import Place, Project, ProjectPlace
from projects.models.past import Past
from projects.models.putting_back import put_back, to_be
from projects.remembering.version import data_version
from tests import factories
from tests.admin.pages import address, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser("editor", password="only for tests"))
    return client


@pytest.fixture
def reader():
    """A visitor whose browser keeps the page of a project, and asks whether it is still right."""

    class Reader:
        client = Client(headers={"accept-language": "en"})
        kept, version = "", ""

        def sees(self, project):
            before, self.version = self.version, data_version()
            page = self.client.get(project.get_absolute_url(), headers={"if-none-match": self.kept})
            if before and self.version == before:
                assert page.status_code == 304
                return None
            self.kept = page.headers["ETag"]
            return page.content.decode()

    return Reader()


def test_forms_inlines_deletions_and_what_is_put_back(staff, reader):
    project = factories.project(name_zh="", name_en="One name")
    place = factories.place(name_zh="", name_en="Some harbour")
    change = address(Project, "change", project.pk)
    assert "One name" in reader.sees(project)
    assert reader.sees(project) is None

    assert submit(staff, change, {"name_en": "Another name"}).status_code == 302
    assert "Another name" in reader.sees(project)

    rows = {"projectplace_set": [{"place": place}]}
    assert submit(staff, change, {}, rows).status_code == 302
    assert "Some harbour" in reader.sees(project)

    ProjectPlace.objects.get().delete()
    assert "Some harbour" not in reader.sees(project)

    past = Past(Project, project.pk)
    version = Project.objects.get().version
    put_back(to_be(past, past.moments[0]), version=version, reason="back", user=None)
    assert "One name" in reader.sees(project)
    assert reader.sees(project) is None


def test_opening_a_form_moves_nothing(staff):
    project = factories.project()
    before = data_version()
    for page in ("changelist", "add"):
        assert staff.get(address(Place, page)).status_code == 200
    assert staff.get(address(Project, "change", project.pk)).status_code == 200
    assert data_version() == before
