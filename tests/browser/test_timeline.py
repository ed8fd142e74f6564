"""The timeline as it is seen: nothing covers anything, at any width, however long the names."""

import pytest

from projects.models import MilestoneKind, Side
from tests import factories

pytestmark = pytest.mark.browser

KINDS = (MilestoneKind.SIGNED, MilestoneKind.STARTED, MilestoneKind.OPENED)
NAME_ZH = "璧山高新区先进制造产业园基础设施配套及公共服务平台建设项目（二期工程）第{}号"
NAME_EN = "Bishan high-tech zone advanced manufacturing park infrastructure and services, no. {}"

COVERED = """
selector => {
  const boxes = [...document.querySelectorAll(selector)]
    .map(element => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height);
  const found = [];
  boxes.forEach(([one, a], index) => {
    for (const [other, b] of boxes.slice(index + 1)) {
      if (one.parentNode === other.parentNode && one.closest("a.timeline-entry")) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 0.5 && down > 0.5) found.push(`${one.textContent} | ${other.textContent}`);
    }
  });
  return found;
}
"""
"""The pairs of elements of which one lies over the other by more than half a pixel."""

LABELS = ".timeline text, .timeline-label, .timeline-heading"
MARKS = ".timeline-lanes use:not(.timeline-hit), .timeline-lanes rect, .timeline-words"


@pytest.fixture
def crowd(db):
    """Sixty projects with long names, half of them with dates that nearly touch each other."""
    owners = [
        factories.organization(name_zh=f"中国电子信息产业第{number}集团有限公司")
        for number in range(4)
    ]
    for number in range(60):
        project = factories.project(name_zh=NAME_ZH.format(number), name_en=NAME_EN.format(number))
        factories.participation(project=project, organization=owners[number % 4])
        for place, kind in enumerate(KINDS):
            milestone = factories.milestone(project=project, kind=kind)
            year, month = 2016 + number % 9 + place * (number % 2), 1 + (number + place) % 12
            day = (
                f"{year}-{month:02d}-{1 + number % 28:02d}" if number % 3 else f"{year}-{month:02d}"
            )
            factories.milestone_date(milestone=milestone, side=Side.DUE, date=day)
            if place == 0:
                factories.milestone_date(milestone=milestone, date=f"{year}-{month:02d}-20")
    return project


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [375, 768, 1440])
def test_no_label_and_no_mark_covers_another(live_server, browser, crowd, language, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    page = context.new_page()
    faults = {}
    for path in (
        "/timeline/",
        "/timeline/?page=2",
        "/timeline/?range=2020",
        crowd.get_absolute_url(),
    ):
        page.goto(live_server.url + path)
        assert page.locator(".timeline-label").count()
        faults[path] = page.evaluate(COVERED, LABELS) + page.evaluate(COVERED, MARKS)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults[path].append("scrolls sideways")
    context.close()
    assert faults == {path: [] for path in faults}


def test_the_axis_stays_in_sight_while_the_lanes_pass(live_server, browser, crowd):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/timeline/")
    page.locator(".timeline-label").nth(40).scroll_into_view_if_needed()

    assert page.locator(".timeline-axis").bounding_box()["y"] == pytest.approx(0, abs=1)
    page.close()


def test_the_picture_takes_no_focus_and_the_list_does(live_server, browser, crowd):
    page = browser.new_page()
    page.goto(f"{live_server.url}/timeline/")

    assert page.locator("[aria-hidden=true] a:not([tabindex='-1'])").count() == 0
    assert page.locator(".timeline-list a").first.evaluate("link => link.tabIndex") == 0
    page.close()
