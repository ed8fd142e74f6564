"""Headers on every kind of response, and addresses that are refused."""

import pytest
from django.http import HttpRequest
from django.urls import path

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def fail(request: HttpRequest):
    raise RuntimeError("on purpose")


urlpatterns = [path("fail/", fail)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/healthz", 200),
        ("/admin/", 302),
        ("/no-such-page/", 404),
        ("/healthz?a=%00", 400),
        ("/static/vendor/bootstrap/dist/css/bootstrap.min.css", 200),
        ("/static/no-such-file.css", 404),
    ],
)
def test_every_response_carries_the_headers(client, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "geolocation=()" in response.headers["Permissions-Policy"]


@pytest.mark.urls(__name__)
def test_an_error_carries_them_too(client):
    client.raise_request_exception = False

    response = client.get("/fail/")

    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


def test_a_redirect_to_https_carries_them_too(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/admin/")

    assert response.status_code == 301
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


def test_a_foreign_host_is_refused_with_the_headers(client):
    response = client.get("/healthz", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("address", ["/health%00z", "/healthz?q=%00", "/healthz?%00=1"])
def test_a_nul_is_refused(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.django_db
def test_what_only_looks_like_a_nul_is_not(client):
    assert client.get("/healthz?q=%2500").status_code == 200
