"""Random small portfolios such as editors could enter, and random questions to them.

The lists are short and the values few, so that ties, drafts and groups meet often.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from projects.values.amounts import Amount
from tests.reports.descriptions import (
    AgreementParty,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Project,
    Question,
    Source,
    Statement,
    Target,
    World,
)

PUBLISHED = (
    "2020-04-26",
    "2020-04",
    "2020-04-30",
    "../2020-04-30",
    "2020-33",
    "2021-04-16",
    "2022",
)
DAYS = tuple(
    date.fromisoformat(day)
    for day in ("2020-03-31", "2020-04-26", "2020-04-30", "2021-04-16", "2022-04-29", "2022-04-30",
                "2022-12-31", "2024-12-31")
)  # fmt: skip
STEP_DAYS = ("2020-04-26", "2020-04", "2019", "../2020-04", "2021-01-01/..", "2022-04-29",
             "2023-04-26/2025-04-26", "2020-04-26", "2022")  # fmt: skip
KINDS = ("planned", "signed", "invested", "started", "opened", "at_capacity", "suspended",
         "cancelled", "other", "signed", "cancelled")  # fmt: skip
AMOUNTS = (
    Amount(),
    Amount(3_200_000_000, 3_200_000_000),
    Amount(2_000_000_000, 10_000_000_000, high_included=False),
    Amount(5_000_000, approximate=True),
    Amount(700_000_000, low_included=False),
    Amount(None, 900_000_000, high_included=False),
    Amount(None, 40_000_000),
    Amount(10**13, 10**13),
    Amount(0, 0),
)
HOW = st.sampled_from(("repeats", "superseded", "disputed"))
INDEX = st.integers(0, 5)
"""Picks from a list whose length is not known yet: modulo."""


@st.composite
def worlds(draw: Any) -> World:
    """A portfolio; every reference is one that the site's checks allow."""
    published = st.tuples(st.sampled_from(PUBLISHED), st.sampled_from((False, False, True)))
    drawn = draw(st.lists(published, min_size=1, max_size=5))
    sources = tuple(Source(number, *one) for number, one in enumerate(drawn, 1))
    source = st.sampled_from([one.id for one in sources])
    organizations = _organizations(draw(st.lists(st.tuples(INDEX, source), min_size=1, max_size=4)))
    organization = st.sampled_from([one.id for one in organizations])
    agreements = tuple(range(1, 1 + draw(st.integers(0, 2))))
    stands_under = draw(st.lists(st.sampled_from((None, *agreements)), min_size=1, max_size=3))
    projects = tuple(Project(number, one) for number, one in enumerate(stands_under, 1))
    project = st.sampled_from([one.id for one in projects])
    subject = st.sampled_from(
        [(one.id, None) for one in projects] + [(None, one) for one in agreements]
    )
    milestones = tuple(
        Milestone(number, *of, kind)
        for number, (of, kind) in enumerate(
            draw(st.lists(st.tuples(subject, st.sampled_from(KINDS)), max_size=6)), 1
        )
    )
    roles = st.sampled_from(("builder", "operator"))
    taking_part = st.tuples(source, HOW, st.booleans(), st.tuples(project, roles), organization)
    parties = st.tuples(source, HOW, organization, st.sampled_from(agreements or (0,)))
    measured = st.tuples(source, HOW, st.tuples(project, st.sampled_from(("2020", "2022"))))
    return World(
        sources,
        organizations,
        agreements,
        projects,
        milestones,
        participations=_participations(draw(st.lists(taking_part, max_size=4))),
        parties=_parties(draw(st.lists(parties, max_size=3 if agreements else 0))),
        investments=_investments(
            draw(st.lists(_investment(source, subject, organization), max_size=8)),
            draw(st.booleans()),
        ),
        dates=_dates(draw, milestones, source),
        targets=_measured(Target, draw(st.lists(measured, max_size=2))),
        observations=_measured(Observation, draw(st.lists(measured, max_size=2))),
    )


@st.composite
def questions(draw: Any, world: World) -> Question:
    """A reader of that portfolio."""
    stated = [(kind, one.id) for kind, found in world.statements.items() for one in found]
    prefer = st.frozensets(st.sampled_from(stated), max_size=3) if stated else st.just(frozenset())
    group = st.sampled_from([None, *(one.id for one in world.organizations)])
    return Question(
        draw(st.sampled_from(DAYS)),
        draw(st.sampled_from((None, *DAYS))),
        draw(prefer),
        draw(group),
        draw(st.booleans()),
    )


def _organizations(drawn: list[tuple[int, int]]) -> tuple[Organization, ...]:
    """A parent is one of those before, so no chain of parents closes."""
    found = []
    for number, (index, source) in enumerate(drawn, 1):
        parent = index if 0 < index < number else None
        found.append(Organization(number, parent, source if parent or index == 5 else None))
    return tuple(found)


def _join(thing: Any, roots: dict[Any, int], number: int, how: str) -> tuple[int | None, str]:
    """The root of the thing and how it is restated; the first of a thing stands."""
    root = roots.setdefault(thing, number)
    return (None, "") if root == number else (root, how)


def _participations(drawn: list[Any]) -> tuple[Participation, ...]:
    roots: dict[Any, int] = {}
    found = []
    for number, (source, how, joins, thing, organization) in enumerate(drawn, 1):
        restated = _join(thing, roots, number, how) if joins else (None, "")
        found.append(Participation(number, source, *restated, *thing[:1], organization, thing[1]))
    return tuple(found)


def _parties(drawn: list[Any]) -> tuple[AgreementParty, ...]:
    roots: dict[Any, int] = {}
    return tuple(
        AgreementParty(number, source, *_join((agreement, by), roots, number, how), agreement, by)
        for number, (source, how, by, agreement) in enumerate(drawn, 1)
    )


def _measured(kind: type[Statement], drawn: list[Any]) -> tuple[Any, ...]:
    roots: dict[Any, int] = {}
    return tuple(
        kind(number, source, *_join(thing, roots, number, how), *thing)
        for number, (source, how, thing) in enumerate(drawn, 1)
    )


def _dates(draw: Any, milestones: tuple[Milestone, ...], source: Any) -> tuple[MilestoneDate, ...]:
    if not milestones:
        return ()
    thing = st.tuples(
        st.sampled_from([one.id for one in milestones]),
        st.sampled_from(("reached", "due", "not_yet", "reached")),
    )
    date_of = st.sampled_from(("", *STEP_DAYS))
    roots: dict[Any, int] = {}
    found = []
    for number, (about, day, how, said) in enumerate(
        draw(st.lists(st.tuples(thing, date_of, HOW, source), max_size=10)), 1
    ):
        stated = day or ("" if about[1] == "due" else "2020-04")
        found.append(MilestoneDate(number, said, *_join(about, roots, number, how), *about, stated))
    return tuple(found)


def _investment(source: Any, subject: Any, organization: Any) -> Any:
    return st.fixed_dictionaries(
        {
            "source": source,
            "subject": subject,
            "organizations": st.frozensets(organization, max_size=2),
            "amount": st.sampled_from(AMOUNTS),
            "unit": st.sampled_from(("CNY", "CNY", "CNY", "USD")),
            "per": st.sampled_from(("once", "once", "year")),
            "basis": st.sampled_from(("announced", "agreed", "contracted", "paid")),
            "joins": st.one_of(st.none(), INDEX),
            "part": st.one_of(st.none(), INDEX),
            "how": HOW,
        }
    )


def _investments(drawn: list[dict[str, Any]], backwards: bool) -> tuple[Investment, ...]:
    """Groups and parts as the checks allow them; `backwards` numbers the later ones lower."""
    found: list[Investment] = []
    for place, one in enumerate(drawn, 1):
        number = len(drawn) + 1 - place if backwards else place
        project, agreement = one["subject"]
        same = [two for two in found if (two.project, two.agreement) == one["subject"]]
        roots = [two.id for two in same if two.restates is None]
        joins = one["joins"] is not None and roots
        made = Investment(
            id=number,
            source=one["source"],
            restates=roots[one["joins"] % len(roots)] if joins else None,
            restates_how=one["how"] if joins else "",
            project=project,
            agreement=agreement,
            organizations=one["organizations"],
            amount=replace(one["amount"], unit=one["unit"]),
            per=one["per"],
            basis=one["basis"],
            part_of=None,
        )
        wholes = [two.id for two in same if _may_contain(two, made)]
        if one["part"] is not None and wholes:
            made = replace(made, part_of=wholes[one["part"] % len(wholes)])
        found.append(made)
    return tuple(found)


def _may_contain(whole: Investment, part: Investment) -> bool:
    """A whole is no part, is of the same line, and stands in another group."""
    return (
        whole.part_of is None
        and _line(whole) == _line(part)
        and (part.restates is None or part.restates not in (whole.id, whole.restates))
    )


def _line(one: Investment) -> tuple[str, str, bool]:
    return one.amount.unit, one.per, one.basis == "paid"
