"""What each organization comes to with all below it: its projects and what is promised."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from projects.models import Investment, Organization, Participation
from projects.reports.funding import HEADLINE
from projects.values.readers import Reader


@dataclass
class RollUp:
    """One organization with all below it: its group's slug, its projects, its headline's bounds.

    Bounds are in whole yuan, once, promised; `high` is None where a part is open above, and both
    are None where no part states an amount. `not_stated` counts the parts that do not.
    """

    group: str = ""
    projects: set[int] = field(default_factory=set)
    low: int | None = None
    high: int | None = None
    not_stated: int = 0

    def add(self, low: int | None, high: int | None) -> None:
        """Add an investment: an open upper bound opens the sum, an open lower one adds as 0."""
        if low is None and high is None:
            self.not_stated += 1
            return
        first = self.low is None
        self.low = (self.low or 0) + (low or 0)
        if first:
            self.high = high
        elif self.high is not None:
            self.high = None if high is None else self.high + high


def roll_up(reader: Reader, direct: bool = False) -> defaultdict[int, RollUp]:
    """The roll-up of every organization by its id; `direct` leaves out what lies below it.

    A project counts once, and an investment where all its organizations are in the total, as in
    `funding` with a group. Four queries, whatever the number of organizations.
    """
    tree = _Tree(direct)
    # What an editor adds between two of these queries has an empty roll-up; it breaks no download.
    found: defaultdict[int, RollUp] = defaultdict(RollUp)
    for pk in tree.slugs:
        found[pk].group = tree.group(pk)
    members: dict[int, set[int]] = defaultdict(set)
    for investment, member, project in _investing(reader):
        members[investment].add(member)
        if project is not None:
            for above in tree.totals_of(member):
                found[above].projects.add(project)
    for member, project in _taking_part(reader):
        for above in tree.totals_of(member):
            found[above].projects.add(project)
    for investment, low, high in _promised(reader):
        for above in tree.shared_totals(members[investment]):
            found[above].add(low, high)
    return found


class _Tree:
    """Who stands above whom today, read once."""

    def __init__(self, direct: bool) -> None:
        rows = list(Organization.objects.order_by().values_list("pk", "parent", "slug"))
        self.direct = direct
        self.slugs = {pk: slug for pk, _parent, slug in rows}
        self.parents = {pk: parent for pk, parent, _slug in rows}

    def line(self, pk: int) -> list[int]:
        """The organization and those above it, the root last; a cycle of parents ends by itself."""
        line: dict[int, None] = {}
        step: int | None = pk
        while step is not None and step not in line:
            line[step] = None
            step = self.parents.get(step)
        return list(line)

    def group(self, pk: int) -> str:
        """The slug of the root."""
        return self.slugs[self.line(pk)[-1]]

    def totals_of(self, pk: int) -> list[int]:
        """The organizations in whose totals this one counts."""
        return [pk] if self.direct else self.line(pk)

    def shared_totals(self, members: set[int]) -> set[int]:
        """The organizations in whose totals all of these count; of none, none."""
        totals = [set(self.totals_of(member)) for member in members]
        return set.intersection(*totals) if totals else set()


def _taking_part(reader: Reader) -> Iterator[tuple[int, int]]:
    rows = Participation.objects.standing(reader).order_by()
    return rows.values_list("organization", "project").iterator()


def _investing(reader: Reader) -> Iterator[tuple[int, int, int | None]]:
    rows = Investment.objects.standing(reader).filter(organizations__isnull=False).order_by()
    return rows.values_list("pk", "organizations", "project").iterator()


def _promised(reader: Reader) -> Iterator[tuple[int, int | None, int | None]]:
    unit, per, _paid = HEADLINE
    rows = Investment.objects.counted(reader).promised().filter(unit=unit, per=per).order_by()
    return rows.values_list("pk", "amount_low", "amount_high").iterator()
