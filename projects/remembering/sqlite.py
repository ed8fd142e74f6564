"""The version of the data on SQLite: one row, which every written row of the record sets anew.

SQLite has one writer at a time, so nobody waits for the row who would not wait anyway.
"""

EVENTS = ("insert", "update", "delete")

SHARED = (
    "CREATE TABLE IF NOT EXISTS projects_data_version (token integer NOT NULL)",
    "INSERT INTO projects_data_version SELECT random()"
    " WHERE NOT EXISTS (SELECT 1 FROM projects_data_version)",
)

DROP = ("DROP TABLE IF EXISTS projects_data_version",)


# An UPDATE, as it has no conflicts to resolve: within INSERT OR IGNORE, which Django writes for
# ignore_conflicts, an INSERT OR REPLACE of the trigger would be ignored as well.
MOVE = "UPDATE projects_data_version SET token = random()"


def of_table(table: str) -> list[str]:
    """What creates the triggers of a table."""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {_name(table, event)} AFTER {event} ON {table} "
        f"BEGIN {MOVE}; END"
        for event in EVENTS
    ]


def off_table(table: str) -> list[str]:
    """What drops them."""
    return [f"DROP TRIGGER IF EXISTS {_name(table, event)}" for event in EVENTS]


def _name(table: str, event: str) -> str:
    return f"{table}_{event}_moves_version"
