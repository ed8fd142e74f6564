"""The addresses that a load balancer and a supervisor ask."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from cooperation.replicas.watching import State

ADDRESSES = ["/livez", "/healthz", "/readyz"]


@pytest.mark.django_db
def test_ok_while_the_database_answers(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.content == b"ok"
    assert "no-store" in response.headers["Cache-Control"]


def test_unavailable_while_it_does_not(client):
    with patch("cooperation.health.connection.cursor", side_effect=OperationalError("down")):
        response = client.get("/healthz")

    assert response.status_code == 503
    assert b"ok" not in response.content
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_no_log_in_is_asked_where_browsing_needs_one(client, settings):
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]

    assert [client.get(address).status_code for address in ADDRESSES] == [200, 200, 200]


@pytest.mark.django_db
def test_nor_https_of_who_asks_a_process_itself(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert [client.get(address).status_code for address in ADDRESSES] == [200, 200, 200]
    assert client.get("/").status_code == 301


def test_a_process_lives_without_a_database(client):
    """No mark lets this test ask one."""
    response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_once_every_migration_is_applied(client):
    assert client.get("/readyz").content == b"ok"
    MigrationRecorder.Migration.objects.filter(app="cooperation").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.content == b"migration cooperation.0002_identities is outstanding"
    assert "no-store" in response.headers["Cache-Control"]


def test_not_ready_while_the_database_does_not_answer(client):
    down = OperationalError("down")
    with patch("cooperation.health.MigrationRecorder.applied_migrations", side_effect=down):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.content == b"database does not answer"


@pytest.mark.django_db
def test_ready_or_not_is_two_queries(client, django_assert_max_num_queries):
    client.get("/readyz")
    with django_assert_max_num_queries(2):
        client.get("/readyz")


@pytest.mark.django_db
def test_ready_with_how_each_replica_is(client):
    found = [
        State("replica_1", "db2.example", True, 0.24, ""),
        State("replica_2", "db3.example", False, None, "does not answer"),
    ]
    with patch("cooperation.health.states", return_value=found):
        response = client.get("/readyz")

    assert response.status_code == 200
    assert response.content.decode().splitlines() == [
        "ok",
        "replica_1: 0.2 s behind",
        "replica_2: left out, does not answer",
    ]
