"""The language form has no token: what this site sent is taken, and nothing else."""

import pytest
from django.test import Client

HERE = "http://testserver"
CHOICE = {"language": "en", "next": "/projects/?q=x"}


def choose(**headers):
    client = Client(enforce_csrf_checks=True)
    return client.post("/i18n/setlang/", CHOICE, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": HERE},
        {"origin": HERE, "referer": "https://evil.example/"},
        {"referer": f"{HERE}/projects/?q=x"},
    ],
)
def test_the_form_of_this_site_is_taken(headers):
    answer = choose(**headers)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/projects/?q=x"
    assert answer.cookies["language"].value == "en"


def test_the_public_address_counts_where_a_proxy_hides_it(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://cooperation.example"]
    assert choose(origin="https://cooperation.example").status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://evil.example"},
        {"origin": "https://evil.example", "referer": f"{HERE}/"},
        {"origin": f"{HERE}.evil.example"},
        {"referer": f"{HERE}.evil.example/"},
        {"referer": "http://[evil/"},
        {"referer": f"http://evil.example/?{HERE}/"},
        {"origin": "https://testserver"},
        {"origin": f"{HERE}:8000"},
    ],
)
def test_what_comes_from_elsewhere_is_refused(headers):
    answer = choose(**headers)
    assert answer.status_code == 403
    assert "language" not in answer.cookies


def test_nobody_is_sent_to_another_site():
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        "/i18n/setlang/",
        {"language": "en", "next": "https://evil.example/"},
        headers={"origin": HERE},
    )
    assert answer.headers["Location"] == "/"
