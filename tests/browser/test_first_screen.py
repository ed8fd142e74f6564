"""The first screen at 1440 × 900 shows all four answers; the bars can be switched in parts."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ANSWERS = {
    "en": {
        "How much is promised?": ["CNY 5.2 billion to below 13.2 billion"],
        "What was reached, what is overdue?": ["9 reached", "2 overdue"],
        "Are the revenue targets met?": ["1 met", "1 missed", "4 not decided"],
        "What has gone silent, what is disputed?": ["11 silent", "1 disputed"],
    },
    "zh-CN": {
        "承诺了多少？": ["52亿元至不足132亿元"],
        "达到了什么，逾期了什么？": ["9 已达", "2 逾期"],
        "收入目标达到了吗？": ["1 已达到", "1 未达到", "4 未定"],
        "哪些久无报道，哪些说法不一？": ["11 久无报道", "1 有争议"],
    },
}


@pytest.mark.parametrize("language", ANSWERS)
def test_the_four_answers_are_on_the_first_screen(site, browser, language):
    context = browser.new_context(locale=language, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/")
    for question, figures in ANSWERS[language].items():
        card = page.get_by_role("region", name=question)
        shown = [card.get_by_role("heading", name=question)]
        shown += [card.get_by_role("link", name=figure).first for figure in figures]
        for element in shown:
            expect(element).to_be_in_viewport(ratio=1)
    context.close()


@pytest.mark.parametrize("width", [375, 1440])
def test_answers_come_first_and_nothing_moves(site, browser, width):
    context = browser.new_context(locale="en", viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/")
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert [text.strip() for text in headings[:4]] == list(ANSWERS["en"])
    shift = page.evaluate(
        "new Promise((done) => { new PerformanceObserver((list) => done(list.getEntries().reduce("
        "(sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true});"
        "setTimeout(() => done(0), 500); })"
    )
    assert shift < 0.01
    assert page.locator("script[src*=chart]").count() == 0
    context.close()


def test_the_bars_can_be_switched_in_parts(site, browser):
    context = browser.new_context(locale="en", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: line.type == "error" and faults.append(line.text))
    page.goto(f"{site}/investments/?by=sector")
    expect(page.get_by_role("img", name="What is promised, once, in bars")).to_be_hidden()
    assert page.locator("script[src*=chart]").count() == 0
    opener = page.get_by_role("button", name="Compare exact and vague amounts")
    opener.press("Enter")
    expect(page.get_by_role("img", name="What is promised, once, in bars")).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    switch = page.get_by_role("button", name="stated vaguely")
    shown = "Chart.getChart(document.querySelector('canvas')).getVisibleDatasetCount()"
    assert page.evaluate(shown) == 3
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(shown) == 1
    page.locator("[data-theme-switch]").click()
    opener.click()
    expect(page.get_by_role("img", name="What is promised, once, in bars")).to_be_hidden()
    assert faults == []
    context.close()
