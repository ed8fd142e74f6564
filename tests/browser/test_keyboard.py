"""The keyboard alone reaches everything and shows where it is; nothing moves if that is asked."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_indicator import wait_until_drawn

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/projects/",
    "/projects/software-park/",
    "/timeline/",
    "/indicators/software-business-revenue/",
    "/disagreements/",
    "/investments/",
]

PREPARE = """() => {
  const look = (node) => {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(node);
    return `${outlineStyle === "none" ? "" : outlineWidth} ${boxShadow}`;
  };
  const shown = (node) =>
    node.checkVisibility({visibilityProperty: true}) && node.getBoundingClientRect().width > 0;
  const fields = "input:not([type=hidden], :disabled), select, textarea";
  const stops = [
    ...document.querySelectorAll(`a[href], button:enabled, ${fields}, summary, [tabindex]`),
  ].filter((node) => shown(node) && node.tabIndex >= 0);
  const looks = new Map(stops.map((node) => [node, look(node)]));
  const name = (node) => `${stops.indexOf(node)} ${node.outerHTML.slice(0, 90)}`;
  window.expected = stops.map(name);
  // What has the focus: its name, and what is wrong with how it is seen.
  window.here = () => {
    const node = document.activeElement;
    if (node === document.body) return null;
    const faults = [];
    const [box] = node.getClientRects();
    const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
    if (right - left < 1 || bottom - top < 1) faults.push("out of sight");
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (over && !over.contains(node) && !node.contains(over) && !over.closest("label"))
      faults.push(`covered by ${over.outerHTML.slice(0, 60)}`);
    if (look(node) === looks.get(node)) faults.push("looks as without the focus");
    return {name: name(node), faults};
  };
}"""


@pytest.mark.parametrize(("width", "height"), [(375, 812), (1440, 900)])
@pytest.mark.parametrize("path", PAGES)
def test_tab_goes_through_the_whole_page(site, browser, path, width, height):
    context = browser.new_context(
        locale="en-US", viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site + path)
    # What comes after the list has stops of its own, one of them hidden until its script has it.
    expect(page.locator(".comes-after, .bars-waiting")).to_have_count(0)
    page.evaluate(PREPARE)
    expected = page.evaluate("window.expected")
    walked, faults = [], []
    # A field of a day has three parts and a picker, each a stop of its own.
    for _ in range(len(expected) + 40):
        page.keyboard.press("Tab")
        here = page.evaluate("window.here()")
        if here is None:
            break
        if not walked or here["name"] != walked[-1]:
            walked.append(here["name"])
            faults += [f"{here['name']}: {fault}" for fault in here["faults"]]
    context.close()
    assert "skip-link" in walked[0]
    assert walked == expected
    assert faults == []


MOVING = "document.getAnimations().map(({effect}) => effect.target.outerHTML.slice(0, 90))"
DRAWN_STILL = "Chart.getChart(document.querySelector('.chart canvas')).options.animation === false"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_where_less_motion_is_asked(site, browser, path):
    context = browser.new_context(locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + path)
    moving = page.evaluate(MOVING)
    for element in page.locator(".btn, main summary, main .source-mark").all()[:12]:
        if element.is_visible():
            element.hover()
            moving += page.evaluate(MOVING)
    page.locator("[data-theme-switch]").click()
    moving += page.evaluate(MOVING)
    if page.locator(".chart").count():
        page.locator(".chart").scroll_into_view_if_needed()
        wait_until_drawn(page)
        assert page.evaluate(DRAWN_STILL)
    context.close()
    assert moving == []
