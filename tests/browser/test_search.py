"""The search box by keyboard: the key / leads to it, the arrows through it, Escape out of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def box(site, page):
    """The search box of the overview, with nothing in it."""
    page.goto(f"{site}/")
    return page.locator("#site-search")


def suggested(page):
    return page.locator("#suggestions")


def test_by_keyboard_through_and_through(box, page):
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("软件")
    expect(suggested(page)).to_be_visible()
    expect(box).to_have_value("软件")
    expect(page.locator("#announcement")).to_have_text(re.compile("suggestions"))
    links = suggested(page).get_by_role("link")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(links.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/projects/software-park/"))


def test_enter_leads_to_all_results(box, page):
    page.keyboard.press("/")
    page.keyboard.type("CEC")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=CEC$"))
    expect(page.get_by_role("heading", name="Organizations")).to_be_visible()


def test_escape_leaves(box, page):
    page.locator(".brand").focus()
    page.keyboard.press("/")
    page.keyboard.type("CEC")
    expect(suggested(page)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(suggested(page)).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("CEC")
    page.keyboard.press("Escape")
    expect(page.locator(".brand")).to_be_focused()


def test_suggestions_go_where_nothing_is_typed_or_one_is_elsewhere(box, page):
    box.press_sequentially("CEC")
    expect(suggested(page)).to_be_visible()
    page.locator("h1").click()
    expect(suggested(page)).to_be_hidden()
    box.focus()
    expect(suggested(page)).to_be_visible()
    box.press("Control+a")
    box.press("Delete")
    expect(suggested(page)).to_be_hidden()


def test_the_key_is_a_letter_in_a_field(site, page):
    page.goto(f"{site}/projects/")
    page.locator("summary", has_text="Filter").click()
    page.locator("#id_q").focus()
    page.keyboard.type("a/b")
    expect(page.locator("#id_q")).to_have_value("a/b")
    expect(page.locator("#id_q")).to_be_focused()


def test_the_key_can_be_put_out(site, page):
    page.goto(f"{site}/search/")
    page.get_by_label("leads to the search box").uncheck()
    page.goto(f"{site}/")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).not_to_be_focused()
    expect(page.locator(".site-search-key")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_suggestions_are_accessible(site, browser, theme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US"
    )
    page = context.new_page()
    page.goto(f"{site}/")
    page.locator("#site-search").press_sequentially("软件")
    expect(suggested(page)).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
