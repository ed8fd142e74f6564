"""The rows of what statements are about, and of publications."""

from collections.abc import Iterator
from random import Random
from typing import Any

from django.db.models import Model

from projects.models import (
    Agreement,
    Indicator,
    Milestone,
    MilestoneKind,
    Organization,
    Place,
    Project,
    Sector,
    Source,
)
from projects.synthetic.pools import FIRST, LAST, Row, dated, dates
from projects.synthetic.portfolio import MILESTONES, Portfolio
from projects.values.dates import VagueDate

SECTORS = 8
_LONG = "数字经济与先进计算产业协同创新示范基地及配套基础设施建设运营一体化"
_CHINESE: dict[type[Model], str] = {
    Place: "地点",
    Sector: "领域",
    Organization: "公司",
    Agreement: "协议",
    Project: "项目",
    Milestone: "节点",
    Indicator: "指标",
}


def named(portfolio: Portfolio, random: Random, model: type[Model], number: int) -> Row:
    """A row with its names: some are long, many shared, and some missing in one language."""
    name = model._meta.model_name
    draw = random.random()
    return {
        "id": portfolio.first[model] + number,
        "slug": f"{portfolio.prefix}-{name}-{number}",
        "name_zh": f"合成{_CHINESE[model]}{number}{_LONG if draw > 0.96 else ''}",
        "name_en": "" if draw < 0.1 else f"Synthetic {name} {number % 5_000}",
    }


def sources(portfolio: Portfolio, random: Random) -> Iterator[Row]:
    """Publications, some of which are drafts."""
    known = [text for text in dates() if _published_by_then(text)]
    kinds = Source.Kind.values
    for number in range(portfolio.counts[Source]):
        yield {
            "id": portfolio.first[Source] + number,
            "slug": f"{portfolio.prefix}-source-{number}",
            "title": f"合成报道{number}{_LONG * (random.random() < 0.1)}",
            "outlet": f"合成日报{number % 40}",
            "kind": random.choice(kinds),
            "draft": random.random() < 0.03,
            **dated("published", random.choice(known)),
        }


def _published_by_then(text: str) -> bool:
    latest = VagueDate(text).latest
    return latest is not None and FIRST <= latest <= LAST


def places(portfolio: Portfolio, random: Random) -> Iterator[Row]:
    """Places within places."""
    first = portfolio.first[Place]
    for number in range(portfolio.counts[Place]):
        above = None if number < 2 else first + (number - 2) // 6
        yield {**named(portfolio, random, Place, number), "parent_id": above}


def sectors(portfolio: Portfolio, random: Random) -> Iterator[Row]:
    """The few fields of work."""
    for number in range(SECTORS):
        yield named(portfolio, random, Sector, number)


def organizations(portfolio: Portfolio, random: Random) -> Iterator[Row]:
    """Organizations, most of them within a group."""
    many, first = portfolio.counts[Organization], portfolio.first[Organization]
    groups, kinds = max(3, many // 40), Organization.Kind.values
    for number in range(many):
        above = number >= groups
        yield {
            **named(portfolio, random, Organization, number),
            "kind": random.choice(kinds),
            "parent_id": first + (number - groups) // 4 if above else None,
            "parent_source_id": portfolio.any(random, Source) if above else None,
        }


def agreement(portfolio: Portfolio, random: Random, number: int) -> Row:
    """An agreement of any kind."""
    kind = random.choice(Agreement.Kind.values)
    return {**named(portfolio, random, Agreement, number), "kind": kind}


def signing(portfolio: Portfolio, random: Random, agreement: int) -> Row:
    """The milestone of an agreement, behind those of the projects."""
    return {
        **named(portfolio, random, Milestone, portfolio.projects * MILESTONES + agreement),
        "kind": MilestoneKind.SIGNED.value,
        "project_id": None,
        "agreement_id": portfolio.first[Agreement] + agreement,
    }


def project(portfolio: Portfolio, random: Random, number: int) -> Row:
    """A project, more often than not under an agreement."""
    under = random.random() < 0.6
    return {
        **named(portfolio, random, Project, number),
        "summary_zh": f"合成项目{number}的说明。",
        "agreement_id": portfolio.any(random, Agreement) if under else None,
    }


def milestones(portfolio: Portfolio, random: Random, project: int) -> Iterator[Row]:
    """The milestones of a project, all of different kinds."""
    for step, kind in enumerate(random.sample(MilestoneKind.values, MILESTONES)):
        yield {
            **named(portfolio, random, Milestone, project * MILESTONES + step),
            "kind": kind,
            "project_id": portfolio.first[Project] + project,
            "agreement_id": None,
        }


def indicator(portfolio: Portfolio, random: Random, number: int, block: range) -> Row:
    """An indicator of a place or of one of these projects."""
    of_place = number % 2 == 0
    own = portfolio.first[Project] + block.start + int(random.random() * len(block))
    return {
        **named(portfolio, random, Indicator, number),
        "unit": "CNY",
        "place_id": portfolio.any(random, Place) if of_place else None,
        "project_id": None if of_place else own,
    }


def tied(
    portfolio: Portfolio, random: Random, ends: tuple[type[Model], type[Model]], number: int
) -> Iterator[Row]:
    """One or two ties of a row to different others."""
    of, to = ends
    many = SECTORS if to is Sector else portfolio.counts[to]
    one = int(random.random() * many)
    for step in range(1 + (random.random() < 0.3)):
        yield tie(of, portfolio.first[of] + number, to, portfolio.first[to] + (one + step) % many)


def tie(of: type[Model], one: int, to: type[Model], other: int) -> dict[str, Any]:
    """A tie of two rows."""
    return {f"{of._meta.model_name}_id": one, f"{to._meta.model_name}_id": other}
