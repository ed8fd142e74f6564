"""The chart of an indicator: the wider measure on and off, and what is seen without a script."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

REVENUE = "/indicators/software-business-revenue/?lang=en"
WIDER = """
() => Chart.getChart(document.querySelector("canvas")).data.datasets
  .map((dataset, index) => [dataset.source?.wider, index])
  .filter(([wider]) => wider)
  .map(([, index]) => Chart.getChart(document.querySelector("canvas")).isDatasetVisible(index))
"""
WORDS = """
() => {
  const chart = Chart.getChart(document.querySelector("canvas"));
  const anchor = {datasetIndex: chart.data.datasets.length - 1, index: 2};
  chart.tooltip.setActiveElements([], {x: 0, y: 0}); // so that what it says is asked again
  chart.tooltip.setActiveElements([anchor], {x: 0, y: 0});
  chart.update();
  return chart.tooltip.body.flatMap(({lines}) => lines).map(line => line.trim()).join(" ");
}
"""
"""What is said when 2022 is pointed at."""


def wait_until_drawn(page):
    """Until Chart.js has taken hold of the canvas; the policy forbids to ask by a polled script."""
    expect(page.locator(".chart canvas")).to_have_css("display", "block")


@pytest.fixture
def page(site, browser):
    """The indicator's page on a desk."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + REVENUE)
    wait_until_drawn(page)
    yield page
    context.close()


def test_the_wider_measure_is_switched_by_keyboard_and_forgotten(page):
    switch = page.get_by_role("checkbox", name="Also show the wider measure")
    legend = page.locator(".chart-legend").get_by_text("wider indicator")
    expect(switch).not_to_be_checked()
    expect(legend).to_be_hidden()
    assert page.evaluate(WIDER) == [False]
    assert "303.6" not in page.evaluate(WORDS)

    switch.focus()
    page.keyboard.press("Space")

    expect(switch).to_be_checked()
    expect(legend).to_be_visible()
    assert page.evaluate(WIDER) == [True]
    assert "wider indicator, final: CNY 303.6 billion" in page.evaluate(WORDS)

    page.keyboard.press("Space")
    assert page.evaluate(WIDER) == [False]
    page.keyboard.press("Space")
    page.reload()
    expect(switch).not_to_be_checked()
    assert page.evaluate(WIDER) == [False]


def test_a_figure_is_shown_with_its_publication(page):
    words = page.evaluate(WORDS)
    assert "final: CNY 270.5 billion 第三届中国工业软件大会新闻发布会（2023年6月13日）" in words
    assert "June 2023" in words


def test_the_chart_follows_the_theme_at_once(page):
    colour = """() => {
      const chart = Chart.getChart(document.querySelector("canvas"));
      return chart.options.scales.x.ticks.color;
    }"""
    before = page.evaluate(colour)
    page.locator("[data-theme-switch]").click()
    assert page.evaluate(colour) != before


def test_the_servers_picture_stands_in_where_no_script_runs(site, browser, page):
    expect(page.locator(".strip-frame")).to_be_hidden()
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(site + REVENUE)
    expect(still.locator(".strip-frame")).to_be_visible()
    expect(still.locator(".chart")).to_be_hidden()
    context.close()


def test_the_servers_picture_stands_in_without_the_library_too(site, browser):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/chart.umd.min*.js", lambda route: route.abort())
    page.goto(site + REVENUE)
    expect(page.locator(".strip-frame")).to_be_visible()
    expect(page.locator(".chart")).to_be_hidden()
    context.close()


def test_the_chart_is_drawn_when_the_reader_comes_near(site, browser):
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(site + REVENUE)
    room = page.locator(".chart").bounding_box()["height"]
    assert page.evaluate("Chart.getChart(document.querySelector('canvas')) === undefined")
    page.locator(".chart").scroll_into_view_if_needed()
    wait_until_drawn(page)
    assert page.locator(".chart").bounding_box()["height"] == room
    context.close()
