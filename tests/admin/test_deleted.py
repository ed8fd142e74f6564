"""The list of what was deleted, with who did it and why, and the way to its history."""

import pytest

from projects.models import Place, Source
from tests import factories
from tests.admin import pages
from tests.admin.reading import text
from tests.admin.test_history import account

pytestmark = pytest.mark.django_db

PAGE = "/admin/deleted/"


def names(response):
    return [change.name for change, _address in response.context["changes"]]


def delete(client, row, why=""):
    assert pages.delete(client, row, change_reason=why).status_code == 302


def test_the_newest_first_with_who_and_why(staff):
    spot, source = factories.place(name_en="Old town"), factories.source(title="报道")
    delete(staff, spot, "写了两次")
    delete(staff, source, "<b>")
    page = staff.get(PAGE)
    assert names(page) == ["报道", "Old town"]
    words = page.content.decode()
    assert pages.address(Place, "history", spot.pk) in words
    assert "&lt;b&gt;" in words
    assert "Place Old town editor 写了两次" in text(page)


def test_what_came_back_is_not_in_it(staff):
    spot = factories.place()
    delete(staff, spot)
    newest = Place.history.first()
    again = staff.get(pages.address(Place, "history", spot.pk)).context["changes"][0].code
    assert again == f"place-{newest.history_id}"
    staff.post(f"/admin/projects/place/{spot.pk}/history/{again}/", {})
    assert names(staff.get(PAGE)) == []
    delete(staff, Place.objects.get(pk=spot.pk), "doch")
    assert [change.why for change, _ in staff.get(PAGE).context["changes"]] == ["doch"]


def test_of_one_model(staff):
    for build in (factories.place, factories.source):
        delete(staff, build())
    page = staff.get(PAGE + "?model=source")
    assert [change.model for change, _ in page.context["changes"]] == [Source]
    assert '<option value="source" selected>' in page.content.decode()


@pytest.mark.parametrize("query", ["?model=nosuch", "?model=", "?p=x", "?p=0", "?p=" + "9" * 30])
def test_any_query_is_answered(staff, query):
    delete(staff, factories.place())
    assert len(names(staff.get(PAGE + query))) == 1


def test_only_what_the_account_may_view(staff):
    delete(staff, factories.place(name_en="Old town"))
    delete(staff, factories.source())
    assert names(account("view_place").get(PAGE)) == ["Old town"]
    assert names(account(name="nobody").get(PAGE)) == []
    assert names(account("view_place", name="other").get(PAGE + "?model=source")) == ["Old town"]


def test_pages_and_a_fixed_number_of_queries(staff, django_assert_max_num_queries):
    for _ in range(51):
        row = factories.investment()
        row.delete()
    with django_assert_max_num_queries(15):
        assert len(names(staff.get(PAGE))) == 50
    assert len(names(staff.get(PAGE + "?p=2"))) == 1
