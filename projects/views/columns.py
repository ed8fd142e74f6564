"""Which columns of a table are shown, as the query string says."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.parameters import Problem
from projects.tables import Table


@dataclass(frozen=True)
class ColumnChoice:
    """A column that can be shown or left out; the first one of a table always stays."""

    name: str
    label: Any
    shown: bool
    stays: bool


def hidden_columns(query: QueryDict, table: type[Table]) -> tuple[list[str], list[Problem]]:
    """The columns that are left out, and a problem where one is asked for that is not there.

    `columns` may be repeated, as a form does, and may hold several names with commas between them.
    Where nothing usable is asked for, nothing is left out.
    """
    names = list(table.base_columns)
    asked = {name for text in query.getlist("columns") for name in text.split(",") if name}
    unknown = asked.difference(names)
    problems = [
        Problem(
            "columns",
            _("“%(name)s” is no column of this table; its columns are: %(names)s.")
            % {"name": name[:40], "names": ", ".join(names)},
        )
        for name in sorted(unknown)[:1]
    ]
    hidden = [name for name in names[1:] if name not in asked] if asked - unknown else []
    return hidden, problems


def column_choices(table: type[Table], hidden: list[str]) -> list[ColumnChoice]:
    """Every column of a table, and whether it is shown."""
    return [
        ColumnChoice(name, column.verbose_name, shown=name not in hidden, stays=number == 0)
        for number, (name, column) in enumerate(table.base_columns.items())
    ]
