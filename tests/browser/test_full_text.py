"""The full text of a source, as editors read it: in both themes, on a phone and on a desk."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from projects.models import Source
from tests.browser.test_pages import WIDTHS, violations, watch

pytestmark = pytest.mark.browser

FULL = (
    "　　4月26日签约。软件产业园投资数十亿元，" + "力争未来3-5年建成。" * 30 + "\n\n"
    "　　本月初通过行动计划：2020年力争达到\n２０００亿元，2022年达到3000亿元规模。"
)


@pytest.fixture
def session(site, admin_user):
    """The cookie of an editor's session, with a source that carries a full text."""
    Source.objects.filter(slug="news-2020-04").update(full_text=FULL)
    client = Client()
    client.force_login(admin_user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_a_source(site, session, browser, theme, width):
    faults = []
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme, locale="en-US"
    )
    context.add_cookies([session])
    page = context.new_page()
    watch(page, site, faults)
    # The admin keeps its own theme under the same name: automatic, until another is chosen.
    page.goto(f"{site}/admin/")
    page.goto(f"{site}/sources/news-2020-04/")
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="passage 24").click()
    expect(page.locator("#passage-24")).to_be_in_viewport()
    page.get_by_role("link", name="２０００亿元").click()
    expect(page.get_by_text("“力争…2000亿元”", exact=True)).to_be_visible()
    context.close()
    assert faults == []


def test_the_form_of_a_source(site, session, browser):
    faults = []
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="en-US")
    context.add_cookies([session])
    page = context.new_page()
    watch(page, site, faults)
    source = Source.objects.get(slug="news-2020-04")
    page.goto(f"{site}/admin/projects/source/{source.pk}/change/")
    page.locator("summary").filter(has_text="full text").click()
    expect(page.locator(".full-text")).to_contain_text("软件产业园投资数十亿元")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.get_by_role("link", name="投资数十亿元").click()
    expect(page.locator("#id_as_written")).to_have_value("投资数十亿元")
    context.close()
    assert faults == []
