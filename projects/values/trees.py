"""Trees of parents, as far as they are trees: a circle that got in ends by itself."""

from collections.abc import Mapping


def line_above(start: int, parents: Mapping[int, int | None]) -> list[int]:
    """A node and those above it, the root last; `parents` has the parent of each by its id."""
    line: dict[int, None] = {}
    step: int | None = start
    while step is not None and step not in line:
        line[step] = None
        step = parents.get(step)
    return list(line)
