"""The command that brings database and static files to the state of the code."""

import re
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.management import CommandError, call_command
from django.db import OperationalError

from cooperation.management.commands import prepare
from projects.models import RULES, Derivation, Sector

User = get_user_model()


@pytest.fixture
def calls(monkeypatch, settings, tmp_path):
    """Runs no other command, but notes which would run."""
    settings.STATIC_ROOT = tmp_path / "static"
    noted = []

    def note(name, *arguments, **options):
        noted.append((name, *arguments))
        if name == "collectstatic":
            settings.STATIC_ROOT.mkdir(exist_ok=True)

    monkeypatch.setattr(prepare, "call_command", note)
    return noted


def run():
    """What the command says."""
    output = StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


def test_a_database_that_does_not_answer_is_named(calls):
    failure = OperationalError("connection refused")

    with (
        patch("cooperation.management.commands.prepare.connection.ensure_connection") as connect,
        pytest.raises(CommandError, match="DATABASE_URL does not answer: connection refused"),
    ):
        connect.side_effect = failure
        run()

    assert calls == []


@pytest.mark.django_db
def test_a_first_run_does_everything_but_the_migrations_that_are_there(calls):
    run()

    assert calls == [
        ("clearsessions",),
        ("derive",),
        ("set_up_roles",),
        ("loaddata", "signing", "follow_ups"),
        ("collectstatic",),
    ]


@pytest.mark.django_db
def test_facts_are_loaded_into_an_empty_database_only(calls):
    Sector.objects.create(slug="health", name_zh="健康医疗")

    run()

    assert ("set_up_roles",) in calls
    assert ("loaddata", "signing", "follow_ups") not in calls


@pytest.mark.django_db
def test_what_other_rules_derived_is_derived_anew(calls):
    Derivation.objects.create(rules=RULES - 1)
    run()
    assert ("derive",) in calls


@pytest.mark.django_db
def test_what_these_rules_derived_is_left_alone(calls):
    Derivation.objects.create(rules=RULES)
    run()
    assert ("derive",) not in calls


@pytest.mark.django_db
def test_the_first_administrator_gets_a_password_that_is_shown_once(calls):
    shown = re.search(r"admin, password: (\S+)", run())

    assert User.objects.get(is_superuser=True).check_password(shown[1])
    assert "password" not in run()


@pytest.mark.django_db
def test_no_administrator_is_added_to_other_users(calls):
    User.objects.create_user("somebody")

    assert "password" not in run()
    assert User.objects.count() == 1


@pytest.fixture
def style(monkeypatch, settings, tmp_path):
    """The only static file there is."""
    file = tmp_path / "own" / "base.css"
    file.parent.mkdir()
    file.write_text("a { color: red }")
    settings.STATICFILES_DIRS = [file.parent]
    monkeypatch.setattr(prepare, "get_finders", lambda: [FileSystemFinder()])
    return file


@pytest.mark.django_db
def test_static_files_are_collected_again_only_when_they_change(calls, style, settings):
    def collections_after_a_run():
        run()
        return calls.count(("collectstatic",))

    assert collections_after_a_run() == 1
    assert collections_after_a_run() == 1

    style.write_text("a { color: blue }")
    assert collections_after_a_run() == 2

    style.rename(style.with_name("other.css"))
    assert collections_after_a_run() == 3

    settings.STATIC_ROOT.rmdir()
    assert collections_after_a_run() == 4


@pytest.mark.django_db
def test_nothing_is_collected_for_the_development_server(calls, settings):
    settings.DEBUG = True

    run()

    assert ("collectstatic",) not in calls
