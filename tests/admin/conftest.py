"""Who enters data in these tests."""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def editor(db) -> User:
    """An account that may do everything."""
    return User.objects.create_superuser("editor", password="only for tests")


@pytest.fixture
def staff(editor: User) -> Client:
    """A client of that account, in English; a server error shows as a 500."""
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(editor)
    return client
