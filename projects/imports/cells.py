"""A cell of a file in the one form in which the export writes it, so that cells can be compared."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    DecimalField,
    ForeignKey,
    IntegerField,
    ManyToManyField,
)
from django.utils.translation import gettext as _

from projects.exports.writing import written
from projects.fields import EdtfField
from projects.imports.results import Refused
from projects.imports.tables import Table
from projects.values.cells import restore

_DAY = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
_NUMBER = re.compile(r"(-?)0*([0-9]+)(?:\.([0-9]*))?")
_SCIENTIFIC = re.compile(r"-?[0-9]+([.,][0-9]*)?[eE][+-]?[0-9]+")
_GROUPED = re.compile(r"-?[0-9]{1,3}([,' \u00a0\u202f\uff0c][0-9]{3})+([.,][0-9]*)?")
LONGEST_NUMBER = 40


def reader(table: Table, column: str) -> Callable[[str], str]:
    """How a cell of a stored column is read; raises Refused where it says nothing it may."""
    field = table.field(column)
    for kind, read in _READERS:
        if isinstance(field, kind):
            return partial(_stripped, read)
    if field.choices:
        return partial(_code, [str(code) for code, _label in field.choices])
    return partial(_stripped, _as_it_is) if column == table.key else restore


def _stripped(read: Callable[[str], str], given: str) -> str:
    return read(restore(given).strip())


def boolean(text: str) -> str:
    """True or false, in small or capital letters; an empty cell says nothing."""
    if text.lower() not in ("true", "false", ""):
        raise Refused(_("“%(text)s” is neither true nor false.") % {"text": _short(text)})
    return text.lower()


def number(text: str) -> str:
    """A plain number without leading or trailing noughts."""
    if not text:
        return ""
    found = _NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if found is None:
        raise Refused(_unread_number(text))
    return written(Decimal(text))


def _unread_number(text: str) -> str:
    """Say what is to be written instead."""
    if _SCIENTIFIC.fullmatch(text):
        return _(
            "“%(text)s” is a number that a spreadsheet has shortened: format the column as a "
            "number without decimals, and save the file again."
        ) % {"text": _short(text)}
    if _GROUPED.fullmatch(text):
        return _("“%(text)s”: write the digits without separators, such as 4000000000.") % {
            "text": _short(text)
        }
    return _(
        "“%(text)s” is not a plain number: write digits only, such as 4000000000; words are not "
        "read here, their bounds stand in amount_low and amount_high."
    ) % {"text": _short(text)}


def day(text: str) -> str:
    """A day: 2020-04-26, or as Excel writes it, 2020/4/26."""
    if not text:
        return ""
    try:
        return _day(text)
    except ValueError:
        raise Refused(
            _("“%(text)s” is not a day: write it as 2020-04-26.") % {"text": _short(text)}
        ) from None


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError
    return date(int(found[1]), int(found[3]), int(found[4])).isoformat()


def vague_date(text: str) -> str:
    """An EDTF text; a day may be as Excel writes it, as no EDTF text has two strokes."""
    return day(text) if text.count("/") == 2 and ".." not in text else text


def slugs(text: str) -> str:
    """Several slugs, joined by semicolons in the order of the letters."""
    return ";".join(sorted({slug.strip() for slug in text.split(";")} - {""}))


def _as_it_is(text: str) -> str:
    return text


def _code(codes: list[str], given: str) -> str:
    text = restore(given).strip()
    if text and text not in codes:
        raise Refused(
            _("“%(text)s” is none of: %(codes)s.")
            % {"text": _short(text), "codes": ", ".join(codes)}
        )
    return text


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NUMBER else text[:LONGEST_NUMBER] + "…"


_READERS: tuple[tuple[Any, Callable[[str], str]], ...] = (
    (BooleanField, boolean),
    ((IntegerField, DecimalField), number),
    (EdtfField, vague_date),
    (DateField, day),
    (ForeignKey, _as_it_is),
    (ManyToManyField, slugs),
)


def close_flags(values: dict[str, str]) -> None:
    """An open bound is never included: what is left to the default there is put out."""
    for end in ("low", "high"):
        if values.get(f"amount_{end}") == "":
            values[f"amount_{end}_included"] = "false"


def cell_of(field: Any, row: Any) -> str:
    """A column of a row, which refers to no other, as a file holds it."""
    value = getattr(row, field.attname)
    # Texts as they are: what makes them inert in a spreadsheet is of the file.
    return str(value) if isinstance(value, str) else written(value)


@cache
def defaults(table: Table) -> dict[str, str]:
    """What the columns hold that a file does not give, for a new row; not to be changed."""
    return {column: _default(table.field(column)) for column in table.columns}


def _default(field: Any) -> str:
    if isinstance(field, ManyToManyField) or not field.has_default():
        return ""
    value = field.get_default()
    return str(value) if isinstance(value, str) else written(value)
