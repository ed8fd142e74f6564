"""Script that somebody stored in a text or a link runs on no page."""

from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from lxml import html

from tests.admin.people import account
from tests.cooperation.permissions import Record, ask

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

TEXT = "\"><script>x9()</script><i onx=x9>'"
LINK = "javascript:x9()"
ROLES = ["anonymous", "viewer", "administrator"]
SCHEMES = {"", "http", "https", "mailto"}
LINKS = ("href", "src", "action", "formaction", "xlink:href", "data", "poster")


@pytest.fixture
def record():
    account("viewer")
    account("administrator")
    return Record()


def poison() -> int:
    """Every text and link of every row, past all validation; how many columns took it."""
    taken = 0
    for model in apps.get_models():
        if model._meta.app_label not in {"projects", "auth"}:
            continue
        for column in model._meta.concrete_fields:
            if not isinstance(column, models.CharField | models.TextField) or column.choices:
                continue
            if isinstance(column, models.SlugField) or column.name in {"password", "username"}:
                continue
            link = isinstance(column, models.URLField)
            if (column.max_length or 99) < len(TEXT) or column.unique:
                continue
            try:
                with transaction.atomic():
                    model._base_manager.update(**{column.name: LINK if link else TEXT})
                taken += 1
            except DatabaseError:  # a constraint keeps it out
                continue
    return taken


def foreign(page: bytes) -> list[str]:
    """Script, handlers and links of a page that its own templates do not write."""
    found = []
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        kind = element.get("type") or ""
        if element.tag == "script" and not element.get("src") and "json" not in kind:
            found.append(f"script {element.text}")
        for name, text in element.attrib.items():
            scheme = urlsplit(text.strip()).scheme if name in LINKS else ""
            if name.startswith("on") or scheme.lower() not in SCHEMES:
                found.append(f"{element.tag} {name}={text}")
    return found


def test_nothing_stored_runs_anywhere(record, figure, full_size):
    asked = [one for one in record.asked() if full_size or not one.path.startswith("/admin/")]
    columns = poison()
    found, pages = {}, 0
    for language in ("en", "zh-hans"):
        for role in ROLES if full_size else ROLES[:1]:
            client = Client(raise_request_exception=False, headers={"accept-language": language})
            if role != "anonymous":
                client.force_login(apps.get_model("auth", "User").objects.get(username=role))
            for one in asked:
                answer = ask(client, "GET", one)
                if answer.streaming or not answer.content:
                    continue
                if not answer.headers["Content-Type"].startswith("text/html"):
                    continue
                pages += 1
                if answer.status_code >= 500 or (bad := foreign(answer.content)):
                    found[one.path, role, language] = answer.status_code, bad
    figure(
        "A5",
        "pages with script or links out of any text or link, as each role in both languages",
        f"{len(found)} of {pages}",
        "0",
    )
    assert columns > 60
    assert pages > (400 if full_size else 40)
    assert found == {}


def test_what_would_run_is_seen():
    assert foreign(f"<p>{TEXT}</p><a href='{LINK}'>x</a>".encode()) != []
    assert len(foreign(f"<p>{TEXT}</p><a href=' JAVASCRIPT:x'>x</a>".encode())) == 3
