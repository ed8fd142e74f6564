"""Who may ask what: docs/permissions.csv has every address, and no cell of it differs."""

import csv

import pytest
from django.conf import settings
from django.test import Client

from tests.admin.people import account, client_of
from tests.cooperation.oidc import urls
from tests.cooperation.permissions import Asked, Record, ask

pytestmark = pytest.mark.django_db

FILE = settings.BASE_DIR / "docs" / "permissions.csv"
ROLES = ["anonymous", "viewer", "editor", "publisher", "administrator"]
METHODS = ["GET", "POST"]
HEADER = ["pattern", "of", *(f"{method} {role}" for method in METHODS for role in ROLES)]


@pytest.fixture(autouse=True)
def every_address(settings):
    """Also those that are there where a provider of single sign-on is named; this one is down."""
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    settings.ROOT_URLCONF = urls.__name__


@pytest.fixture
def clients() -> dict[str, Client]:
    """A client of every role."""
    known = {role: client_of(account(role)) for role in ROLES[1:]}
    return {"anonymous": Client(headers={"accept-language": "en"})} | known


@pytest.fixture
def record(clients) -> Record:
    return Record()


def table() -> dict[tuple[str, str], dict[str, str]]:
    with open(FILE, encoding="utf-8", newline="") as lines:
        return {(row["pattern"], row["of"]): row for row in csv.DictReader(lines)}


def line(asked: Asked, clients: dict[str, Client]) -> str:
    """The line of an address as the file has to have it."""
    answers = [ask(clients[role], method, asked) for method in METHODS for role in ROLES]
    cells = [str(answer.status_code) for answer in answers]
    quoted = [f'"{cell}"' if "," in cell else cell for cell in (*asked.key, *cells)]
    return ",".join(quoted)


def test_every_address_is_in_the_table_and_no_other(record, clients):
    asked = {one.key: one for one in record.asked()}
    missing = [line(one, clients) for key, one in asked.items() if key not in table()]
    assert not missing, "add to docs/permissions.csv, if it is right:\n" + "\n".join(missing)
    assert sorted(table()) == sorted(asked), "take out of docs/permissions.csv what is no address"


@pytest.mark.proof
def test_no_cell_differs(record, clients, figure):
    rows = table()
    differing = [
        f"{one.pattern} ({one.of}) {method} {role}: {status}, not {rows[one.key][name]}"
        for one in record.asked()
        for method in METHODS
        for role in ROLES
        for name in [f"{method} {role}"]
        if one.key in rows
        and rows[one.key][name] != (status := str(ask(clients[role], method, one).status_code))
    ]
    cells = len(rows) * len(METHODS) * len(ROLES)
    what = "who may ask and send what: cells that differ from docs/permissions.csv"
    figure("B1", what, f"{len(differing)} of {cells:,}", "0")
    assert differing == []


def test_the_file_is_in_order():
    """So that a line is found, and two who add one do not meet."""
    with open(FILE, encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == HEADER
    assert rows[1:] == sorted(rows[1:])
