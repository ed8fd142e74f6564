"""What `/metrics` counts, and who may read it."""

import http.client
import json
import os
from contextlib import closing

import pytest
from django.contrib.auth.models import User
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from projects.exports.slots import Slot
from projects.remembering.reports import remembered
from projects.remembering.version import data_version
from tests.admin.test_simultaneous_saves import (  # noqa: F401  # fixtures
    database,
    environment,
    served,
    told_by,
)

TOKEN = "only for tests"
BEARER = {"authorization": f"Bearer {TOKEN}"}
PREPARE = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
print(json.dumps(None))
"""


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Every number, by its name and its labels in their order."""
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


class Watch:
    """By how much numbers grew since it was made."""

    def __init__(self) -> None:
        self.before = self.now()

    def now(self):
        return samples(Client(headers=BEARER).get("/metrics").content.decode())

    def grown(self, *key: str) -> float:
        return self.now().get(key, 0) - self.before.get(key, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ×"]
)
def test_nobody_reads_it_without_the_token(client, token, said):
    headers = {} if said is None else {"authorization": said}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("said", [None, "Bearer ", "Bearer None"])
def test_nobody_does_where_there_is_none(client, said):
    headers = {} if said is None else {"authorization": said}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.django_db
def test_a_superuser_needs_it_too(client, token):
    client.force_login(User.objects.create_superuser("root"))
    assert client.get("/metrics").status_code == 404


def test_it_is_read_without_a_log_in_and_without_the_database(client, token, settings):
    settings.BROWSING = "login"
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    answer = client.get("/metrics", headers=BEARER)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_answers_are_counted_by_view_method_and_status(client, token):
    watch = Watch()
    for _ in range(3):
        client.get("/projects/")
    client.head("/projects/")
    client.get("/projects/nosuch/")
    client.get("/nosuch/one/")
    client.get("/nosuch/two/")
    client.get("/static/css/base.css")
    client.generic("MADEUP", "/projects/")
    counted = "cooperation_requests_total"  # method, status, view
    assert watch.grown(counted, "GET", "200", "projects:projects") == 3
    assert watch.grown(counted, "HEAD", "200", "projects:projects") == 1
    assert watch.grown(counted, "other", "405", "projects:projects") == 1
    assert watch.grown(counted, "GET", "404", "projects:project") == 1
    assert watch.grown(counted, "GET", "404", "none") == 2
    assert watch.grown(counted, "GET", "200", "static") == 1
    assert watch.grown("cooperation_request_seconds_count", "GET", "projects:projects") == 3
    assert not any("nosuch" in word for key in watch.now() for word in key)


@pytest.mark.django_db
def test_queries_are_counted_by_view(client, token, django_assert_num_queries):
    client.get("/healthz")
    watch = Watch()
    with django_assert_num_queries(2):
        client.get("/healthz")
        client.get("/healthz")
    assert watch.grown("cooperation_queries_total", "healthz") == 2
    assert watch.grown("cooperation_query_seconds_total", "healthz") > 0
    assert watch.grown("cooperation_queries_total", "livez") == 0


@pytest.mark.django_db
def test_what_is_remembered_is_told_from_what_is_made(token):
    watch = Watch()
    version = data_version()
    for _ in range(4):
        remembered(version, ("counted",), lambda: 1)
    remembered(None, ("counted",), lambda: 1)
    assert watch.grown("cooperation_remembered_total", "hit") == 3
    assert watch.grown("cooperation_remembered_total", "miss") == 1


def test_files_under_way_are_counted_until_they_are_sent(token):
    watch = Watch()
    slots = [Slot(), Slot()]
    assert watch.grown("cooperation_exports_running") == 2
    slots[0].close()
    slots[0].close()
    assert watch.grown("cooperation_exports_running") == 1
    slots[1].close()
    assert watch.grown("cooperation_exports_running") == 0


def asked(port: int, path: str, **headers: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def production(environment, tmp_path):  # noqa: F811
    """The variables of a site with settings of its own, not those of tests."""
    return environment | {
        "DJANGO_SETTINGS_MODULE": "cooperation.settings",
        "DATABASE_URL": environment["TEST_DATABASE_URL"],
        "SECRET_KEY": "only for tests",
        "METRICS_TOKEN": TOKEN,
        "WEB_CONCURRENCY": "3",
        "TMPDIR": str(tmp_path),
        "PYTHONWARNINGS": "ignore",  # no static files are collected here
    }


def test_one_process_tells_what_all_have_counted(environment, tmp_path):  # noqa: F811
    told_by(PREPARE, environment)
    with served(production(environment, tmp_path)) as port:
        for _ in range(30):
            assert asked(port, "/livez")[0] == 200
        # A connection each, so that whoever is free answers.
        told = [asked(port, "/metrics", Authorization=f"Bearer {TOKEN}") for _ in range(6)]
        assert [status for status, _text in told] == [200] * 6
        counted = [samples(text) for _status, text in told]
        assert [one["cooperation_requests_total", "GET", "200", "livez"] for one in counted] == [
            30
        ] * 6
        assert {one["cooperation_exports_running",] for one in counted} == {0}
        (folder,) = [name for name in os.listdir(tmp_path) if "metrics" in name]
        assert len(os.listdir(tmp_path / folder)) > 3
    assert [name for name in os.listdir(tmp_path) if "metrics" in name] == []


def test_the_log_is_json_from_the_first_request_to_what_is_none(environment, tmp_path):  # noqa: F811
    told_by(PREPARE, environment)
    with (
        open(tmp_path / "log", "wb") as log,
        served(production(environment, tmp_path), log) as port,
    ):
        asked(port, "/livez")
        asked(port, "/projects.csv?no%0Asuch=%0A%7B%7D")
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.putrequest("GET", "/", skip_host=True)
            connection.putheader("Host", "127.0.0.1")
            connection.putheader("X\x0bbad", "y")
            connection.endheaders()
            assert connection.getresponse().status == 400
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    answered = {line["path"]: line["status"] for line in lines if "path" in line}
    assert answered["/livez"] == 200
    assert answered["/projects.csv"] == 400
    assert "gunicorn.error" in {line["logger"] for line in lines}
