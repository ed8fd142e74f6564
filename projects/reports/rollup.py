"""What each organization comes to with all below it: its projects and what is promised."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from projects.models import Investment, InvestmentOrganization, Organization, Participation
from projects.models.investments import HEADLINE
from projects.reports.funding import Line, nothing
from projects.reports.scope import narrow
from projects.reports.tree import Tree
from projects.reports.visible import visible
from projects.values.amounts import Amount, total
from projects.values.readers import Reader
from projects.values.scopes import Scope


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


def roll_up(
    reader: Reader, direct: bool = False, of: Collection[int] | None = None
) -> defaultdict[int, RollUp]:
    """The roll-up of every organization, or of these, by its id; `direct` leaves out what is below.

    A project counts once, and an investment where all its organizations are in the total, as in
    `funding` with a group. Three queries, which read what belongs to the organizations asked alone.
    """
    tree = Tree.whole(direct) if of is None else Tree.below(of, direct)
    # What an editor adds between two of these queries has an empty roll-up; it breaks no download.
    found: defaultdict[int, RollUp] = defaultdict(RollUp)
    for pk in tree.slugs:
        found[pk].group = tree.group(pk)
    for above, projects in projects_of(tree, reader).items():
        found[above].projects |= projects
    investments, members = _promised(tree, reader)
    for pk, amount in investments.items():
        for above in tree.shared_totals(members[pk]):
            found[above].add(amount)
    return found


def projects_of(tree: Tree, reader: Reader) -> dict[int, set[int]]:
    """The projects in which organizations or those below them take part or invest; one query."""
    taking_part = Participation.objects.standing(reader).values_list("organization", "project")
    investments = Investment.objects.standing(reader).filter(project__isnull=False).order_by()
    investing = InvestmentOrganization.objects.filter(investment__in=investments.values("pk"))
    if tree.narrow:
        taking_part = taking_part.filter(organization__in=tree.slugs)
        investing = investing.filter(organization__in=tree.slugs)
    pairs = investing.order_by().values_list("organization", "investment__project")
    found: dict[int, set[int]] = defaultdict(set)
    for member, project in taking_part.order_by().union(pairs).iterator():
        for above in tree.totals_of(member):
            found[above].add(project)
    return found


def _promised(tree: Tree, reader: Reader) -> tuple[dict[int, Amount], dict[int, set[int]]]:
    """The amounts that count in the headline, and the organizations that put each in; one query."""
    counted: QuerySet[Any] = Investment.objects.counted(reader).of_line(*HEADLINE).order_by()
    if tree.narrow:
        mine = InvestmentOrganization.objects.filter(organization__in=tree.slugs)
        counted = counted.filter(pk__in=mine.values("investment"))
    amounts: dict[int, Amount] = {}
    members: dict[int, set[int]] = defaultdict(set)
    links = InvestmentOrganization.objects.filter(investment__in=counted.values("pk"))
    links = links.select_related("investment").order_by()
    for link in links.iterator():
        amounts[link.investment_id] = link.investment.amount
        members[link.investment_id].add(link.organization_id)
    return amounts, members


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
    """Organizations with their roll-ups; three queries more."""
    found = list(rows)
    totals = roll_up(reader, direct, {organization.pk for organization in found})
    return [OrganizationRow(organization, totals[organization.pk]) for organization in rows]
