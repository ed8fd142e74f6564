"""What a visit costs over the wire, served as in production, and that nothing moves meanwhile."""

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_pages import PAGES

pytestmark = pytest.mark.browser

FIRST_VISIT = 160_000
LATER_PAGE = 20_000
WITH_CHART = "/indicators/software-business-revenue/"
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 90_000,
}
"""A phone on a slow network, where styles and scripts arrive one after the other."""

WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const {value, sources, hadRecentInput} of list.getEntries()) {
    const moved = sources.map(({node}) => node?.className ?? node?.textContent);
    // Less than this is the rounding of fractions of a pixel.
    if (!hadRecentInput && value > 0.0001) window.shifts.push(`${value}: ${moved.join(" | ")}`);
  }
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """The settings under which static files are hashed, compressed and kept by browsers."""
    settings = override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "cooperation.staticfiles.ManifestStorage"},
        },
        WHITENOISE_AUTOREFRESH=False,
        WHITENOISE_USE_FINDERS=False,
    )
    with settings:
        # No page of readers needs the admin's 300 files, which take a minute to compress.
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["admin"])
        yield


@pytest.fixture
def site(production, transactional_db):
    """The address of a site with the shipped facts, whose static files come from WhiteNoise."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    server = LiveServer("127.0.0.1", start=False)
    # Django's own handler of static files would answer before WhiteNoise, without compression.
    server.thread.static_handler = lambda handler: handler.application
    server.start()
    yield server.url
    server.stop()


class Wire:
    """What a page's requests cost, headers included, by address."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.asked, self.loaded = {}, {}
        self.session.on(
            "Network.requestWillBeSent",
            lambda event: self.asked.update({event["requestId"]: event["request"]["url"]}),
        )
        self.session.on(
            "Network.loadingFinished",
            lambda event: self.loaded.update({event["requestId"]: event["encodedDataLength"]}),
        )

    def visit(self, page, address):
        """The bytes that this page adds to those before it."""
        before = sum(self.loaded.values())
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return sum(self.loaded.values()) - before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_visit_stays_light(site, browser, language):
    context = browser.new_context(locale=language)
    page = context.new_page()
    wire = Wire(page)
    first = wire.visit(page, f"{site}/")
    chart = wire.visit(page, site + WITH_CHART)
    later = {path: wire.visit(page, site + path) for path in PAGES}
    addresses = set(wire.asked.values())
    context.close()

    assert 50_000 < first <= FIRST_VISIT
    # The library of charts came with the first page, while nothing else was to be done.
    assert 1_000 < chart <= LATER_PAGE
    # Of a page that was seen before, the browser only asks whether it is still right.
    assert {path: size for path, size in later.items() if not 500 < size <= LATER_PAGE} == {}
    assert [address for address in addresses if not address.startswith((site, "data:"))] == []


@pytest.mark.parametrize(("width", "height"), [(375, 812), (1440, 2400)])
def test_nothing_moves_while_a_page_arrives(site, browser, width, height):
    context = browser.new_context(locale="en-US", viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    wire = Wire(page)
    wire.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.session.send("Network.emulateNetworkConditions", SLOW)
    shifts = {}
    for path in [path for path in PAGES if "?" not in path or "/search/" in path]:
        wire.visit(page, site + path)
        shifts[path] = page.evaluate("window.shifts")
    context.close()
    assert {path: moved for path, moved in shifts.items() if moved} == {}
