"""How fast a made-up portfolio is stored."""

from collections.abc import Iterator

from benchmarks.marks import GENERATE
from benchmarks.run import Run
from benchmarks.table import Row, marked


def generating(run: Run) -> Iterator[Row]:
    """Statements a second of `generate_portfolio` on PostgreSQL, with all that is derived."""
    statements = run.large.inside("facts")["statements"]
    seconds = run.databases.generated[run.size.projects]
    beside = f"{statements} statements of {run.size.projects} projects in {seconds:.0f} s"
    yield marked("generate_portfolio, PostgreSQL", statements / seconds, GENERATE, beside)
