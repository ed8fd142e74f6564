"""Who imports, and the shipped fixtures in the database."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command


@pytest.fixture
def publisher(db):
    """An account that may do everything."""
    return User.objects.create_superuser("publisher", password="only for tests")


@pytest.fixture
def shipped(db):
    """What the two texts of April 2020 say, and what came later."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
