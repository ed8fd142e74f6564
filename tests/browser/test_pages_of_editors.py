"""What an editor sees after logging in: the pages of readers, the swap, and the admin."""

import re

import pytest

from projects.models import Investment, Project, Source
from tests.admin.pages import address
from tests.browser.test_pages import WIDTHS, violations, watch

pytestmark = pytest.mark.browser

# What Django's own admin leaves: the links of its filters, trails and select2 fields, the head and
# boxes of the column that deletes a row, and styles in the markup, which the policy stops.
OF_DJANGO = re.compile(
    r"target-size: .*(\?|data-filter-title)|link-in-text-block: .*breadcrumbs"
    r"|console: Applying inline style|aria-input-field-name: .*select2"
    r"|empty-table-header: |label: .*-DELETE"
)


@pytest.fixture
def open_page(site, browser, admin_user, client):
    """Opens a page of a superuser."""
    client.force_login(admin_user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    contexts = []

    def opened(language, theme, width):
        viewport = {"width": width, "height": WIDTHS[width]}
        contexts.append(browser.new_context(viewport=viewport, color_scheme=theme, locale=language))
        contexts[-1].add_cookies([session])
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_swap_is_accessible_and_clean(site, open_page, language, theme, width):
    faults = []
    page = open_page(language, theme, width)
    watch(page, site, faults)
    rival = Investment.objects.filter(restates__isnull=False).first()
    for path in (f"{rival.get_absolute_url()}stand/", rival.get_absolute_url(), "/disagreements/"):
        page.goto(site + path)
        faults += [f"{path} {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{path} scrolls sideways")
    assert faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_admin_has_no_fault_of_ours(site, open_page, theme):
    faults = []
    page = open_page("en", theme, 1440)
    watch(page, site, faults)
    investment = Investment.objects.filter(restates__isnull=False).first()
    paths = ["/admin/", address(Source, "change", investment.source_id)]
    paths += [
        address(model, page) for model in (Project, Investment) for page in ("changelist", "add")
    ]
    paths += [address(Investment, page, investment.pk) for page in ("change", "history", "delete")]
    for path in paths:
        page.goto(site + path)
        faults += [f"{path} {line}" for line in violations(page)]
    assert [line for line in faults if not OF_DJANGO.search(line)] == []
