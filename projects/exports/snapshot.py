"""One state of the database for all reads of a file, that keeps no writer waiting."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

_BEGIN = {
    "postgresql": [
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL datestyle TO 'ISO, YMD'",
        # To compile a SELECT as long as these takes two seconds, and saves less.
        "SET LOCAL jit TO off",
        # Enough to look up what rows refer to in memory; by default a long file sorts on disk.
        "SET LOCAL work_mem TO '32MB'",
    ],
    # Django's `atomic` begins as a writer here. What is mapped would count as the process's memory.
    "sqlite": ["PRAGMA mmap_size = 0", "BEGIN DEFERRED"],
}


@contextmanager
def snapshot(database: str) -> Iterator[None]:
    """Read what was committed when the first query began; in a transaction, what that one reads."""
    connection = connections[database]
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        for statement in _BEGIN[connection.vendor]:
            cursor.execute(statement)
        try:
            yield
        finally:
            # Nothing was written; after a failed query this is all that is allowed.
            cursor.execute("ROLLBACK")
