"""What made-up publications say: vague and exact, repeated, superseded and disputed."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

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
from projects.synthetic.portfolio import Portfolio

_MOST: dict[type[Model], int] = {
    Participation: 6,
    AgreementParty: 2,
    Investment: 10,
    MilestoneDate: 6,
    Target: 6,
    Observation: 40,
}
"""So many ids a subject has for each kind of statement; those that are not drawn are left out."""
_REPEATS = RestatesHow.REPEATS.value
_RIVALS = (RestatesHow.SUPERSEDED.value, RestatesHow.DISPUTED.value)
_SIDES = ((Side.DUE.value, 0.8), (Side.REACHED.value, 0.45), (Side.NOT_YET.value, 0.05))
_ROLES = Participation.Role.values
_BASES, _INSTRUMENTS = Investment.Basis.values, ["", *Investment.Instrument.values]
_PER = [Investment.Per.ONCE.value] * 9 + [Investment.Per.YEAR.value]
_UNITS = ["CNY"] * 18 + ["USD", "EUR"]
_IN_WORDS = {"CNY": "元", "USD": "美元", "EUR": "欧元"}
_STATUSES = (Observation.Status.PRELIMINARY.value, Observation.Status.FINAL.value)


class Kind:
    """The statements of one kind, subject by subject."""

    def __init__(self, portfolio: Portfolio, random: Random, model: type[Model]) -> None:
        self.portfolio, self.stream, self.draw = portfolio, random, random.random
        self.first, self.most = portfolio.first[model], _MOST[model]
        self.key = f"{portfolio.prefix}-{model._meta.model_name}-"
        self.sources, self.many = portfolio.first[Source], portfolio.counts[Source]
        self.number = 0

    def go_to(self, subject: int) -> None:
        """Number the next rows as those of this subject."""
        self.number = subject * self.most

    def one(self, values: Sequence[Any]) -> Any:
        """Any of these values."""
        return values[int(self.draw() * len(values))]

    def row(self, said: Row, restates: int | None = None, how: str = "") -> Row:
        """The next row; `restates` is the id of an earlier one."""
        number = self.number
        self.number += 1
        return {
            **said,
            "id": self.first + number,
            "key": f"{self.key}{number}",
            "source_id": self.sources + int(self.draw() * self.many),
            "locator": f"第{1 + number % 30}段" if number % 8 else "",
            "restates_id": restates,
            "restates_how": how,
        }

    def rival(self, standing: Row, said: Row) -> Row:
        """The next row, which says something else of the same thing."""
        return self.row(said, standing["id"], self.one(_RIVALS))


def participations(kind: Kind, project: int) -> Iterator[Row]:
    """Three of a project; now and then one is reported twice."""
    kind.go_to(project)
    for _ in range(3):
        said: Row = {
            "project_id": kind.portfolio.first[Project] + project,
            "organization_id": kind.portfolio.any(kind.stream, Organization),
            "role": kind.one(_ROLES),
        }
        row = kind.row(said)
        yield row
        if kind.draw() < 0.05:
            yield kind.row(said, row["id"], _REPEATS)


def parties(kind: Kind, agreement: int) -> Iterator[Row]:
    """Two of an agreement."""
    kind.go_to(agreement)
    first, many = kind.portfolio.first, kind.portfolio.counts[Organization]
    one = int(kind.draw() * many)
    for step in range(2):
        yield kind.row(
            {
                "agreement_id": first[Agreement] + agreement,
                "organization_id": first[Organization] + (one + step) % many,
                "role": AgreementParty.Role.SIGNATORY.value,
            }
        )


def investments(kind: Kind, project: int) -> Iterator[Row]:
    """Ten of a project: some restate the one before that stands, some are a part of it."""
    kind.go_to(project)
    pool, days = amounts(), dates()
    of_project = kind.portfolio.first[Project] + project
    standing: Row | None = None
    for _ in range(10):
        draw = kind.draw()
        # The first of them is not stated.
        words, amount = kind.one(pool) if draw < 0.92 else pool[0]
        unit = kind.one(_UNITS)
        said: Row = {
            **amount,
            **dated("date", kind.one(days) if draw < 0.7 else ""),
            "project_id": of_project,
            "basis": kind.one(_BASES),
            "per": kind.one(_PER),
            "instrument": kind.one(_INSTRUMENTS),
            "unit": unit,
            "as_written": words.replace("元", _IN_WORDS[unit]),
            "part_of_id": None,
        }
        if standing is None or draw > 0.25:
            row = standing = kind.row(said)
        elif draw < 0.06:
            row = kind.row(standing, standing["id"], _REPEATS)
        elif draw < 0.15:
            row = kind.rival(standing, said)
        else:
            row = kind.row(said | {name: standing[name] for name in ("unit", "per", "basis")})
            row["as_written"] = words.replace("元", _IN_WORDS[row["unit"]])
            row["part_of_id"] = standing["id"]
        yield row


def investors(kind: Kind, investment: Row) -> Iterator[Row]:
    """None, one or two organizations of an investment that restates no other."""
    draw = kind.draw()
    if draw < 0.2 or investment["restates_id"] is not None:
        return
    first, many = kind.portfolio.first[Organization], kind.portfolio.counts[Organization]
    one = int(kind.draw() * many)
    for step in range(1 + (draw > 0.85)):
        organization = first + (one + step) % many
        yield {"investment_id": investment["id"], "organization_id": organization}


def milestone_dates(kind: Kind, milestone: Row) -> Iterator[Row]:
    """What a milestone was due and when it was reached, with rivals."""
    kind.go_to(milestone["id"] - kind.portfolio.first[Milestone])
    days = dates()
    for side, share in _SIDES:
        if kind.draw() > share:
            continue
        said: Row = {"milestone_id": milestone["id"], "side": side}
        row = kind.row(said | dated("date", kind.one(days)))
        yield row
        if kind.draw() < 0.15:
            yield kind.rival(row, said | dated("date", kind.one(days)))


def targets(kind: Kind, indicator: int) -> Iterator[Row]:
    """Three years of an indicator."""
    kind.go_to(indicator)
    for year in (2018, 2020, 2022):
        yield from _figures(kind, indicator, year, {})


def observations(kind: Kind, indicator: int) -> Iterator[Row]:
    """Ten years of an indicator, preliminary and final."""
    kind.go_to(indicator)
    for year in range(2016, 2026):
        for status in _STATUSES:
            if kind.draw() < 0.8:
                yield from _figures(kind, indicator, year, {"status": status})


def _figures(kind: Kind, indicator: int, year: int, more: Row) -> Iterator[Row]:
    """A figure of an indicator in a year, and now and then a rival."""
    rows: list[Row] = []
    for _ in range(1 + (kind.draw() < 0.1)):
        words, amount = kind.one(quantities())
        said: Row = {
            "indicator_id": kind.portfolio.first[Indicator] + indicator,
            "as_written": words,
            **amount,
            **dated("period", str(year)),
            **more,
        }
        rows.append(kind.rival(rows[0], said) if rows else kind.row(said))
    yield from rows
