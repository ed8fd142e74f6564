"""What follows from the environment, read by a process of its own."""

import json
import os
import re
import subprocess
import sys

import pytest

from environment import ROOT

SHOW = """
import json
from cooperation import settings
names = [name for name in dir(settings) if name.isupper() and name != "LANGUAGES"]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def start(*arguments, **variables):
    """Python in a process of its own, which has these variables alone."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | {"SECRET_KEY": "given"} | variables,
        capture_output=True,
        text=True,
    )


def settings_of(**variables):
    return json.loads(start("-c", SHOW, **variables).stdout)


@pytest.fixture(scope="module")
def plain():
    return settings_of()


@pytest.fixture(scope="module")
def secure():
    return settings_of(PUBLIC_URL="https://cooperation.example", TRUSTED_PROXIES="1")


def test_by_default_the_site_is_for_this_machine_and_not_for_debugging(plain):
    assert plain["DEBUG"] is False
    assert set(plain["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}
    assert plain["SECURE_SSL_REDIRECT"] is plain["SESSION_COOKIE_SECURE"] is False
    assert plain["SECURE_HSTS_SECONDS"] == 0
    assert "SECURE_PROXY_SSL_HEADER" not in plain
    assert (plain["LANGUAGE_CODE"], plain["TIME_ZONE"]) == ("zh-hans", "Asia/Shanghai")


def test_an_https_address_brings_all_that_belongs_to_it(secure):
    assert "cooperation.example" in secure["ALLOWED_HOSTS"]
    assert secure["SECURE_SSL_REDIRECT"] is True
    assert secure["SECURE_HSTS_SECONDS"] == 31_536_000
    assert secure["SESSION_COOKIE_SECURE"] is secure["CSRF_COOKIE_SECURE"] is True
    assert secure["LANGUAGE_COOKIE_SECURE"] is True
    assert secure["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert secure["CSRF_TRUSTED_ORIGINS"] == ["https://cooperation.example"]


def test_a_proxy_is_believed_only_where_one_is_named(plain, secure):
    assert "SECURE_PROXY_SSL_HEADER" not in plain
    assert secure["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_who_watches_asks_a_process_itself(secure):
    exempt = re.compile("|".join(secure["SECURE_REDIRECT_EXEMPT"]))
    assert all(exempt.search(path) for path in ("livez", "healthz", "readyz", "metrics"))
    assert not exempt.search("admin/healthz")
    assert not exempt.search("")


def test_the_log_is_json_but_for_debugging():
    def written(**variables):
        return settings_of(**variables)["LOGGING"]["handlers"]["console"]["formatter"]

    assert (written(), written(DEBUG="on")) == ("json", "line")


@pytest.mark.parametrize("name", ["SLOW_QUERY_MS", "TRUSTED_PROXIES"])
def test_a_bound_that_is_none_is_refused(name):
    assert f"{name}: '-1' is not a whole number" in start("-c", SHOW, **{name: "-1"}).stderr


def test_browsing_can_be_kept_for_those_who_log_in(plain):
    middleware = "django.contrib.auth.middleware.LoginRequiredMiddleware"

    assert middleware not in plain["MIDDLEWARE"]
    assert middleware in settings_of(BROWSING="login")["MIDDLEWARE"]


def test_a_command_says_it_in_one_line():
    process = start("manage.py", "check", BROWSING="closed")

    assert process.returncode == 1
    assert "BROWSING: 'closed' is none of public, login." in process.stderr
    assert "Traceback" not in process.stderr


def test_a_variable_that_cannot_be_read_is_named():
    process = start("-c", SHOW, TIME_ZONE="Mars/Olympus")

    assert process.returncode != 0
    assert "ImproperlyConfigured: TIME_ZONE:" in process.stderr.splitlines()[-1]
