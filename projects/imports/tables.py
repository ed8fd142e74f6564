"""The tables that come in: the stored columns of each, and what its other columns are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Field, ForeignKey, ManyToManyField
from django.utils.translation import gettext as _

from projects.exports import EXPORTS
from projects.fields import EdtfField
from projects.imports.results import FileRefused
from projects.models import (
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    Sector,
    Source,
    Statement,
    Target,
)

ENTERED_WITH = "entered_with"
"""A column that entities may carry though no export has it: the source that drafts them."""

_NAMES = ("slug", "name_zh", "name_en")
_SUMMARIES = ("summary_zh", "summary_en")
_AMOUNT = (
    *("amount_low", "amount_high"),
    *("amount_low_included", "amount_high_included", "amount_approximate"),
)
_AFTER = (
    *("as_written", "said_by", "inferred", "note"),
    *("restates", "restates_how", "source", "locator"),
)


@dataclass(frozen=True)
class Table:
    """A table by the name of its file; `stored` are its columns in the order of the file."""

    name: str
    model: type[Any]
    stored: tuple[str, ...]

    @cached_property
    def is_statement(self) -> bool:
        """Whether its rows are statements, found by their key."""
        return issubclass(self.model, Statement)

    @cached_property
    def key(self) -> str:
        """The column by which a row is found."""
        return "statement_id" if self.is_statement else "slug"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The stored columns and those that a file may add."""
        optional = () if self.is_statement or self.model is Source else (ENTERED_WITH,)
        return (*self.stored, *optional)

    @cached_property
    def derived(self) -> frozenset[str]:
        """The columns that are exported and follow from others, here or elsewhere."""
        return frozenset(EXPORTS[self.name].columns) - frozenset(self.columns)

    def field(self, column: str) -> Any:
        """The field of the model that a stored column holds."""
        return self._fields[column]

    @cached_property
    def _fields(self) -> dict[str, Any]:
        names = {"statement_id": "key"}
        get_field = self.model._meta.get_field
        return {column: get_field(names.get(column, column)) for column in self.columns}

    def column(self, field: str) -> str:
        """The column that holds a field of the model; empty for one that no file has."""
        name = "statement_id" if field == "key" else field
        return name if name in self.columns else ""

    def _of(self, kind: type[Field]) -> tuple[str, ...]:
        return tuple(name for name in self.columns if isinstance(self.field(name), kind))

    @cached_property
    def references(self) -> tuple[str, ...]:
        """The columns that name one row."""
        return self._of(ForeignKey)

    @cached_property
    def own_references(self) -> tuple[str, ...]:
        """The columns that name another row of the same table."""
        return tuple(
            name for name in self.references if self.field(name).related_model is self.model
        )

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The columns that name several rows."""
        return self._of(ManyToManyField)

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The columns that hold vague dates and periods."""
        return self._of(EdtfField)


def _statements(name: str, model: type[Any], *columns: str) -> Table:
    return Table(name, model, ("statement_id", *columns, *_AFTER))


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "sources",
            Source,
            (
                *("slug", "title", "outlet", "author", "kind", "published"),
                *("address", "archive_address", "accessed_on", "inferred"),
            ),
        ),
        Table("places", Place, (*_NAMES, "parent", "inferred")),
        Table("sectors", Sector, _NAMES),
        Table(
            "organizations",
            Organization,
            (
                *(*_NAMES, "short_name", "aliases", "kind"),
                *("parent", "parent_source", "parent_locator", "inferred", *_SUMMARIES),
            ),
        ),
        Table("agreements", Agreement, (*_NAMES, "kind", "sectors", *_SUMMARIES)),
        Table("projects", Project, (*_NAMES, *_SUMMARIES, "agreement", "places", "sectors")),
        Table(
            "indicators",
            Indicator,
            (*_NAMES, "definition_zh", "definition_en", "unit", "place", "project", "wider"),
        ),
        Table(
            "milestones",
            Milestone,
            ("slug", "project", "agreement", "kind", "name_zh", "name_en"),
        ),
        _statements("participations", Participation, "project", "organization", "role"),
        _statements("agreement-parties", AgreementParty, "agreement", "organization", "role"),
        _statements(
            "investments",
            Investment,
            *("project", "agreement", "organizations", "basis", "per", "instrument"),
            *(*_AMOUNT, "unit", "date", "part_of"),
        ),
        _statements("milestone-dates", MilestoneDate, "milestone", "side", "date", "counted_from"),
        _statements(
            "targets",
            Target,
            *("indicator", "period", "period_as_written", *_AMOUNT, "stands_in"),
        ),
        _statements(
            "observations",
            Observation,
            *("indicator", "period", "status", *_AMOUNT),
            *("growth", "growth_as_written", "growth_since"),
        ),
    )
}
"""The tables by name, in an order in which each refers to those before it only."""

_NAME = re.compile(rf"(?:cooperation-)?({'|'.join(sorted(TABLES, key=len, reverse=True))})\b(.*)")
_AFTER_NAME = re.compile(r"[-_ ().0-9]*(as-of[-0-9]*)?(（[^（）]*）)?[-_ ().0-9]*")


def find_table(file_name: str, asked: str, header: Sequence[str]) -> Table:
    """The table of a file: the one asked, else by the name, else by the header."""
    if asked:
        if asked not in TABLES:
            raise FileRefused(_("There is no table “%(table)s”.") % {"table": asked[:100]})
        return TABLES[asked]
    stem = re.split(r"[\\/]", file_name)[-1].lower().rpartition(".")[0]
    named = _NAME.fullmatch(stem)
    if named and _AFTER_NAME.fullmatch(named[2]):
        return TABLES[named[1]]
    fitting = [table for table in TABLES.values() if _fits(table, header)]
    if len(fitting) != 1:
        raise FileRefused(
            _(
                "Neither the name of the file nor its header says which table it is: name it as "
                "the table, such as investments.csv, or choose the table."
            )
        )
    return fitting[0]


def _fits(table: Table, header: Sequence[str]) -> bool:
    """Whether a table has all the columns of a header, and the header its key and most of it."""
    known = {*table.columns, *table.derived}
    given = set(header)
    stored = set(table.stored)
    return given <= known and table.key in given and len(given & stored) * 2 > len(stored)


def check_header(table: Table, header: Sequence[str]) -> None:
    """Refuse columns that the table does not have, and a header without any that is stored."""
    unknown = [name for name in header if name not in {*table.columns, *table.derived}]
    if not set(header) & set(table.columns):
        raise FileRefused(
            _("The first row names no column of the table: it begins with %(columns)s.")
            % {"columns": ", ".join(table.stored[:3])},
            1,
        )
    if unknown:
        raise FileRefused(
            _("The table %(table)s has no column “%(column)s”.")
            % {"table": table.name, "column": unknown[0][:100]},
            1,
            unknown[0][:100],
        )
    if table.key not in header and not table.is_statement:
        raise FileRefused(
            _("The column “%(column)s” is missing: rows are found by it.") % {"column": table.key},
            1,
            table.key,
        )
