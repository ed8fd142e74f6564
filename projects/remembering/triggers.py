"""The triggers that move the version of the data, in the transaction of each write.

A migration that adds a table ends with `RunPython(install, RunPython.noop)`, and so does one that
changes a table: SQLite may build it anew, and then its triggers are gone.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from projects.remembering import postgresql, sqlite

NOT_OF_THE_RECORD = frozenset({"upload", "uploadedfile"})
"""Models of files that wait to be imported: no reader is shown anything of them."""


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create what is missing: the version, and what moves it on each table."""
    sql = _sql(schema_editor)
    _execute(schema_editor, *sql.SHARED)
    for table in tables(apps):
        _execute(schema_editor, *sql.of_table(table))


def uninstall(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop all of it."""
    sql = _sql(schema_editor)
    for table in tables(apps):
        _execute(schema_editor, *sql.off_table(table))
    _execute(schema_editor, *sql.DROP)


def tables(apps: Any) -> list[str]:
    """The tables of the record, of its history and of what is derived from it."""
    return [
        model._meta.db_table
        for model in apps.get_app_config("projects").get_models()
        if model._meta.model_name not in NOT_OF_THE_RECORD
    ]


def _sql(schema_editor: BaseDatabaseSchemaEditor) -> Any:
    return {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]


def _execute(schema_editor: BaseDatabaseSchemaEditor, *statements: str) -> None:
    for statement in statements:
        schema_editor.execute(statement)
