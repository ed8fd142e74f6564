"""Every page type, in both languages, light and dark, on a phone and on a desk."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from projects.models import Investment, MilestoneDate, Observation, Target

pytestmark = pytest.mark.browser

AXE = (Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/",
    "/?as_of=2020-03-31",
    "/?as_of=2022-10-01&group=cec",
    "/projects/",
    "/projects/?silent=true&sort=-promised",
    "/projects/?as_of=never&nosuch=1",
    "/projects/?stage=started&stage=opened&q=CEC&columns=stage,promised",
    "/projects/?stage=opened&overdue=true",
    "/projects/software-park/",
    "/projects/mobile-finance/",
    "/organizations/",
    "/organizations/cec/",
    "/agreements/",
    "/agreements/strategic-cooperation/",
    "/investments/",
    "/investments/?by=year&in_year=not_dated",
    "/investments/total/cny-once-promised/",
    "/investments/total/cny-once-promised/?group=cec",
    "/milestones/",
    "/timeline/",
    "/indicators/",
    "/indicators/software-business-revenue/",
    "/indicators/software-park-floor-area/",
    "/sources/",
    "/sources/news-2020-04/",
    "/changes/",
    "/changes/?since=2022-10-01&as_of=2023-07-01",
    "/changes/statements/?since=2022-10-01&as_of=2023-07-01",
    "/?since=2020-04-29&as_of=2020-04-30",
    "/projects/software-park/?since=2020-04-30",
    "/disagreements/",
    "/quality/",
    "/method/",
    "/search/?q=CEC",
    "/search/?q=nosuchword",
    "/projects/nosuch/",
]
WIDTHS = {375: 812, 1440: 900}


def statement_pages():
    """The page of one statement of each of four kinds."""
    kinds = (Investment, MilestoneDate, Target, Observation)
    return [kind.objects.first().get_absolute_url() for kind in kinds]


def violations(page):
    """What axe objects to on the page, a line each."""
    # A script element is refused by the content security policy; an evaluation is not.
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run({{runOnly: {json.dumps(RULES)}}})")["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


def watch(page, site, faults):
    """Note every script error, console error and request that leaves the host."""

    def on_console(line):
        # The browser logs an answer of 404, which one of the pages is.
        if line.type == "error" and "404" not in line.text:
            faults.append(f"console: {line.text}")

    def on_request(request):
        if not request.url.startswith((site, "data:")):
            faults.append(f"request: {request.url}")

    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", on_console)
    page.on("request", on_request)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_clean(site, browser, language, theme, width):
    faults = []
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme, locale=language
    )
    page = context.new_page()
    watch(page, site, faults)
    for path in [*PAGES, *statement_pages()]:
        page.goto(site + path)
        faults += [f"{path} {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{path} scrolls sideways")
        if page.locator("html").get_attribute("lang") != language:
            faults.append(f"{path} is in another language")
    context.close()
    assert faults == []
