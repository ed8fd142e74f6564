"""What every test may rely on."""

import os

import hypothesis
import pytest
from django.conf import settings

from chromium import find_chromium

QUIET_CHROMIUM = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""What keeps the browser from asking the network for anything of its own."""

hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

# Playwright keeps an event loop in the test's thread, where Django would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_report_header():
    """Says which database the tests run on."""
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Starts the machine's own Chromium, as Playwright's builds are not fetched."""
    chromium = find_chromium()
    if not chromium:
        pytest.skip("no Chromium was found; CHROMIUM may name one")
    # Chromium's sandbox does not start for root, which is who runs in a container.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    flags = [*sandbox, *QUIET_CHROMIUM]
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags}
