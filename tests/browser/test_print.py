"""Pages on paper: A4, light, without controls, with numbered notes."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = ["/", "/projects/software-park/", "/indicators/software-business-revenue/"]
SHEET = 794 - 2 * 53
"""The width of A4 between its margins, in CSS pixels."""


@pytest.fixture(params=PAGES)
def paper(site, browser, request):
    """A page as it is printed, by a reader who has chosen the dark theme."""
    context = browser.new_context(
        viewport={"width": SHEET, "height": 1000}, color_scheme="dark", locale="en-US"
    )
    page = context.new_page()
    page.goto(site + request.param)
    page.emulate_media(media="print")
    yield page
    context.close()


def test_controls_stay_off_paper_and_nothing_is_cut_off(paper):
    for name in ("nav", "form", "button", "canvas", ".source-mark", ".day-bar", ".site-footer"):
        for element in paper.locator(name).all():
            expect(element).to_be_hidden()
    assert paper.evaluate("document.documentElement.scrollWidth") <= SHEET


def test_the_dark_theme_prints_black_on_white(paper):
    assert paper.locator("html").get_attribute("data-bs-theme") == "dark"
    colours = paper.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    tokens = """theme => {
      document.documentElement.dataset.bsTheme = theme;
      const style = getComputedStyle(document.documentElement);
      const names = ["--paper-soft", "--line", "--good", "--series-1"];
      return names.map(name => style.getPropertyValue(name));
    }"""
    assert paper.evaluate(tokens, "dark") == paper.evaluate(tokens, "light")


def test_the_numbers_at_the_figures_lead_to_the_notes(paper):
    numbers = paper.locator(".note-number")
    expect(numbers.first).to_be_visible()
    content = numbers.first.evaluate("mark => getComputedStyle(mark, '::before').content")
    assert re.search("data-note|1", content)
    expect(paper.locator(".source-notes")).to_be_visible()
    assert paper.locator(".source-notes li").count() == max(
        int(number.get_attribute("data-note")) for number in numbers.all()
    )


def test_a_sheet_is_a4(site, browser):
    page = browser.new_page()
    page.goto(f"{site}/projects/software-park/")
    boxes = re.findall(rb"/MediaBox ?\[([^\]]*)\]", page.pdf(prefer_css_page_size=True))
    page.close()
    assert boxes
    for box in boxes:
        _left, _bottom, width, height = (float(number) for number in box.split())
        # 210 by 297 mm in points of a 72nd of an inch
        assert (width, height) == (pytest.approx(595.3, abs=1), pytest.approx(841.9, abs=1))


def test_on_the_screen_there_are_no_notes(site, browser):
    page = browser.new_page()
    page.goto(f"{site}/projects/software-park/")
    expect(page.locator(".source-notes")).to_be_hidden()
    expect(page.locator(".note-number").first).to_be_hidden()
    expect(page.locator(".print-head")).to_be_hidden()
    page.close()
