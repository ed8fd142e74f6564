"""Forms without the token of their page are refused, and looking at a page changes nothing."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from tests.admin.people import account
from tests.cooperation.permissions import Record, ask

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

OF_VISITS = {Session, apps.get_model("projects", "Upload")}
"""What a visit may leave: sessions, and files on their way, which empty themselves."""
WITHOUT_TOKEN = {"/logout/", "/i18n/setlang/"}
"""Forms on pages that are kept, which ask where the form came from instead."""
NO_FORM = {404, 405}


@pytest.fixture
def record():
    account("viewer")
    return Record()


def rows():
    """All that is stored, but for what visits leave."""
    return {
        model.__name__: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model not in OF_VISITS and model._meta.app_label != "cooperation"
    }


def test_no_form_is_taken_without_its_token(record, figure):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(record.root)
    asked = list(record.asked())
    before, taken, refused = rows(), [], 0
    for one in asked:
        headers = {"origin": "https://evil.example"} if one.path in WITHOUT_TOKEN else {}
        status = client.post(one.path, one.sent, headers=headers).status_code
        refused += status == 403
        if status != 403 and status not in NO_FORM:
            taken.append(f"{one.path} {status}")
    figure(
        "B6",
        "forms without a token, at every address: taken",
        f"{len(taken)} of {refused + len(taken)}",
        "0",
    )
    assert refused > 150
    assert taken == []
    assert rows() == before


def test_looking_changes_nothing(record, figure):
    client = Client(raise_request_exception=False)
    client.force_login(record.root)
    asked = list(record.asked())
    before = rows()
    for one in asked:
        answer = client.get(one.path)
        if answer.streaming:
            b"".join(answer)
    after = rows()
    changed = [name for name in before if before[name] != after[name]]
    figure("B6", "tables that GET of every address changed", len(changed), "0")
    assert changed == []


def test_looking_changes_nothing_can_fail(record):
    before = rows()
    ask_all = next(one for one in record.asked() if one.path == "/")
    assert ask(Client(), "GET", ask_all).status_code == 200
    record.user.first_name = "x"
    record.user.save()
    assert rows() != before
