"""Cells that the database writes, against the same in Python."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.db.models import BooleanField, F, Value
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from projects.exports.cells import Cell
from projects.exports.lines import csv_lines, lines
from projects.exports.writing import written
from projects.models import Observation, Sector
from projects.values.cells import SIGNS, SKIPPED, restore
from tests import factories

pytestmark = pytest.mark.django_db

NUL = connection.vendor == "sqlite"
"""Whether the database stores a NUL, which is refused at every door."""

LETTERS = [
    *SKIPPED,
    *SIGNS,
    *"0<:;>?Aaz[{\"',;\u0084\u0086、。数\ufefe\uff00！“”\U0001f600",
]
AWKWARD = [
    "",
    "-",
    "'-",
    " ",
    "\ufeff=",
    "\u3000＝1",
    "“-”",
    "\t",
    "a\t=",
    "1-",
    "\r\n",
    '"',
    "\\.",
]


def texts(seed):
    """Texts of a few letters, most of which a spreadsheet or a parser takes for something else."""
    chosen = Random(seed)
    letters = [letter for letter in LETTERS if NUL or letter != "\0"]
    made = ["".join(chosen.choices(letters, k=chosen.randint(0, 6))) for _ in range(4_000)]
    return [*AWKWARD, *made]


@settings(max_examples=5, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_text_is_written_as_python_writes_it_and_comes_back(seed):
    found = texts(seed)
    Sector.objects.all().delete()
    Sector.objects.bulk_create(
        Sector(slug=f"s{number}", name_zh=text, name_en="after")
        for number, text in enumerate(found)
    )
    rows = Sector.objects.order_by("pk").values_list(Cell(F("name_zh")), Cell(F("name_en")))

    assert b"".join(lines(rows)) == csv_lines([written(text), "after"] for text in found)
    assert [restore(cell or "") for cell, _after in rows] == found


@pytest.mark.parametrize("value", [True, False, None])
def test_truth_is_a_word(value):
    factories.sector()
    rows = Sector.objects.values_list(Cell(Value(value, BooleanField())), Cell(F("slug")))

    assert b"".join(lines(rows)).split(b",")[0].decode() == written(value)


@pytest.mark.parametrize("value", [date(1, 1, 1), date(987, 6, 5), date(2020, 4, 26), None])
def test_a_day_is_written_in_the_order_of_the_standard(value):
    factories.observation()
    Observation.objects.update(period_earliest=value)
    rows = Observation.objects.values_list(Cell(F("period_earliest")), Cell(F("key")))

    assert b"".join(lines(rows)).split(b",")[0].decode() == written(value)


def numbers(seed):
    """Numbers with up to four decimals, in no more digits than SQLite keeps."""
    chosen = Random(seed)
    made = [Decimal(chosen.randint(-(10**15), 10**15)).scaleb(-4) for _ in range(500)]
    return [*NUMBERS, *made, *(Decimal(round(number)) for number in made)]


NUMBERS = [*map(Decimal, ("0", "-0.0000", "0.0001", "-3.50", "999999999999999", "35.0000", "0.1"))]


def test_a_number_is_plain():
    found = numbers(6)
    seed = factories.observation()
    Observation.objects.bulk_create(
        Observation(
            key=f"k{number}",
            indicator=seed.indicator,
            source=seed.source,
            restates=seed,
            restates_how="disputed",
            period="2021",
            amount_low=value,
            amount_high_included=False,
        )
        for number, value in enumerate(found)
    )
    rows = Observation.objects.exclude(pk=seed.pk).order_by("pk")
    file = lines(rows.values_list(Cell(F("amount_low")), Cell(F("amount_high"))))

    assert b"".join(file).decode().split() == [f"{written(value)}," for value in found]
