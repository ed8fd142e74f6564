"""Which database is read and written, in a request and outside of one."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connections

from cooperation.replicas import Router
from cooperation.replicas.routing import reading
from projects.models import Project

router = Router()


@pytest.fixture(autouse=True)
def outside_of_transactions(monkeypatch):
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)


def test_the_record_is_read_where_the_request_reads():
    with reading("replica1"):
        assert router.db_for_read(Project) == "replica1"
        assert router.db_for_read(User) == router.db_for_read(Session) == "default"
    assert router.db_for_read(Project) == "default"


def test_from_the_first_write_on_all_is_the_primary_s():
    with reading("replica1") as state:
        assert router.db_for_write(Session) == "default"
        assert router.db_for_read(Project) == "default"
        assert state.wrote


def test_a_transaction_reads_what_it_writes(monkeypatch):
    monkeypatch.setattr(connections["default"], "in_atomic_block", True)

    with reading("replica1"):
        assert router.db_for_read(Project) == "default"


def test_migrations_are_the_primary_s():
    assert router.allow_migrate("default", "projects")
    assert not router.allow_migrate("replica1", "projects")
