"""Builders of test data: each stores one valid row, and every column can be given another value.

Slugs and keys are unique by a counter. Dates are EDTF texts; their first and last day are set on
save. `amount="32亿元"` is read as an editor's words are, in the unit of the row.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any

from projects.models import (
    Agreement,
    AgreementParty,
    AgreementSector,
    Indicator,
    Investment,
    InvestmentOrganization,
    Milestone,
    MilestoneDate,
    MilestoneKind,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    ProjectPlace,
    ProjectSector,
    Sector,
    Side,
    Source,
    Target,
)
from projects.values.amounts import Amount, read_amount

_numbers = count(1)


def source(**overrides: Any) -> Source:
    """A news report of 26 April 2020 that is published on the site."""
    number = next(_numbers)
    defaults = {
        "slug": f"source-{number}",
        "title": f"报道{number}",
        "published": "2020-04-26",
        "draft": False,
    }
    return Source.objects.create(**defaults | overrides)


def organization(**overrides: Any) -> Organization:
    """A company; with a `parent` it has a source that names it."""
    if overrides.get("parent") and "parent_source" not in overrides:
        overrides["parent_source"] = source()
    return Organization.objects.create(**_named("organization", "公司") | overrides)


def place(**overrides: Any) -> Place:
    """A place that lies in none."""
    return Place.objects.create(**_named("place", "地点") | overrides)


def sector(**overrides: Any) -> Sector:
    """A field of cooperation."""
    return Sector.objects.create(**_named("sector", "领域") | overrides)


def agreement(*, sectors: Iterable[Sector] = (), **overrides: Any) -> Agreement:
    """A signed agreement without parties."""
    made = Agreement.objects.create(**_named("agreement", "协议") | overrides)
    for one in sectors:
        AgreementSector.objects.create(agreement=made, sector=one)
    return made


def project(
    *, places: Iterable[Place] = (), sectors: Iterable[Sector] = (), **overrides: Any
) -> Project:
    """A project under no agreement."""
    made = Project.objects.create(**_named("project", "项目") | overrides)
    for spot in places:
        ProjectPlace.objects.create(project=made, place=spot)
    for field in sectors:
        ProjectSector.objects.create(project=made, sector=field)
    return made


def milestone(**overrides: Any) -> Milestone:
    """The start of building, of a new project unless a `project` or an `agreement` is given."""
    defaults = _named("milestone", "节点") | {"kind": MilestoneKind.STARTED}
    _choose(overrides, "project", "agreement", project)
    return Milestone.objects.create(**defaults | overrides)


def participation(**overrides: Any) -> Participation:
    """A company that builds a project."""
    defaults: dict[str, Any] = _statement(overrides) | {"role": Participation.Role.BUILDER}
    _fill(overrides, project=project, organization=organization)
    return Participation.objects.create(**defaults | overrides)


def agreement_party(**overrides: Any) -> AgreementParty:
    """A company that signed an agreement."""
    defaults = _statement(overrides)
    _fill(overrides, agreement=agreement, organization=organization)
    return AgreementParty.objects.create(**defaults | overrides)


def investment(
    *,
    organizations: Iterable[Organization] = (),
    amount: str | Amount | None = None,
    **overrides: Any,
) -> Investment:
    """An announced investment of 1亿元, once, by nobody stated, in a new project if none is given.

    `amount="未说明"`, or a `unit` without an amount, gives one whose amount is not stated.
    """
    defaults = _statement(overrides)
    _choose(overrides, "project", "agreement", project)
    given = "1亿元" if amount is None and "unit" not in overrides else amount
    if given is not None:
        read = _read(given, overrides.get("unit", "CNY"))
        defaults |= _columns(given, read, overrides) | {"unit": read.unit}
    made = Investment.objects.create(**defaults | overrides)
    for investor in organizations:
        InvestmentOrganization.objects.create(investment=made, organization=investor)
    return made


def milestone_date(**overrides: Any) -> MilestoneDate:
    """A milestone reached in May 2019."""
    defaults = _statement(overrides) | {"side": Side.REACHED, "date": "2019-05"}
    _fill(overrides, milestone=milestone)
    return MilestoneDate.objects.create(**defaults | overrides)


def indicator(**overrides: Any) -> Indicator:
    """A sum of money measured of a new place, unless a `place` or a `project` is given."""
    defaults = _named("indicator", "指标") | {"unit": "CNY"}
    _choose(overrides, "place", "project", place)
    return Indicator.objects.create(**defaults | overrides)


def target(*, amount: str | Amount | None = None, **overrides: Any) -> Target:
    """At least 100 (亿元, where the unit is CNY) in 2022."""
    defaults = _statement(overrides) | {"period": "2022"}
    _fill(overrides, indicator=indicator)
    defaults |= _measured(amount, overrides, at_least=True)
    return Target.objects.create(**defaults | overrides)


def observation(*, amount: str | Amount | None = None, **overrides: Any) -> Observation:
    """Exactly 90 (亿元, where the unit is CNY) in 2020, final."""
    defaults = _statement(overrides) | {"period": "2020"}
    _fill(overrides, indicator=indicator)
    defaults |= _measured(amount, overrides, at_least=False)
    return Observation.objects.create(**defaults | overrides)


def _named(word: str, chinese: str) -> dict[str, Any]:
    """A slug and both names with one number."""
    number = next(_numbers)
    return {
        "slug": f"{word}-{number}",
        "name_zh": f"{chinese}{number}",
        "name_en": f"{word.title()} {number}",
    }


def _statement(overrides: dict[str, Any]) -> dict[str, Any]:
    """A key, a source, and where another statement is restated: that it is superseded."""
    _fill(overrides, source=source)
    defaults: dict[str, Any] = {"key": f"statement-{next(_numbers)}"}
    if overrides.get("restates"):
        defaults["restates_how"] = "superseded"
    return defaults


def _fill(overrides: dict[str, Any], **builders: Any) -> None:
    """Build what a row needs and was not given; a column given by its `_id` is left alone."""
    for name, build in builders.items():
        if name not in overrides and f"{name}_id" not in overrides:
            overrides[name] = build()


def _choose(overrides: dict[str, Any], first: str, second: str, build: Any) -> None:
    """Build the first of two subjects where neither was given."""
    if not {first, second, f"{first}_id", f"{second}_id"} & set(overrides):
        overrides[first] = build()


def _measured(
    amount: str | Amount | None, overrides: dict[str, Any], at_least: bool
) -> dict[str, Any]:
    """The columns of an amount in the unit of the row's indicator."""
    unit: str = overrides["indicator"].unit
    if amount is None:
        number = (100 if at_least else 90) * (10**8 if unit == "CNY" else 1)
        amount = Amount(low=number, high=None if at_least else number, unit=unit)
    read = _read(amount, unit)
    assert read.unit == unit, f"{read.unit} is not the indicator's {unit}"
    return _columns(amount, read, overrides)


def _read(amount: str | Amount, unit: str) -> Amount:
    return read_amount(amount, unit) if isinstance(amount, str) else amount


def _columns(amount: str | Amount, read: Amount, overrides: dict[str, Any]) -> dict[str, Any]:
    """The columns of an amount, and its words where it is given by them."""
    if {"amount_low", "amount_high"} & set(overrides):
        return {}
    return {
        "amount_low": read.low,
        "amount_high": read.high,
        "amount_low_included": read.low_included,
        "amount_high_included": read.high_included,
        "amount_approximate": read.approximate,
        "as_written": amount if isinstance(amount, str) else "",
    }
