"""What the site promises, shown: every probe on SQLite and on PostgreSQL, as one table.

A probe is a test marked `proof`; it asserts its mark, and hands its figure to the `figure` fixture.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unicodedata import east_asian_width
from xml.etree import ElementTree

import environment
import run_tests

LEGS = {"SQLite": run_tests.on_sqlite, "PostgreSQL": run_tests.on_postgresql}
MEASURED = "figure"
"""The property of a test's report in which a figure stands: probe, what, figure, mark."""

Figures = dict[tuple[str, str, str], dict[str, str]]
"""Of each probe, what and mark: its figure in each leg."""


def main() -> int:
    """Runs every probe at full size, then prints the table; 0 when all marks are met."""
    environment.prepare("requirements-dev.txt")
    os.environ["PROOF"] = "full"
    figures: Figures = {}
    outcomes = {}
    with tempfile.TemporaryDirectory() as folder:
        for leg, run in LEGS.items():
            report = Path(folder) / f"{leg}.xml"
            os.environ["PYTEST_ADDOPTS"] = f"-m proof --junitxml={report}"
            outcomes[leg] = run_tests.outcome(leg, run)
            for probe, what, figure, mark in measured(report):
                figures.setdefault((probe, what, mark), {})[leg] = figure
    environment.say("\n" + table(figures) + "\n")
    for leg, words in outcomes.items():
        environment.say(f"{leg}: {words}")
    return int(any(words != "passed" for words in outcomes.values()))


def measured(report: Path) -> Iterator[tuple[str, str, str, str]]:
    """What the probes of one leg handed over: probe, what, figure, mark."""
    if not report.exists():
        return
    for found in ElementTree.parse(report).iter("property"):  # noqa: S314  # written by our own run
        if found.get("name") == MEASURED:
            probe, what, figure, mark = found.get("value", "").split("\t")
            yield probe, what, figure, mark


def table(figures: Figures) -> str:
    """The figures, a line each, in the order of the probes; what was not run is `-`."""
    rows = [["", "what", *LEGS, "mark"]]
    for (probe, what, mark), found in sorted(figures.items(), key=lambda item: _order(item[0][0])):
        rows.append([probe, what, *(found.get(leg, "-") for leg in LEGS), mark])
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in rows)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _order(probe: str) -> tuple[str, int]:
    """Letters first, then the number: A2 before A10."""
    digits = probe.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return probe.removesuffix(digits), int(digits or 0)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


if __name__ == "__main__":
    environment.end_with(main)
