"""The shipped facts, loaded once a module, for tests that only read; and who reads them."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from projects.models import Organization, Place
from projects.values.readers import Reader
from projects.values.scopes import Scope

TODAY = Reader(date(2026, 11, 1))
"""A reader without an as-of day, long after the last publication."""

EVERYTHING = Scope()


@pytest.fixture(scope="module")
def facts(django_db_setup, django_db_blocker):
    """Both sets of facts, without a transaction a test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "signing", "follow_ups", verbosity=0)
        yield
        transaction.set_rollback(True)


def as_of(day: str) -> Reader:
    """A reader of that day, who looks today."""
    return Reader(TODAY.today, date.fromisoformat(day))


def on(day: str) -> Reader:
    """A reader without an as-of day to whom that day is today."""
    return Reader(date.fromisoformat(day))


def group(slug: str, direct: bool = False) -> Scope:
    """The organization with this slug and all below it, or alone."""
    found = Organization.objects.filter(slug=slug) if direct else Organization.objects.below(slug)
    return Scope(organizations=frozenset(found.values_list("pk", flat=True)))


def places(slug: str) -> Scope:
    """The place with this slug and all below it."""
    return Scope(places=frozenset(Place.objects.below(slug).values_list("pk", flat=True)))
