"""What every test may rely on."""

import os

import hypothesis
import pytest
from django.conf import settings

from chromium import find_chromium, flags

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
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags()}
