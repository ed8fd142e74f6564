"""Recounts a described portfolio statement by statement, from the description of the domain.

It shares no code with the reports but the values (amounts, dates, stage and state of plain values),
and is as slow and plain as can be.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from projects.values.amounts import Amount, total
from projects.values.dates import VagueDate
from projects.values.delivery import Kind, Reached, rank, stage_of, state_of
from tests.reports.descriptions import (
    Investment,
    Milestone,
    MilestoneDate,
    Project,
    Question,
    Statement,
    World,
)

Line = tuple[str, str, bool]
"""Currency, per, and whether paid."""


class Recount:
    """What one reader must see of a portfolio; rows are named by their ids."""

    def __init__(self, world: World, question: Question) -> None:
        self.world = world
        self.question = question
        self.day: date = question.as_of or question.today
        self.sources = {one.id: one for one in world.sources}
        self.milestones = {one.id: one for one in world.milestones}

    # What is out, and what of it stands

    def source_out(self, number: int | None) -> bool:
        if number is None or self.sources[number].draft:
            return False
        as_of = self.question.as_of
        latest = VagueDate(self.sources[number].published).latest
        return as_of is None or (latest is not None and latest <= as_of)

    def out(self, statements: Iterable[Any]) -> list[Any]:
        return [one for one in statements if self.source_out(one.source)]

    def standing(self, kind: str) -> list[Any]:
        groups: dict[int, list[Statement]] = {}
        for one in self.out(self.world.statements[kind]):
            groups.setdefault(one.restates or one.id, []).append(one)
        return [self._stands_of(kind, members) for members in groups.values()]

    def _stands_of(self, kind: str, members: list[Statement]) -> Statement:
        chosen = [one for one in members if (kind, one.id) in self.question.prefer] or members
        for one in chosen:
            if one.restates is None:
                return one
        newest = [one for one in chosen if self._newness(one.source) == self._newest(chosen)]
        return min(newest, key=lambda one: one.id)

    def _newest(self, members: list[Statement]) -> tuple[date, date]:
        return max(self._newness(one.source) for one in members)

    def _newness(self, source: int) -> tuple[date, date]:
        published = VagueDate(self.sources[source].published)
        assert published.latest is not None
        return published.latest, published.earliest or date.min

    def published_later(self) -> set[int]:
        """The investments in question whose publication came out after the day asked."""
        later = [one for one in self.world.investments if self._comes_later(one.source)]
        members = self.members
        return {one.id for one in later if members is None or one.organizations & members}

    def _comes_later(self, source: int) -> bool:
        return not self.sources[source].draft and not self.source_out(source)

    # What is there, and what of it is the group's

    @cached_property
    def members(self) -> frozenset[int] | None:
        """The group's organizations, or None where no group is asked."""
        root = self.question.group
        if root is None:
            return None
        found = {root}
        # Whom only a draft names as a parent, nobody knows as one.
        drafts = {source.id for source in self.world.sources if source.draft}
        for _depth in self.world.organizations:
            if not self.question.direct:
                found |= {
                    one.id
                    for one in self.world.organizations
                    if one.parent in found and one.source not in drafts
                }
        return frozenset(found)

    def there(self, stating: Iterable[int | None]) -> bool:
        """Whether something is there of which these sources state anything."""
        sources = [source for source in stating if source is not None]
        if any(self.source_out(source) for source in sources):
            return True
        return self.question.as_of is None and not sources

    def about_project(self, number: int) -> list[int]:
        """The sources of all that is stated about the project itself."""
        world = self.world
        own = (*world.participations, *world.investments, *world.targets, *world.observations)
        steps = {one.id for one in world.milestones if one.project == number}
        return [
            *(one.source for one in own if one.project == number),
            *(one.source for one in world.dates if one.milestone in steps),
        ]

    @cached_property
    def projects_of_members(self) -> set[int]:
        members = self.members or frozenset()
        return {
            *(one.project for one in self.standing("participation") if one.organization in members),
            *(
                one.project
                for one in self.standing("investment")
                if one.project and one.organizations & members
            ),
        }

    def in_scope(self, project: int) -> bool:
        return self.members is None or project in self.projects_of_members

    @cached_property
    def agreements_of_members(self) -> set[int]:
        members = self.members or frozenset()
        parties = self.standing("agreement-party")
        return {one.agreement for one in parties if one.organization in members}

    @cached_property
    def projects(self) -> list[Project]:
        return [
            one
            for one in self.world.projects
            if self.in_scope(one.id) and self.there(self.about_project(one.id))
        ]

    @cached_property
    def organizations(self) -> set[int]:
        world = self.world

        def stating(number: int) -> list[int | None]:
            return [
                *(one.source for one in world.participations if one.organization == number),
                *(one.source for one in world.parties if one.organization == number),
                *(one.source for one in world.investments if number in one.organizations),
                *(one.source for one in world.organizations if number in (one.id, one.parent)),
            ]

        return {
            one.id
            for one in world.organizations
            if (self.members is None or one.id in self.members) and self.there(stating(one.id))
        }

    @cached_property
    def agreements(self) -> set[int]:
        world = self.world

        def stating(number: int) -> list[int]:
            steps = {one.id for one in world.milestones if one.agreement == number}
            return [
                *(one.source for one in world.parties if one.agreement == number),
                *(one.source for one in world.investments if one.agreement == number),
                *(one.source for one in world.dates if one.milestone in steps),
            ]

        return {
            one
            for one in world.agreements
            if (self.members is None or one in self.agreements_of_members)
            and self.there(stating(one))
        }

    # Delivery

    @cached_property
    def dates(self) -> dict[tuple[int, str], MilestoneDate]:
        """The standing date of each side of each milestone."""
        return {(one.milestone, one.side): one for one in self.standing("milestone-date")}

    def reached_steps(self, subject: Project | Milestone) -> list[tuple[Milestone, MilestoneDate]]:
        """What was reached of a project (with its agreement's signing) or beside a milestone."""
        if isinstance(subject, Milestone) and subject.project:
            subject = next(one for one in self.world.projects if one.id == subject.project)
        found = []
        for step in self.world.milestones:
            if isinstance(subject, Project):
                signing = step.kind == "signed" and step.agreement is not None
                own = step.project == subject.id
                belongs = own or (signing and step.agreement == subject.agreement)
            else:
                belongs = step.agreement == subject.agreement
            if belongs and (step.id, "reached") in self.dates:
                found.append((step, self.dates[step.id, "reached"]))
        return found

    def stage(self, project: Project) -> str:
        reached = []
        for step, said in self.reached_steps(project):
            when = VagueDate(said.date)
            reached.append(Reached(Kind(step.kind), when.earliest, when.latest))
        return stage_of(reached)

    @cached_property
    def cancelled(self) -> set[int]:
        return {one.id for one in self.world.projects if self.stage(one) == "cancelled"}

    def state(self, step: Milestone) -> str:
        due = self.dates.get((step.id, "due"))
        when = VagueDate(due.date) if due and due.date else None
        place = rank(Kind(step.kind))
        others = [rank(Kind(other.kind)) for other, _said in self.reached_steps(step)]
        later = [one for one in others if one is not None and place is not None and one > place]
        return state_of(
            self.day,
            when and when.earliest,
            when and when.latest,
            reached=(step.id, "reached") in self.dates,
            passed_over=step.project in self.cancelled or bool(later),
            dated=when is not None,
        )

    @cached_property
    def states(self) -> dict[int, str]:
        """The state of every milestone that is there in the scope."""
        return {
            step.id: self.state(step)
            for step in self.world.milestones
            if self._step_in_scope(step)
            and self.there(said.source for said in self.world.dates if said.milestone == step.id)
        }

    def _step_in_scope(self, step: Milestone) -> bool:
        if step.project is not None:
            return self.in_scope(step.project)
        return self.members is None or step.agreement in self.agreements_of_members

    def last_report(self, project: int) -> int | None:
        sources = [one for one in self.about_project(project) if self.source_out(one)]
        if not sources:
            return None
        newest = max(self._newness(one) for one in sources)
        return min(one for one in sources if self._newness(one) == newest)

    def silent(self, project: Project) -> bool:
        last = self.last_report(project.id)
        if last is None or self.stage(project) in ("cancelled", "at_capacity"):
            return False
        reported, _earliest = self._newness(last)
        # No publication of the strategies ends on 29 February.
        return reported.replace(year=reported.year + 2) <= self.day

    # Funding

    @cached_property
    def investments(self) -> list[Investment]:
        """Those that are out and the group's."""
        found: list[Investment] = self.out(self.world.investments)
        return [one for one in found if self.members is None or one.organizations & self.members]

    def reason(self, one: Investment, members: frozenset[int] | None) -> str:
        """Why it does not count, empty where it does."""
        if one not in self.standing("investment"):
            return "restates"
        if self._whole_is_out(one):
            return "part_of"
        if one.project in self.cancelled and one.basis != "paid":
            return "cancelled"
        if members is not None and one.organizations - members:
            return "joint"
        return ""

    def _whole_is_out(self, one: Investment) -> bool:
        by_id = {other.id: other for other in self.world.investments}
        whole = one.part_of
        if whole is None and one.restates is not None:
            whole = by_id[one.restates].part_of
        if whole is None:
            return False
        root = by_id[whole].restates or whole
        group = [other for other in by_id.values() if root in (other.id, other.restates)]
        return bool(self.out(group))

    def lines(self, investments: Iterable[Investment]) -> dict[Line, tuple[Amount, int]]:
        """What counts of these in the group, by line: the sum and the number of its parts."""
        found: dict[Line, list[Amount]] = {}
        for one in investments:
            if not self.reason(one, self.members):
                line = (one.amount.unit, one.per, one.basis == "paid")
                found.setdefault(line, []).append(one.amount)
        return {line: (total(parts, line[0]), len(parts)) for line, parts in found.items()}

    def counts_in_headline(self, one: Investment) -> bool:
        """Whether it enters the line promised, once, CNY."""
        line = (one.amount.unit, one.per, one.basis == "paid")
        return line == ("CNY", "once", False) and not self.reason(one, self.members)

    def left_out(self) -> Counter[str]:
        reasons = Counter(self.reason(one, self.members) for one in self.investments)
        del reasons[""]
        return reasons

    def without_investment(self) -> set[int]:
        stated = {one.project for one in self.out(self.world.investments)}
        return {one.id for one in self.projects} - stated

    def roll_up(self, organization: int) -> tuple[set[int], tuple[Amount, int]]:
        """An organization's projects and its headline, with all below it unless `direct`."""
        own = Recount(self.world, replace_group(self.question, organization))
        headline = own.lines(own.investments).get(("CNY", "once", False), (Amount(), 0))
        return own.projects_of_members, headline

    # Provenance

    def disagreements(self) -> int:
        """Groups with a rival that is out, another member that is out, and one in the scope."""
        count = 0
        for kind, statements in self.world.statements.items():
            groups: dict[int, list[Statement]] = {}
            for one in self.out(statements):
                groups.setdefault(one.restates or one.id, []).append(one)
            count += sum(
                len(group) > 1
                and any(one.restates_how == "disputed" for one in group)
                and any(self.statement_in_scope(kind, one) for one in group)
                for group in groups.values()
            )
        return count

    def statement_in_scope(self, kind: str, one: Any) -> bool:
        if self.members is None:
            return True
        if kind in ("participation", "agreement-party"):
            return one.organization in self.members
        if kind == "investment":
            return bool(one.organizations & self.members)
        if kind == "milestone-date":
            return self._step_in_scope(self.milestones[one.milestone])
        return one.project in self.projects_of_members

    def sources_in_scope(self) -> set[int]:
        """Publications that are out and, in a group, state something that is the group's."""
        return {
            one.id
            for one in self.world.sources
            if self.source_out(one.id)
            and (
                self.members is None
                or any(
                    said.source == one.id and self.statement_in_scope(kind, said)
                    for kind, statements in self.world.statements.items()
                    for said in statements
                )
            )
        }


def replace_group(question: Question, organization: int) -> Question:
    """The same question of another organization."""
    return Question(question.today, question.as_of, question.prefer, organization, question.direct)
