"""Rows that name each other in a circle, which no order stores and no tree holds."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.imports.entries import Entry
from projects.imports.matching import key_name
from projects.imports.spool import Spool, in_chunks
from projects.imports.tables import Table
from projects.lookups import among

NAMED = 5
"""How many rows of a circle are named."""
_UP = ("parent", "wider")
"""The references by which rows form trees."""


def refuse_circles(table: Table, spool: Spool) -> None:
    """Refuse new rows that name, directly or by others, one of a circle of new rows."""
    named = _left(_edges(table, spool))
    if named:
        named = _left(_without_stored(table, spool, named))
    keys = {entry.number: entry for entry in spool.entries(named)}
    for number in sorted(named):
        circle, seen, step = [], set(), number
        while step not in seen:
            seen.add(step)
            circle.append(step)
            step = min(named[step])
        circle = circle[circle.index(step) :]
        shown = [keys[one].key for one in circle[:NAMED]]
        more = "…" if len(circle) > NAMED else keys[step].key
        entry = keys[number]
        entry.refuse(
            _("These rows name each other in a circle: %(keys)s.")
            % {"keys": ", ".join([*shown, more])}
        )
        spool.refuse(entry)


Graph = dict[int, set[int]]


def _edges(table: Table, spool: Spool) -> Graph:
    """The entries that name others of the files, by their numbers; none that is refused."""
    fits = "NOT EXISTS (SELECT 1 FROM refusals WHERE refusals.number = {}.number)"
    found: Graph = defaultdict(set)
    query = (
        "SELECT n.number, e.number FROM names n JOIN entries e ON e.tab = n.tab AND e.key = n.key "  # noqa: S608
        f"WHERE n.tab = ? AND {fits.format('n')} AND {fits.format('e')}"
    )
    for number, other in spool.ask(query, table.name):
        found[number].add(other)
    return found


def _without_stored(table: Table, spool: Spool, named: Graph) -> Graph:
    """Only the rows that are new."""
    keys = {entry.key: entry.number for entry in spool.entries(named)}
    stored: set[int] = set()
    name = key_name(table.model)
    for some in in_chunks(keys):
        rows = table.model._default_manager.filter(among(name, some)).order_by()
        stored |= {keys[key] for key in rows.values_list(name, flat=True)}
    return {number: others - stored for number, others in named.items() if number not in stored}


def _left(named: Graph) -> Graph:
    """What is left where everything goes that names nothing left."""
    naming: Graph = defaultdict(set)
    for number, others in named.items():
        for other in others:
            naming[other].add(number)
    left = {number: len(others) for number, others in named.items()}
    free = [number for number in {*named, *naming} if not left.get(number)]
    while free:
        for other in naming.get(free.pop(), ()):
            left[other] -= 1
            if not left[other]:
                free.append(other)
    return {
        number: {other for other in named[number] if left.get(other)}
        for number, count in left.items()
        if count
    }


def keep_parent(spool: Spool, entry: Entry) -> None:
    """Remember what lies above the row of an entry in its tree."""
    parent = getattr(entry.row, f"{up(entry.table)}_id")
    spool.database.execute(
        "INSERT INTO parents VALUES (?, ?, ?, ?)",
        (entry.table.name, entry.id, parent, entry.number),
    )


def up(table: Table) -> str:
    """The reference by which the rows of a table form a tree; empty where they form none."""
    return next((column for column in table.own_references if column in _UP), "")


def below_themselves(table: Table, spool: Spool) -> set[int]:
    """The numbers of the rows above which a circle is closed, together with those stored."""
    query = "SELECT id, parent, number FROM parents WHERE tab = ?"
    rows = spool.ask(query, table.name)
    above: dict[int, int | None] = {row: parent for row, parent, _number in rows}
    unknown: set[Any] = {*above.values()} - {None} - above.keys()
    while unknown:
        for some in in_chunks(unknown):
            stored = table.model._default_manager.filter(among("pk", some)).order_by()
            above.update(stored.values_list("pk", f"{up(table)}_id"))
        missing = unknown - above.keys()
        above.update(dict.fromkeys(missing))
        unknown = {above[row] for row in unknown} - {None} - above.keys()
    bad = _circling(above)
    return {number for row, _parent, number in rows if row in bad}


def _circling(above: dict[int, int | None]) -> set[int]:
    """The rows whose way up never ends."""
    ends: dict[int, bool] = {}
    for start in above:
        way, step = [], start
        seen: set[int] = set()
        while step is not None and step not in ends and step not in seen:
            seen.add(step)
            way.append(step)
            step = above.get(step)  # type: ignore[assignment]
        good = step is None or ends.get(step, False)
        ends.update(dict.fromkeys(way, good))
    return {row for row, good in ends.items() if not good}


def closes_circle(entry: Entry) -> ValidationError | None:
    """What the model of a row says once the way up from it leads back to it."""
    entry.row._state.fields_cache[up(entry.table)] = entry.row
    try:
        entry.row.clean()
    except ValidationError as error:
        return error
    return None
