"""How much is measured: `full` is what the marks are for, `quick` is for trying."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace


class UnknownSize(Exception):
    """The size asked for cannot be used; the message says what can."""


@dataclass(frozen=True)
class Size:
    """How many rows there are, and how often what is quick is repeated.

    A project has about ten investments, five milestones and three participations.
    """

    projects: int
    """Of the site whose speed is measured."""
    counted: int
    """Of the site whose queries are counted and whose pages are walked through."""
    walked: int
    """Of the site whose long tables are walked through: each has ten times as many rows."""
    peer_rows: int
    imported: int
    """Of the site whose files are imported: about 27 rows each."""
    page: int
    """The deep page of a list."""
    rounds: int
    """How often a page is asked."""
    files: int
    """How often a file is exported."""
    revalidations: int
    browsers: int
    seconds: float
    """For how long that many browsers read."""


SIZES = {
    "full": Size(
        projects=100_000,
        counted=12_000,
        walked=1_200,
        peer_rows=200_000,
        imported=4_000,
        page=1_000,
        rounds=9,
        files=3,
        revalidations=3_000,
        browsers=500,
        seconds=300,
    ),
    "quick": Size(
        projects=60,
        counted=30,
        walked=12,
        peer_rows=500,
        imported=16,
        page=10,
        rounds=3,
        files=1,
        revalidations=200,
        browsers=20,
        seconds=30,
    ),
}


def read_size(variables: Mapping[str, str] = os.environ) -> tuple[str, Size]:
    """The size that SIZE names, with as many projects as PROJECTS says, where it does."""
    name = variables.get("SIZE") or "full"
    if name not in SIZES:
        raise UnknownSize(f"SIZE={name} is none of {', '.join(SIZES)}.")
    projects = variables.get("PROJECTS")
    if not projects:
        return name, SIZES[name]
    if not (projects.isascii() and projects.isdigit() and 12 <= int(projects) <= 1_000_000):
        raise UnknownSize(f"PROJECTS={projects} is no whole number from 12 to 1000000.")
    return f"{name}, {projects} projects", replace(SIZES[name], projects=int(projects))
