"""No text that is stored becomes a formula in a file that a spreadsheet opens."""

import re

import pytest
from django.db import DatabaseError, connection, models, transaction

from projects.exports import EXPORTS
from projects.exports.kinds import described
from projects.exports.writing import Kind
from projects.fields import DerivedField, EdtfField
from tests.admin.editing import BUILD, versioned
from tests.exports.reading import lines
from tests.recorded import RECORDED

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

BEFORE = ["", " ", "\u3000", "\u00a0", "\ufeff", "\u200b", '"', "'"]
BEGINNINGS = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example","x")', "==1", "=",
    "+1+1", "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1;1)", "@x", "\t=1+1",
    "\r=1+1", "\n=1+1", "\r\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠x", "\t", "\n+1",
]  # fmt: skip
PAYLOADS = BEGINNINGS + [
    before + sign for before in BEFORE[1:] for sign in ("=1+1", "+1", "-x", "@x")
]
NUL = ["\0=1+1", " \0"] if connection.vendor == "sqlite" else []
"""PostgreSQL stores none."""
RUNS = re.compile(r"""[\s\ufeff\u200b"']*[=+\-@\t\r\n\0＝＋－＠]""")
"""What a spreadsheet would take for a formula, stated apart from the code that prevents it."""
PLAIN = {Kind.NUMBER, Kind.INTEGER, Kind.DAY, Kind.BOOLEAN}


def runs(cell):
    """Whether a cell may run: one made inert begins with an apostrophe, and with no blank."""
    return not cell.startswith("'") and RUNS.match(cell) is not None


def fill(payload):
    """A text into every column of text of every row, past all validation; how many took it."""
    taken = 0
    for model in RECORDED:
        for column in model._meta.concrete_fields:
            texts = isinstance(column, models.CharField | models.TextField)
            if not texts or isinstance(column, EdtfField | DerivedField):
                continue
            if column.choices or column.unique:
                continue
            if column.max_length and column.max_length < len(payload):
                continue
            try:
                with transaction.atomic():
                    model._base_manager.update(**{column.name: payload})
                taken += 1
            except DatabaseError:  # a constraint keeps it out
                continue
    return taken


def test_no_cell_is_a_formula(figure, full_size):
    for model in versioned():
        BUILD[model]()
    found, cells, inert = [], 0, 0
    payloads = [*PAYLOADS, *NUL]
    for payload in payloads if full_size else payloads[::12]:
        columns = fill(payload)
        for name, export in EXPORTS.items():
            texts = [one.name for one in described(export) if one.kind not in PLAIN]
            for line in lines(name):
                for column in texts:
                    cells += 1
                    inert += line[column].startswith("'")
                    if runs(line[column]):
                        found.append((name, column, line[column]))
    figure(
        "C1",
        "cells of text that a spreadsheet takes for a formula, each of the payloads in each column",
        f"{len(found)} of {cells}",
        "0",
    )
    assert len(PAYLOADS) >= 47
    assert columns > 60
    assert inert > cells / 10
    assert found == []
