"""Two editors in two browsers: the second one sees what the first one stored, and loses nothing."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from projects.models import Project, ProjectPlace
from tests.admin.pages import address
from tests.browser.test_pages import WIDTHS, violations, watch

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(site, browser):
    """Opens a browser of an editor of that name."""
    contexts = []

    def opened(name, language="en", theme="light", width=1440):
        user, _made = User.objects.get_or_create(username=name, is_staff=True, is_superuser=True)
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        viewport = {"width": width, "height": WIDTHS[width]}
        contexts.append(browser.new_context(viewport=viewport, color_scheme=theme, locale=language))
        contexts[-1].add_cookies([{"name": "sessionid", "value": session, "url": site}])
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def save(page):
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh-hans", "dark")])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_second_of_two(site, editor, language, theme, width):
    project = Project.objects.filter(projectplace__isnull=False).first()
    form = site + address(Project, "change", project.pk)
    faults = []
    one, two = editor("li"), editor("wang", language, theme, width)
    watch(two, site, faults)
    for page in (one, two):
        page.goto(form)
    one.fill("[name=name_en]", "As the first has it")
    one.fill("[name=summary_en]", "Only the first wrote this. " * 12)
    save(one)
    link = ProjectPlace.objects.get(pk=project.projectplace_set.first().pk)
    link.delete()

    two.fill("[name=name_en]", "As the second has it")
    save(two)

    stale = two.locator(".stale").first
    assert stale.is_visible()
    rows = stale.locator("tbody tr")
    assert rows.nth(0).locator("td").all_inner_texts()[1] == "As the first has it"
    assert "As the second has it" in rows.nth(0).locator("td").all_inner_texts()[2]
    assert two.locator("[name=name_en]").input_value() == "As the second has it"
    assert "Only the first wrote" in two.locator("[name=summary_en]").input_value()
    assert two.evaluate("document.documentElement.scrollWidth") <= width
    faults += violations(two)
    assert [line for line in faults if "stale" in line or line.startswith("script")] == []

    save(two)
    project.refresh_from_db()
    assert project.name_en == "As the second has it"
    assert project.summary_en.startswith("Only the first wrote this.")


def test_the_record_is_gone(site, editor):
    project = Project.objects.create(slug="made-up", name_zh="虚构")
    page = editor("wang", width=375)
    page.goto(site + address(Project, "change", project.pk))
    project.delete()
    page.fill("[name=name_en]", "Typed for nothing")
    save(page)
    assert page.locator(".stale-typed").get_by_text("Typed for nothing").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
