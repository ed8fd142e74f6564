"""The document and the API hold each other to their word: asked by schemathesis, as it reads it."""

import hypothesis
import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from cooperation.wsgi import application
from projects.api.document import key_of
from projects.exports import EXPORTS
from projects.urls import API

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 12
"""So many requests an operation, half of them as the document allows, half as it does not."""

NOT_SAID = [positive_data_acceptance, negative_data_rejection]
"""No schema says which slugs there are, or which day is today; and empty is as left out."""

PLAIN = {"Accept-Encoding": "identity"}
"""It unpacks nothing."""


@pytest.fixture
def kept_connection():
    """Keeps the connection, whose transaction is the test's own, from being closed by a request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def document(db, kept_connection):
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    return schemathesis.openapi.from_wsgi(DOCUMENT, application)


def test_it_describes_every_table_and_every_row(document):
    assert document.raw_schema["openapi"] == "3.1.0"
    paths = {f"/api/v1/{name}/" for name in API}
    assert paths < set(document.raw_schema["paths"])
    assert len(document.raw_schema["paths"]) == 2 * len(API)


@pytest.mark.parametrize("row", [False, True], ids=["list", "row"])
@pytest.mark.parametrize("name", API)
def test_answers_are_as_described(document, name, row):
    key = key_of(name)
    first = EXPORTS[name].model.objects.order_by("pk").values_list(key, flat=True).first()
    path = f"/api/v1/{name}/{{{key}}}/" if row else f"/api/v1/{name}/"
    operation = document[path]["GET"]
    known = {"path_parameters": {key: first}} if row else {}
    asked = st.one_of(
        operation.as_strategy(**known),
        operation.as_strategy(schemathesis.GenerationMode.NEGATIVE),
    )

    @hypothesis.seed(20200426)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(asked)
    def ask(case):
        case.call_and_validate(headers=PLAIN, excluded_checks=NOT_SAID)

    ask()
    assert operation.Case(**known).call_and_validate(headers=PLAIN).status_code == 200
