"""How fast files are imported, with history."""

from collections.abc import Iterator

from benchmarks.marks import IMPORT
from benchmarks.run import Run
from benchmarks.table import Row


def importing(run: Run) -> Iterator[Row]:
    """Rows a second."""
    raise NotImplementedError
    yield
