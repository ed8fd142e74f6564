"""Cells as the database writes them: one expression, alike on both databases and in Python."""

from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    ExpressionWrapper,
    Func,
    Q,
    TextField,
)

from projects.values.cells import SIGNS, SKIPPED

Compiled = tuple[str, Any]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _inert(first: str, nul: str) -> str:
    """Text made inert, as `neutralise` does it; the empty text is none.

    `first` is the code of a text's first character, `nul` whether that is a NUL. Nearly every text
    begins with a letter, a digit or a Chinese character, and is not looked at again.
    """
    behind = f"ltrim({{value}}, {_quoted(SKIPPED)})"
    signs = ", ".join(str(ord(sign)) for sign in SIGNS if sign != "\0")
    begins = first.format(text="{value}")
    return (
        "CASE WHEN {value} = '' THEN NULL "
        f"WHEN {begins} BETWEEN 65 AND 132 THEN {{value}} "
        f"WHEN {begins} BETWEEN 12289 AND 65278 THEN {{value}} "
        f"WHEN {begins} BETWEEN 48 AND 60 THEN {{value}} "
        f"WHEN {first.format(text=behind)} IN ({signs}) OR {nul.format(text=behind)} "
        "THEN '''' || {value} ELSE {value} END"
    )


INERT = {
    "postgresql": _inert("ascii({text})", "FALSE"),  # it stores no NUL
    "sqlite": _inert("unicode({text})", "({text} <> '' AND unicode({text}) IS NULL)"),
}
_FORMS: dict[str, dict[type[Any], str]] = {
    "postgresql": {BooleanField: "({value})::text", DecimalField: "trim_scale({value})"},
    "sqlite": {
        BooleanField: "CASE {value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END",
        # As text, or the driver makes a Python date of each.
        DateField: "CAST({value} AS text)",
        # Fifteen digits, as many as Django takes of what SQLite stores in binary.
        DecimalField: (
            "CASE WHEN {value} = 0 THEN 0 WHEN typeof({value}) = 'integer' THEN {value} "
            "WHEN abs({value}) < 1e15 THEN printf('%%.15g', {value}) "
            "WHEN abs({value}) >= 1e15 THEN printf('%%.0f', printf('%%.15g', {value})) END"
        ),
    },
}


class Cell(Func):
    """A value as a file has it: text inert, truth in words, numbers and days plain."""

    arity = 1
    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Compiled:
        (value,) = self.get_source_expressions()
        form = _form(value.output_field, connection.vendor)
        sql, params = compiler.compile(value)
        return form.replace("{value}", sql), tuple(params) * form.count("{value}")


def _form(kind: Any, vendor: str) -> str:
    """The SQL that writes a kind of value; numbers are their own text."""
    if isinstance(kind, CharField | TextField):
        return INERT[vendor]
    return next(
        (form for field, form in _FORMS[vendor].items() if isinstance(kind, field)), "{value}"
    )


def truth(condition: Q) -> ExpressionWrapper:
    """A condition as a value."""
    return ExpressionWrapper(condition, output_field=BooleanField())
