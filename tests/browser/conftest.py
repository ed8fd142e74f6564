"""A browser on the running site, which holds the shipped facts."""

import pytest
from django.core.management import call_command


@pytest.fixture
def site(live_server):
    """The address of a site with the shipped facts."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    return live_server.url


@pytest.fixture
def page(browser):
    """A page of a reader who asks for English."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()
