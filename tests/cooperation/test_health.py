"""The address that a load balancer asks."""

from unittest.mock import patch

import pytest
from django.db import OperationalError


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
def test_no_login_is_asked_where_browsing_needs_one(client, settings):
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]

    assert client.get("/healthz").status_code == 200
