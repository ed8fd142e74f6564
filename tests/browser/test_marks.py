"""A mark opens its statement in place, by mouse, touch and keyboard; and the citation is copied."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import Investment
from tests.browser.test_pages import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    """A page of a reader who asks for English."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def opened(page):
    return page.locator("#statement-popover:popover-open")


def test_by_mouse(site, page):
    page.goto(f"{site}/investments/")
    page.locator("tr", has_text="CNY 3.2 billion").locator(".source-mark").first.click()
    expect(opened(page)).to_contain_text("“项目总投资32亿元”")
    expect(opened(page)).to_contain_text("Total of China Electronics Corporation (CEC)")
    expect(page.get_by_role("dialog")).to_have_accessible_name(
        "Shenzhen Kaifa Technology, announced, CNY 3.2 billion"
    )
    assert page.url == f"{site}/investments/"
    assert violations(page) == []
    page.locator("footer").click(position={"x": 2, "y": 2})
    expect(opened(page)).to_have_count(0)


def test_it_covers_neither_its_mark_nor_leaves_the_window(site, page):
    page.goto(f"{site}/investments/")
    marks = page.locator("main .source-mark")
    for number in range(0, marks.count(), 3):
        mark = marks.nth(number)
        mark.click()
        expect(opened(page)).to_be_visible()
        box, spot = opened(page).bounding_box(), mark.bounding_box()
        assert box["y"] >= spot["y"] + spot["height"] or box["y"] + box["height"] <= spot["y"]
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1440
        page.keyboard.press("Escape")


def test_by_keyboard(site, page):
    page.goto(f"{site}/projects/software-park/")
    mark = page.locator("main .source-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(opened(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opened(page)).to_have_count(0)
    expect(mark).to_be_focused()


def test_by_touch_at_the_bottom_of_a_telephone(site, browser):
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{site}/projects/software-park/")
    page.locator("main .source-mark").first.tap()
    expect(opened(page)).to_contain_text("“4月15日”")
    box = opened(page).bounding_box()
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 375, 812)
    assert violations(page) == []
    context.close()


def test_another_of_the_group_opens_in_the_same_place(site, page):
    page.goto(f"{site}/projects/mobile-finance/")
    page.locator("tr", has_text="CEC Credit").locator(".source-mark").first.click()
    expect(opened(page)).to_contain_text("“投资；今年2月”")
    opened(page).get_by_role("link", name=re.compile("CEC Investment, announced")).click()
    expect(opened(page)).to_contain_text("“股权收购加定向增资，控股；今年2月”")
    opened(page).get_by_role("link", name="The statement's own page").click()
    expect(page).to_have_url(re.compile(r"/statements/investment/\d+/$"))


def test_a_date_on_the_timeline_opens_too(site, page):
    page.goto(f"{site}/timeline/")
    page.locator(".timeline-entry").first.click()
    expect(opened(page)).to_be_visible()
    assert page.url == f"{site}/timeline/"


def test_on_another_day_it_is_the_statement_of_that_day(site, page):
    page.goto(f"{site}/projects/itai-demonstration-centre/?as_of=2025-04-26")
    page.locator("tr", has_text="possibly due").locator(".source-mark").first.click()
    expect(opened(page)).to_contain_text("possibly due")


def test_with_a_key_held_and_without_javascript_it_is_a_link(site, page, browser):
    page.goto(f"{site}/investments/")
    with page.context.expect_page() as other:
        page.locator("main .source-mark").first.click(modifiers=["Control"])
    expect(other.value).to_have_url(re.compile(r"/statements/investment/\d+/$"))
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/investments/")
    plain.locator("main .source-mark").first.click()
    expect(plain).to_have_url(re.compile(r"/statements/investment/\d+/$"))
    expect(plain.locator(".cite-text")).to_be_visible()
    expect(plain.locator("[data-copy]")).to_be_hidden()
    plain.context.close()


def test_where_the_server_fails_the_mark_leads_to_the_page(site, page):
    page.goto(f"{site}/investments/")
    page.route("**/statements/**", lambda route: route.abort(), times=1)
    page.locator("main .source-mark").first.click()
    expect(page).to_have_url(re.compile(r"/statements/investment/\d+/$"))


def test_the_citation_is_copied(site, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/investments/")
    page.locator("tr", has_text="CNY 3.2 billion").locator(".source-mark").first.click()
    page.get_by_role("button", name="Cite").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
        "Copied: value, words, source, day and address."
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Kaifa smart-device industrial park: Shenzhen Kaifa Technology")
    assert copied.endswith("?lang=en")


def test_where_copying_is_refused_the_text_is_marked(site, page):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page.goto(site + Investment.objects.first().get_absolute_url())
    page.get_by_role("button", name="Cite").click()
    expect(page.locator(".cite-done")).to_contain_text("copy it by hand")
    assert page.evaluate("getSelection().toString()").strip().endswith("lang=en")
