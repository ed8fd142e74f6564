"""Forms filled in with what nobody would type: none breaks, and none stores what is not valid."""

import logging
import sys
from collections import Counter
from random import Random
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.signals import got_request_exception
from django.db import transaction
from django.db.models.signals import post_save
from django.test import Client

from tests.admin.people import account
from tests.cooperation.permissions import Record
from tests.proofs.filling import of_addresses, of_rows, of_working_page
from tests.recorded import RECORDED

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

SEED = 20200426
CHECKED = {*RECORDED, User, Group}


class Sent:
    """What became of the forms that were sent."""

    def __init__(self, client: Client) -> None:
        self.statuses: Counter[int] = Counter()
        self.failed: list[str] = []
        self.invalid: list[str] = []
        self.stored = 0
        self._client, self._written, self._cause = client, set(), ""
        self._before = rejected(CHECKED)

    def __enter__(self) -> "Sent":
        got_request_exception.connect(self._note)
        post_save.connect(self._wrote)
        logging.disable()  # what is logged is kept until the test ends, each form with it
        return self

    def __exit__(self, *_: object) -> None:
        logging.disable(logging.NOTSET)
        got_request_exception.disconnect(self._note)
        post_save.disconnect(self._wrote)

    def _note(self, **_: object) -> None:
        self._cause = repr(sys.exc_info()[1])[:300]

    def _wrote(self, sender: type, **_: object) -> None:
        self._written.add(sender)

    def send(self, path: str, values: dict[str, list[str]]) -> None:
        """Send a form, look at all rows of the tables that it wrote to, and take it back."""
        body = urlencode(values, doseq=True, errors="surrogatepass")
        cookies = self._client.cookies.copy()
        self._written.clear()
        with transaction.atomic():
            status = self._client.post(path, body, "application/x-www-form-urlencoded").status_code
            written = self._written & CHECKED
            invalid = rejected(written) - self._before
            transaction.set_rollback(True)
        self._client.cookies = cookies
        self.statuses[status] += 1
        self.stored += bool(written)
        named = f"{path} {body[:2_000]}"
        if status >= 500:
            self.failed.append(f"{status} {self._cause} {named}")
        self.invalid += [f"{one} {named}" for one in invalid]


def rejected(models: set[type]) -> set[str]:
    """The rows of some models that are not valid, and why."""
    found = set()
    for model in models:
        for row in model._base_manager.all():
            try:
                row.full_clean()
            except ValidationError as error:
                found.add(f"{model.__name__} {row.pk}: {error.message_dict}")
    return found


def test_no_form_breaks_or_stores_what_is_not_valid(figure, full_size):
    account("viewer")
    record, random = Record(), Random(SEED)
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(record.root)
    forms = [
        *of_addresses(client, record, 1 if full_size else 9),
        *of_rows(client),
        *of_working_page(client),
    ]
    with Sent(client) as sent:
        for form in forms:
            for values in form.extremes(random, 20 if full_size else 1):
                sent.send(form.path, values)
    number = sent.statuses.total()
    figure(
        "A3",
        "forms with an extreme in a field or in all: server errors",
        f"{len(sent.failed)} of {number:,}",
        "0 of 3,000 or more",
    )
    figure(
        "A3",
        "rows that are not valid, after each form that stored something",
        f"{len(sent.invalid)}, {sent.stored:,} stored",
        "0, 300 or more stored",
    )
    assert sent.failed == []
    assert sent.invalid == []
    if full_size:
        assert number >= 3_000
        assert sent.stored >= 300
