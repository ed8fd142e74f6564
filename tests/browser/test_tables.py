"""Tables that update in place: address, Back, focus, what is said; and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_pages import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def table(site, page):
    """The table of projects in a page that notices when it is loaded anew."""
    page.goto(f"{site}/projects/")
    page.evaluate("window.stayed = true")
    return page


def count(page):
    return page.locator("#result-count")


def stayed(page):
    return page.evaluate("window.stayed === true")


def test_filter_in_place(table):
    table.locator("summary", has_text="Filter").click()
    table.get_by_label("started").check()
    table.get_by_role("button", name="Apply").first.click()
    expect(count(table)).to_have_text("2 of 11 projects")
    expect(table).to_have_url(re.compile(r"/projects/\?stage=started$"))
    expect(table.locator("#filter-apply")).to_be_focused()
    expect(table.locator("#announcement")).to_have_text("2 of 11 projects")
    expect(table.locator("tbody tr")).to_have_count(2)
    table.get_by_role("link", name="Stage: started").click()
    expect(count(table)).to_have_text("11 projects")
    expect(count(table)).to_be_focused()
    expect(table).to_have_url(re.compile(r"/projects/$"))
    assert stayed(table)


def test_sort_in_place_and_back(table):
    head = table.locator("th", has_text="Stage")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(table.locator("#sort-stage")).to_be_focused()
    table.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(table).to_have_url(re.compile(r"\?sort=-stage$"))
    table.go_back()
    expect(head).to_have_attribute("aria-sort", "ascending")
    table.go_back()
    expect(head).not_to_have_attribute("aria-sort", re.compile("."))
    expect(table).to_have_url(re.compile(r"/projects/$"))
    table.go_forward()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert stayed(table)


def test_a_link_just_put_in_updates_in_place_too(table):
    table.evaluate("""document.addEventListener("htmx:afterSwap", () => {
      setTimeout(() => document.getElementById("sort-stage").click());
    }, {once: true})""")
    table.locator("#sort-stage").click()
    expect(table).to_have_url(re.compile(r"\?sort=-stage$"))
    expect(table.locator("th", has_text="Stage")).to_have_attribute("aria-sort", "descending")
    assert stayed(table)


def test_page_by_page(site, page):
    for _number in range(10):
        factories.organization()
    page.goto(f"{site}/organizations/")
    page.evaluate("window.stayed = true")
    expect(count(page)).to_have_text(re.compile(", rows 1 to 25$"))
    page.get_by_role("link", name="Next").click()
    expect(count(page)).to_have_text(re.compile(", rows 26 to "))
    expect(count(page)).to_be_focused()
    expect(count(page)).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    assert stayed(page)


def test_columns_in_place_and_kept(table):
    table.locator("summary", has_text="Columns").click()
    for name in ("Places", "Sectors", "Agreement"):
        table.get_by_role("checkbox", name=name, exact=True).uncheck()
    table.locator(".columns-form").get_by_role("button", name="Apply").click()
    expect(table.locator("th")).to_have_text(["Project", "Stage", "Promised", "Last report"])
    expect(count(table)).to_be_focused()
    table.locator("th", has_text="Stage").get_by_role("link").click()
    expect(table).to_have_url(re.compile("columns=project&.*sort=stage"))
    expect(table.locator("th")).to_have_count(4)
    assert stayed(table)


def test_totals_follow_the_filter(site, page):
    page.goto(f"{site}/investments/")
    expect(page.locator(".funding .big").first).to_have_text(
        "CNY 5.2 billion to below 13.2 billion"
    )
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("agreed").check()
    page.get_by_role("button", name="Apply").first.click()
    expect(page.locator(".funding .big").first).to_have_text("CNY 2 billion to below 10 billion")


def test_export_of_what_is_shown(table):
    table.locator("summary", has_text="Filter").click()
    table.get_by_label("Overdue").select_option("true")
    table.get_by_role("button", name="Apply").first.click()
    expect(count(table)).to_have_text("2 of 11 projects")
    with table.expect_download() as download:
        table.get_by_role("link", name="CSV").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == 3


def test_back_from_another_page_is_a_whole_page(table):
    table.locator("th", has_text="Stage").get_by_role("link").click()
    expect(table).to_have_url(re.compile("sort=stage"))
    table.locator("tbody a").first.click()
    expect(table).not_to_have_url(re.compile("sort=stage"))
    table.go_back()
    expect(table.locator("th", has_text="Stage")).to_have_attribute("aria-sort", "ascending")
    expect(table.get_by_role("navigation", name="Pages")).to_have_count(1)


def test_the_language_is_switched_where_one_is(table):
    table.locator("th", has_text="Stage").get_by_role("link").click()
    expect(table).to_have_url(re.compile("sort=stage"))
    table.get_by_role("button", name="中文").click()
    expect(table.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(table).to_have_url(re.compile(r"/projects/\?sort=stage$"))


def test_no_answer_is_said_in_words(table):
    table.context.set_offline(True)
    table.locator("th", has_text="Stage").get_by_role("link").click()
    expect(table.get_by_role("alert")).to_contain_text("No answer came")
    table.context.set_offline(False)
    table.get_by_role("alert").get_by_role("link").click()
    expect(table).to_have_url(re.compile("sort=stage"))
    expect(table.get_by_role("alert")).to_have_count(0)
    expect(table.locator("th", has_text="Stage")).to_have_attribute("aria-sort", "ascending")


def test_the_head_stays_in_sight(table):
    table.locator(".table-frame").evaluate("frame => frame.scrollTo(0, 400)")
    frame = table.locator(".table-frame").bounding_box()
    head = table.locator("th").first.bounding_box()
    assert abs(head["y"] - frame["y"]) < 2
    assert table.locator(".table-frame").evaluate("frame => frame.scrollTop") > 100


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_open_forms_are_accessible(site, browser, theme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US"
    )
    page = context.new_page()
    page.goto(f"{site}/investments/?basis=agreed&basis=paid&q=x")
    page.locator("summary", has_text="Filter").click()
    page.locator("summary", has_text="Columns").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_javascript(site, browser):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/projects/")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("started").check()
    page.get_by_label("signed").check()
    page.get_by_role("button", name="Apply").first.click()
    expect(count(page)).to_have_text("7 of 11 projects")
    page.get_by_role("link", name="Stage: signed").click()
    expect(count(page)).to_have_text("2 of 11 projects")
    page.locator("summary", has_text="Columns").click()
    page.get_by_role("checkbox", name="Places").uncheck()
    page.locator(".columns-form").get_by_role("button", name="Apply").click()
    expect(page.locator("th")).to_have_count(6)
    page.locator("th", has_text="Stage").get_by_role("link").click()
    expect(page.locator("th", has_text="Stage")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("th")).to_have_count(6)
    expect(count(page)).to_have_text("2 of 11 projects")
    context.close()
