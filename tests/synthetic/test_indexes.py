"""Indexes and references are as they were, whether or not they were set aside for loading."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from projects.models import Participation, Project
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="set aside on PostgreSQL alone"),
]

KEPT = {
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "constraints": "SELECT conrelid::regclass::text, conname, convalidated, "
    "pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
}


def kept():
    with connection.cursor() as cursor:
        found = {}
        for name, query in KEPT.items():
            cursor.execute(query)
            found[name] = set(cursor.fetchall())
    return found


def generate():
    with CaptureQueriesContext(connection) as queries:
        call_command("generate_portfolio", projects=3, verbosity=0)
    return [query["sql"] for query in queries if query["sql"].startswith(("DROP", "ALTER"))]


def test_all_are_there_again_and_hold():
    before = kept()
    assert generate()
    assert kept() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.update(organization_id=0)
        connection.check_constraints()


def test_nothing_is_locked_where_anything_is_stored_already():
    factories.project()
    assert generate() == []
    assert Project.objects.count() == 4
