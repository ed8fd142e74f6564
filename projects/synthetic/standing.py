"""When made-up statements are out and stand, told while they are drawn: no row is written twice."""

from collections.abc import Iterable, Sequence
from datetime import date

from projects.synthetic.pools import Row
from projects.values.known import Report
from projects.values.standing import Member, Stretch, stretches

Said = tuple[Row, Report | None]
"""A statement, and the publication that says it, if it is no draft."""


class Publications:
    """What says something, by its id."""

    def __init__(self, first: int, rows: Iterable[Row]) -> None:
        self.first = first
        self.days: list[tuple[Report | None, date | None]] = []
        for row in rows:
            earliest, latest = row["published_earliest"], row["published_latest"]
            report = (latest, earliest, row["id"], row["published"])
            self.days.append((None if row["draft"] else report, earliest))

    def day(self, source: int) -> date | None:
        """When a publication is out, if it is no draft."""
        report, _earliest = self.days[source - self.first]
        return report and report[0]

    def judge(self, rows: Sequence[Row]) -> list[Said]:
        """Tell of all statements of one kind of a subject when they are out and stand."""
        said: list[Said] = []
        groups: dict[int, list[Member]] = {}
        for row in rows:
            report, earliest = self.days[row["source_id"] - self.first]
            row["out_from"] = out_from = report and report[0]
            head = row["restates_id"]
            member = Member(row["id"], head is None, out_from, earliest)
            groups.setdefault(head or row["id"], []).append(member)
            said.append((row, report))
        found: dict[int, Stretch] = {}
        for members in groups.values():
            found.update(stretches(members))
        for row in rows:
            row["stands_from"], row["stands_until"] = found[row["id"]]
            if "part_of_id" in row:
                days = [one.out_from for one in groups.get(row["part_of_id"], ()) if one.out_from]
                row["part_from"] = min(days, default=None)
        return said
