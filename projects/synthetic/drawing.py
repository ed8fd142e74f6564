"""The rows of some subjects together, and what follows from them while they are in memory."""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from random import Random

from django.db.models import Model

from projects.models import (
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Project,
    Target,
)
from projects.models.derived.said import Money, Steps
from projects.synthetic.pools import Row
from projects.synthetic.portfolio import Portfolio
from projects.synthetic.seen import Seen
from projects.synthetic.standing import Publications, Said
from projects.synthetic.statements import Kind
from projects.values.known import Report

_OF: dict[type[Model], dict[str, type[Model]]] = {
    Participation: {"project_id": Project, "organization_id": Organization},
    AgreementParty: {"agreement_id": Agreement, "organization_id": Organization},
    Investment: {"project_id": Project},
    MilestoneDate: {"milestone_id": Milestone},
    Target: {"indicator_id": Indicator},
    Observation: {"indicator_id": Indicator},
}
"""Of which entities each kind of statement says something itself."""
_STEP = itemgetter("id", "kind", "project_id", "agreement_id", "seen_from")


class Drawing:
    """Rows by their tables, and what they say."""

    def __init__(self, portfolio: Portfolio, random: Random, publications: Publications) -> None:
        self.portfolio, self.random, self.publications = portfolio, random, publications
        self.kinds = {model: Kind(portfolio, random, model) for model in _OF}
        self.tables: dict[type[Model], list[Row]] = defaultdict(list)
        self.seen: dict[type[Model], Seen] = defaultdict(Seen)
        self.steps, self.money = Steps(), Money()
        self.reports: dict[int, list[Report]] = self.money.reports

    def state(self, model: type[Model], rows: Iterable[Row]) -> list[Said]:
        """Take in all statements of one kind of a subject: groups are whole."""
        said = self.publications.judge(list(rows))
        table, ways = self.tables[model], _OF[model].items()
        for row, _report in said:
            table.append(row)
            for column, entity in ways:
                self.seen[entity].say(row[column], row["out_from"])
        return said

    def date(self, milestone: Row, said: list[Said]) -> None:
        """Take in what is said of a milestone, for what is known of it and its project."""
        self.tables[Milestone].append(milestone)
        for row, report in said:
            if report is not None:
                days = row["date"], row["date_earliest"], row["date_latest"]
                stands = row["stands_from"], row["stands_until"], row["id"], *days
                project = milestone["project_id"]
                self.steps.say(project, row["milestone_id"], row["side"], stands, report)

    def invest(self, said: list[Said]) -> None:
        """Take in what is said of the money of a project."""
        for row, report in said:
            if report is not None:
                line = row["unit"], row["per"], row["basis"]
                counts = row["stands_from"], row["stands_until"], row["part_from"]
                bounds = row["amount_low"], row["amount_high"]
                self.money.say(row["project_id"], line, counts, bounds, report)

    def see(self, model: type[Model], *wider: tuple[str, type[Model]]) -> None:
        """Store from when each of these entities is there, and that they say it of wider ones."""
        seen = self.seen[model]
        for row in self.tables[model]:
            number = row["id"]
            for column, entity in wider:
                if row[column] is not None and number in seen:
                    self.seen[entity].say(row[column], seen[number])
            row["seen_from"] = seen.day(number)

    def say_steps(self) -> Steps:
        """The milestones, whose `seen_from` is stored, with all that is said of them."""
        self.steps.rows = list(map(_STEP, self.tables[Milestone]))
        return self.steps
