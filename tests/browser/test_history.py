"""The pages about the past of a record: readable, accessible, and within the policy."""

import pytest

from projects.models import Place, Project
from tests.admin.pages import address
from tests.browser.test_pages import WIDTHS, violations, watch
from tests.browser.test_pages_of_editors import OF_DJANGO, open_page

pytestmark = pytest.mark.browser

__all__ = ["open_page"]


@pytest.fixture
def paths(site):
    """A record that changed, with what would put it back; one that is gone; the list of these."""
    project = Project.objects.get(slug="smart-transport-platform")
    project.name_en, project.summary_en = "A new name", "Other words.\nMore words."
    project.save()
    gone = Place.objects.create(slug="gone", name_en="Gone town")
    pk = gone.pk
    gone.delete()
    changed, deleted = project.history.last().history_id, Place.history.first().history_id
    return [
        address(Project, "history", project.pk),
        f"/admin/projects/project/{project.pk}/history/project-{changed}/",
        address(Place, "history", pk),
        f"/admin/projects/place/{pk}/history/place-{deleted}/",
        address(Place, "delete", Place.objects.first().pk),
        "/admin/deleted/",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_clean(site, paths, open_page, language, theme, width):
    faults = []
    page = open_page(language, theme, width)
    watch(page, site, faults)
    for path in paths:
        page.goto(site + path)
        faults += [f"{path} {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{path} scrolls sideways")
    assert [line for line in faults if not OF_DJANGO.search(line)] == []


def test_a_deleted_record_is_put_back_by_hand(site, paths, open_page):
    page = open_page("en", "light", 1440)
    page.goto(f"{site}/admin/deleted/")
    page.get_by_role("link", name="Gone town").click()
    page.get_by_role("link", name="Put back as it was before this deletion").click()
    page.get_by_label("Reason").fill("Deleted by mistake")
    page.get_by_role("button", name="Put back").click()
    page.get_by_text("It was put back, and its history says so.").wait_for()
    assert "Deleted by mistake" in page.locator(".history li").first.inner_text()
    assert Place.objects.filter(slug="gone").exists()
