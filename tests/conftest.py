"""What every test may rely on."""

import os

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

from chromium import find_chromium, flags
from prove import MEASURED

hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

# Playwright keeps an event loop in the test's thread, where Django would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_report_header():
    """Says which database the tests run on."""
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Begins with an empty cache: what one test replaces in the code, another would be given."""
    cache.clear()


@pytest.fixture(scope="session")
def full_size():
    """Whether probes run at the size that their marks name, as `make prove` asks."""
    return os.environ.get("PROOF") == "full"


@pytest.fixture
def figure(record_property):
    """Hands what a probe measured to the table of `make prove`: its name, what, figure, mark."""

    def hand_over(probe, what, measured, mark):
        record_property(MEASURED, "\t".join([probe, what, str(measured), str(mark)]))

    return hand_over


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Starts the machine's own Chromium, as Playwright's builds are not fetched."""
    chromium = find_chromium()
    if not chromium:
        pytest.skip("no Chromium was found; CHROMIUM may name one")
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags()}
