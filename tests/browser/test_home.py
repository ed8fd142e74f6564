"""The first page of the admin in a browser: nothing in it is out of reach at any width."""

import pytest

from tests import factories
from tests.browser.test_pages import WIDTHS, violations, watch
from tests.browser.test_pages_of_editors import OF_DJANGO, open_page  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_page_is_accessible_and_clean(site, open_page, language, theme, width):  # noqa: F811
    for number in range(7):
        factories.source(draft=True, title=f"等待发布的{'很长的' * 12}标题{number}")
    faults = []
    page = open_page(language, theme, width)
    watch(page, site, faults)
    page.goto(f"{site}/admin/")
    faults += [line for line in violations(page) if not OF_DJANGO.search(line)]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append("scrolls sideways")
    assert page.locator(".home-block").count() == 5
    assert faults == []
