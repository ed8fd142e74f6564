"""The shipped fixtures in the database."""

import pytest
from django.core.management import call_command


@pytest.fixture
def shipped(db):
    """What the two texts of April 2020 say, and what came later."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
