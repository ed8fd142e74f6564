"""The history of rows that are written in bulk: their states, as the database has them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from projects.imports.rights import Rights
from projects.lookups import among_sql


class History:
    """The states of rows of a model, each with who, when and why.

    They are copied within the database, so that no column of theirs is sent to it twice.
    """

    def __init__(self, model: type[Any], rights: Rights, now: datetime) -> None:
        self.rights = rights
        states: Any = model.history.model
        quote = connection.ops.quote_name
        columns = [quote(field.column) for field in states.tracked_fields]
        of_states = {field.name: field for field in states._meta.concrete_fields}
        names = ("history_date", "history_type", "history_change_reason")
        by = [of_states[name] for name in (*names, "history_user", "history_user_name")]
        self._now = by[0].get_db_prep_save(now, connection)
        self._states, self._rows = quote(states._meta.db_table), quote(model._meta.db_table)
        to = ", ".join((*columns, *(quote(field.column) for field in by)))
        # A deletion is the next version of its row.
        version = quote("version")
        given = ", ".join(f"{one} + %s" if one == version else one for one in columns)
        self._sql = (
            f"INSERT INTO {self._states} ({to}) SELECT {given}, %s, %s, %s, %s, %s "  # noqa: S608
            f"FROM {self._rows} stored WHERE "
        )

    def add(self, how: str, ids: Collection[int]) -> None:
        """Keep the state of rows after they were stored, or before they are deleted."""
        rights, moved = self.rights, int(how == "-")
        by = (how, rights.reason, rights.user.pk, rights.user.get_username())
        self._keep("", ids, moved, self._now, *by)

    def keep_first_states(self, ids: Collection[int]) -> None:
        """Keep the stored state of rows without history, as `keep_first_state` does for one."""
        none = f"NOT EXISTS (SELECT 1 FROM {self._states} kept WHERE kept.id = stored.id) AND "  # noqa: S608
        self._keep(none, ids, 0, self._now, "+", None, None, "")

    def _keep(self, condition: str, ids: Collection[int], *values: Any) -> None:
        among, given = among_sql(connection, "stored.id", list(ids))
        with connection.cursor() as cursor:
            cursor.execute(f"{self._sql}{condition}{among} ORDER BY id", [*values, given])
