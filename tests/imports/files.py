"""Files as an editor makes them: exports, and a few rows written by hand."""

import csv
from io import StringIO

from projects.exports import EXPORTS
from projects.imports import TABLES, File, check, store
from projects.models import Link
from tests.exports.reading import content
from tests.recorded import RECORDED


def exported(*names):
    """Every table as the site gives it out, or these."""
    return [File(f"{name}.csv", content(name)) for name in names or EXPORTS]


def file(table, *lines, name=""):
    """A file of these rows (dictionaries), with the columns of the first one."""
    text = StringIO()
    writer = csv.DictWriter(text, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return File(name or f"{table}.csv", text.getvalue().encode())


def outcomes(report):
    """The outcome of every row by its key."""
    return {row.key: row.outcome for row in report.rows}


def said(report):
    """Every refusal as (table, line, column, message)."""
    return [(one.table, one.line, one.column, one.message) for one in report.refusals]


def stored(*files, user, **options):
    """Store files that nothing is wrong with, as their dry run says."""
    found = check(files, user, publish=options.get("publish", False))
    assert said(found) == [], said(found)
    report = store(files, user, expected=found.digest, **options)
    assert said(report) == [], said(report)
    assert report.stored
    assert report.rows == found.rows
    return report


def contents():
    """Every row of the record with all its columns, histories apart."""
    return {
        model.__name__: list(model.objects.order_by("pk").values_list())
        for model in RECORDED
        if hasattr(model, "history")
    }


def versions_kept():
    """How many states the histories hold."""
    return sum(model.history.count() for model in RECORDED if hasattr(model, "history"))


def emptied():
    """Take every row and every history away."""
    tables = [table.model for table in reversed(TABLES.values())]
    links = [model for model in RECORDED if issubclass(model, Link)]
    for model in [*links, *tables]:
        model.objects.all()._raw_delete(model.objects.db)
        model.history.all().delete()
