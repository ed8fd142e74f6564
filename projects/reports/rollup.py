"""What each organization comes to with all below it: its projects and what is promised."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from projects.models import Investment, Organization, Participation
from projects.models.investments import HEADLINE
from projects.reports.funding import Line, nothing
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.amounts import Amount, total
from projects.values.readers import Reader
from projects.values.scopes import Scope
from projects.values.trees import line_above


@dataclass
class RollUp:
    """One organization with all below it: its group's slug, its projects, and what is promised.

    `promised` is the headline (once, CNY): the sum of the investments that count in this total.
    """

    group: str = ""
    projects: set[int] = field(default_factory=set)
    promised: Line = field(default_factory=nothing)

    def add(self, amount: Amount) -> None:
        """Add an investment to what is promised."""
        line = self.promised
        sum_of_both = line.amount + amount if line.parts else total([amount], line.unit)
        self.promised = replace(line, amount=sum_of_both, parts=line.parts + 1)


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
    for pk, member, project in _investing(reader):
        members[pk].add(member)
        if project is not None:
            for above in tree.totals_of(member):
                found[above].projects.add(project)
    for member, project in _taking_part(reader):
        for above in tree.totals_of(member):
            found[above].projects.add(project)
    for investment in _promised(reader):
        for above in tree.shared_totals(members[investment.pk]):
            found[above].add(investment.amount)
    return found


class _Tree:
    """Who stands above whom today, read once."""

    def __init__(self, direct: bool) -> None:
        rows = list(Organization.objects.with_known_parent().order_by().only("slug"))
        self.direct = direct
        self.slugs = {one.pk: one.slug for one in rows}
        self.parents = {one.pk: one.known_parent_id for one in rows}

    def line(self, pk: int) -> list[int]:
        """The organization and those above it, the root last."""
        return line_above(pk, self.parents)

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


def _promised(reader: Reader) -> Iterator[Investment]:
    unit, per, _paid = HEADLINE
    rows = Investment.objects.counted(reader).promised().filter(unit=unit, per=per).order_by()
    return rows.iterator()


@dataclass(frozen=True)
class OrganizationRow:
    """An organization and its roll-up."""

    organization: Organization
    total: RollUp

    @property
    def parent(self) -> Organization | None:
        """Who controls it, as far as readers know."""
        return self.organization.parent if self.organization.known_parent_id else None

    @property
    def projects(self) -> int:
        """In how many projects it or one below it takes part or invests."""
        return len(self.total.projects)

    @property
    def promised(self) -> Line:
        """What is promised by it and all below it."""
        return self.total.promised


def organizations(reader: Reader, scope: Scope) -> QuerySet[Organization]:
    """The organizations of the scope that are there."""
    rows = narrow(visible(Organization.objects.with_known_parent(), reader), scope, reader)
    return rows.select_related("parent", "parent_source").defer("parent_source__full_text")


def organization_rows(
    rows: Iterable[Organization], reader: Reader, direct: bool = False
) -> list[OrganizationRow]:
    """Organizations with their roll-ups; four queries more."""
    totals = roll_up(reader, direct)
    return [OrganizationRow(organization, totals[organization.pk]) for organization in rows]


@dataclass(frozen=True)
class Branch:
    """An organization in its tree, and those below it."""

    row: OrganizationRow
    children: tuple["Branch", ...]


def trees(rows: Iterable[OrganizationRow]) -> list[Branch]:
    """Organizations as trees: a root is one whose parent is not among them.

    A circle of parents that got in by another way has no root: its first one stands for it.
    """
    found = {row.organization.pk: row for row in rows}
    below: dict[int | None, list[OrganizationRow]] = defaultdict(list)
    for row in found.values():
        parent = row.organization.known_parent_id
        below[parent if parent in found else None].append(row)
    branches = [_branch(row, below, frozenset()) for row in below[None]]
    shown = {pk for branch in branches for pk in _members(branch)}
    for pk, row in found.items():
        if pk not in shown:
            branches.append(_branch(row, below, frozenset()))
            shown |= set(_members(branches[-1]))
    return branches


def _members(branch: Branch) -> Iterator[int]:
    yield branch.row.organization.pk
    for child in branch.children:
        yield from _members(child)


def _branch(
    row: OrganizationRow, below: dict[int | None, list[OrganizationRow]], above: frozenset[int]
) -> Branch:
    path = above | {row.organization.pk}
    children = [child for child in below[row.organization.pk] if child.organization.pk not in path]
    return Branch(row, tuple(_branch(child, below, path) for child in children))
