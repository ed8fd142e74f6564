"""The shipped facts, and clients that read in one language."""

import pytest
from django.core.management import call_command
from django.test import Client


@pytest.fixture
def facts(db):
    """The facts that the fixtures state."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)


@pytest.fixture
def english():
    """A client that asks for English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def chinese():
    """A client that asks for Chinese."""
    return Client(headers={"accept-language": "zh-CN,zh;q=0.9"})
