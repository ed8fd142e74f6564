"""The tasks by their names."""

from collections.abc import Callable
from typing import Any

from benchmarks.inside.cases import cases
from benchmarks.inside.facts import facts
from benchmarks.inside.files import files
from benchmarks.inside.queries import queries
from benchmarks.inside.select import select
from benchmarks.inside.walking import missing_rows
from benchmarks.inside.writing import write

TASKS: dict[str, Callable[..., Any]] = {
    "cases": cases,
    "facts": facts,
    "files": files,
    "queries": queries,
    "select": select,
    "walk": missing_rows,
    "write": write,
}
