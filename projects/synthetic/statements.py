"""What made-up publications say: vague and exact, repeated, superseded and disputed."""

from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Any

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
    RestatesHow,
    Side,
    Source,
    Target,
)
from projects.synthetic.pools import Row, amounts, dated, dates, quantities

if TYPE_CHECKING:
    from projects.synthetic.portfolio import Portfolio

_RIVALS = (RestatesHow.SUPERSEDED.value, RestatesHow.DISPUTED.value)
_PER = [Investment.Per.ONCE.value] * 9 + [Investment.Per.YEAR.value]
_UNITS = ["CNY"] * 18 + ["USD", "EUR"]
_IN_WORDS = {"CNY": "元", "USD": "美元", "EUR": "欧元"}


class _Kind:
    """The rows of one kind, numbered as they come."""

    def __init__(self, portfolio: "Portfolio", random: Random, model: type[Model]) -> None:
        self.portfolio, self.random = portfolio, random
        self.first = portfolio.first[model]
        self.key = f"{portfolio.prefix}-{model._meta.model_name}-"
        self.sources, self.many = portfolio.first[Source], portfolio.counts[Source]
        self.number = 0

    def row(self, restates: int | None = None, how: str = "", **columns: Any) -> Row:
        """The next row; `restates` is the id of an earlier one."""
        number = self.number
        self.number += 1
        return {
            "id": self.first + number,
            "key": f"{self.key}{number}",
            "source_id": self.sources + int(self.random.random() * self.many),
            "locator": f"第{1 + number % 30}段" if number % 8 else "",
            "restates_id": restates,
            "restates_how": how,
            **columns,
        }

    def rival(self, standing: Row, **columns: Any) -> Row:
        """The next row, which says something else of the same thing."""
        return self.row(standing["id"], self.random.choice(_RIVALS), **columns)


def participations(portfolio: "Portfolio", random: Random) -> Iterator[Row]:
    """Three of each project; now and then one is reported twice."""
    kind = _Kind(portfolio, random, Participation)
    roles = Participation.Role.values
    for number in range(portfolio.projects):
        project = portfolio.first[Project] + number
        for _ in range(3):
            said: Row = {
                "project_id": project,
                "organization_id": portfolio.any(random, Organization),
                "role": random.choice(roles),
            }
            row = kind.row(**said)
            yield row
            if random.random() < 0.05:
                yield kind.row(row["id"], RestatesHow.REPEATS.value, **said)


def parties(portfolio: "Portfolio", random: Random) -> Iterator[Row]:
    """Two of each agreement."""
    kind = _Kind(portfolio, random, AgreementParty)
    many = portfolio.counts[Organization]
    for number in range(portfolio.agreements):
        one = int(random.random() * many)
        for step in range(2):
            yield kind.row(
                agreement_id=portfolio.first[Agreement] + number,
                organization_id=portfolio.first[Organization] + (one + step) % many,
                role=AgreementParty.Role.SIGNATORY.value,
            )


def investments(portfolio: "Portfolio", random: Random) -> Iterator[Row]:
    """Ten of each project: some restate the one before that stands, some are a part of it."""
    kind = _Kind(portfolio, random, Investment)
    pool, days = amounts(), dates()
    bases, instruments = Investment.Basis.values, ["", *Investment.Instrument.values]
    for number in range(portfolio.projects):
        project = portfolio.first[Project] + number
        standing: Row | None = None
        for _ in range(10):
            draw = random.random()
            # The first of them is not stated.
            words, amount = pool[int(random.random() * len(pool)) if draw < 0.92 else 0]
            unit = random.choice(_UNITS)
            said: Row = {
                "project_id": project,
                "basis": random.choice(bases),
                "per": random.choice(_PER),
                "instrument": random.choice(instruments),
                "unit": unit,
                "as_written": words.replace("元", _IN_WORDS[unit]),
                "part_of_id": None,
                **amount,
                **dated("date", random.choice(days) if draw < 0.7 else ""),
            }
            if standing is None or draw > 0.25:
                row = kind.row(**said)
                standing = row
            elif draw < 0.06:
                row = kind.row(standing["id"], RestatesHow.REPEATS.value, **_same(standing))
            elif draw < 0.15:
                row = kind.rival(standing, **said)
            else:
                line = {name: standing[name] for name in ("unit", "per", "basis")}
                in_words = words.replace("元", _IN_WORDS[line["unit"]])
                row = kind.row(**said | line | {"as_written": in_words})
                row["part_of_id"] = standing["id"]
            yield row


_OWN_OF_EACH = ("id", "key", "source_id", "locator", "restates_id", "restates_how")


def _same(standing: Row) -> Row:
    """What another publication repeats."""
    return {name: value for name, value in standing.items() if name not in _OWN_OF_EACH}


def milestone_dates(portfolio: "Portfolio", random: Random) -> Iterator[Row]:
    """What each milestone was due and when it was reached, with rivals."""
    kind = _Kind(portfolio, random, MilestoneDate)
    days = dates()
    for number in range(portfolio.counts[Milestone]):
        milestone = portfolio.first[Milestone] + number
        for side, share in ((Side.DUE, 0.8), (Side.REACHED, 0.45), (Side.NOT_YET, 0.05)):
            if random.random() > share:
                continue
            said: Row = {"milestone_id": milestone, "side": side.value}
            row = kind.row(**said, **dated("date", random.choice(days)))
            yield row
            if random.random() < 0.15:
                yield kind.rival(row, **said, **dated("date", random.choice(days)))


def targets(portfolio: "Portfolio", random: Random) -> Iterator[Row]:
    """Three years of each indicator."""
    kind = _Kind(portfolio, random, Target)
    for number in range(portfolio.indicators):
        for year in (2018, 2020, 2022):
            yield from _figures(kind, number, year, {})


def observations(portfolio: "Portfolio", random: Random) -> Iterator[Row]:
    """Ten years of each indicator, preliminary and final."""
    kind = _Kind(portfolio, random, Observation)
    for number in range(portfolio.indicators):
        for year in range(2016, 2026):
            for status in (Observation.Status.PRELIMINARY, Observation.Status.FINAL):
                if random.random() < 0.8:
                    yield from _figures(kind, number, year, {"status": status.value})


def _figures(kind: _Kind, number: int, year: int, more: Row) -> Iterator[Row]:
    """A figure of an indicator in a year, and now and then a rival."""
    rows: list[Row] = []
    for _ in range(1 + (kind.random.random() < 0.1)):
        words, amount = kind.random.choice(quantities())
        said: Row = {
            "indicator_id": kind.portfolio.first[Indicator] + number,
            "as_written": words,
            **amount,
            **dated("period", str(year)),
            **more,
        }
        rows.append(kind.rival(rows[0], **said) if rows else kind.row(**said))
    yield from rows
