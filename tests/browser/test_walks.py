"""What a reader does: from a figure to its source, filter, export, the past, language, theme."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_from_the_overview_to_the_source_of_a_figure(site, page):
    page.goto(f"{site}/")
    page.get_by_role("link", name="CNY 5.2 billion to below 13.2 billion").click()
    page.get_by_role("link", name="Kaifa smart-device industrial park").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kaifa smart-device industrial park")
    page.locator("tr", has_text="CNY 3.2 billion").locator(".source-mark").click()
    statement = page.get_by_role("dialog")
    expect(statement.get_by_text("“项目总投资32亿元”", exact=True)).to_be_visible()
    statement.get_by_role("link", name=re.compile("智造重镇")).click()
    expect(page).to_have_url(re.compile("/sources/interview-2020-04/"))


def test_without_javascript_too(site, browser):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/projects/")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Overdue").select_option("true")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Project", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("slug,name_zh,name_en")
    context.close()


def test_the_past_stays_while_browsing_and_can_be_left(site, page):
    page.goto(f"{site}/")
    page.get_by_label("As of").fill("2020-04-30")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Projects").click()
    expect(page).to_have_url(re.compile("as_of=2020-04-30"))
    expect(page.get_by_role("status")).to_contain_text("as known on 2020-04-30")
    page.get_by_role("status").get_by_role("link", name="today").click()
    expect(page.get_by_role("status")).to_have_count(0)
    assert "as_of" not in page.url


def test_step_to_a_day_and_compare_it_with_another(site, browser):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/milestones/?state=overdue")
    page.get_by_role("link", name="The day of publication before: 2025-12-31").click()
    page.get_by_role("link", name="The day of publication before: 2023-06-30").click()
    assert page.url.endswith("/milestones/?state=overdue&as_of=2023-06-30")
    page.locator("summary", has_text="Compare").click()
    page.get_by_label("Changed since").fill("2022-10-01")
    page.get_by_role("button", name="Compare").click()
    assert page.url.endswith("/changes/?as_of=2023-06-30&since=2022-10-01")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 October 2022")
    expect(page.get_by_role("main")).to_contain_text("missed 90.2%")
    page.get_by_role("status").get_by_role("link", name="No longer compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed")
    context.close()


def test_see_the_portfolio_with_the_rival_and_come_back(site, page):
    page.goto(f"{site}/disagreements/")
    page.get_by_role("link", name="See the portfolio with this one").click()
    expect(page.get_by_role("status")).to_contain_text("CEC Credit")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Investments").click()
    expect(page.get_by_role("status")).to_contain_text("CEC Credit")
    page.get_by_role("status").get_by_role("link", name="back to the record").click()
    expect(page.get_by_role("status")).to_have_count(0)


def test_language_and_theme_are_remembered(site, page):
    page.goto(f"{site}/investments/?basis=agreed")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    assert page.url.endswith("/investments/?basis=agreed")
    page.goto(f"{site}/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    before = page.locator("html").get_attribute("data-bs-theme")
    page.locator("[data-theme-switch]").click()
    page.reload()
    after = page.locator("html").get_attribute("data-bs-theme")
    assert {before, after} == {"light", "dark"}


def test_search_by_keyboard(site, page):
    page.goto(f"{site}/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("ＣＥＣ　credit")
    page.keyboard.press("Enter")
    expect(page.locator("main").get_by_role("link", name="CEC Credit")).to_be_visible()
