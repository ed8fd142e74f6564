"""Made-up rows that no database holds: unsaved instances with the ids that links need."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict

from projects.models import (
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    MilestoneKind,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    Side,
    Source,
    Statement,
    Target,
)
from projects.parameters import Parameters
from projects.values.amounts import Amount, read_amount
from projects.values.dates import VagueDate
from projects.values.readers import Reader
from projects.values.scopes import Scope

Stated = TypeVar("Stated", bound=Statement)

TODAY = date(2024, 6, 1)
EARLIER = date(2023, 6, 1)

_numbers = count(1)


def _days(edtf: str) -> tuple[date | None, date | None]:
    """The first and last possible day of an EDTF text, as saving would set them."""
    if not edtf:
        return None, None
    read = VagueDate(edtf)
    return read.earliest, read.latest


def source(title: str = "一则虚构的报道 / A made-up report", **columns: Any) -> Source:
    """A publication of April 2020, unless another date is given."""
    number = next(_numbers)
    defaults = {
        "outlet": "虚构日报",
        "published": "2020-04-26",
        "address": "https://example.com/report",
        "archive_address": "https://example.com/archived",
        "draft": False,
    }
    row: Any = Source(pk=number, slug=f"made-up-{number}", title=title, **defaults | columns)
    row.published_earliest, row.published_latest = _days(row.published)
    made: Source = row
    return made


SOURCE = source()
LATER_SOURCE = source("另一则虚构的报道 / Another made-up report", published="2023-03")
PLACE = Place(pk=1, slug="made-up", name_zh="示例新区", name_en="Sample New Area")
GROUP = Organization(pk=1, slug="made-up", name_zh="示例集团", name_en="Sample Group")
COMPANY = Organization(
    pk=2, slug="made-up-company", name_zh="示例科技", name_en="Sample Technology", parent=GROUP
)
GUESSED = Organization(
    pk=3,
    slug="made-up-branch",
    name_zh="示例分公司",
    name_en="Sample Branch",
    parent=GROUP,
    inferred="名称相近 / by its name",
)
AGREEMENT = Agreement(pk=1, slug="made-up", name_zh="示例协议", name_en="Sample Agreement")
PROJECT = Project(pk=1, slug="made-up", name_zh="示例产业园", name_en="Sample Park")
WIDER = Indicator(
    pk=2, slug="made-up-wider", name_zh="全产业产值", name_en="Output, whole sector", unit="CNY"
)
INDICATOR = Indicator(
    pk=1,
    slug="made-up",
    name_zh="示例产值",
    name_en="Sample output",
    unit="CNY",
    place=PLACE,
    wider=WIDER,
)


def parameters(
    query: Iterable[tuple[str, str]] = (), as_of: date | None = None, **more: Any
) -> Parameters:
    """What is asked of a page: everything, today, unless more is given."""
    prefer = more.pop("prefer", frozenset())
    return Parameters(Reader(TODAY, as_of, prefer), Scope(), carried=tuple(query), **more)


def asked(query: str = "") -> HttpRequest:
    """A request for a page of the site with this query string."""
    request = HttpRequest()
    request.method = "GET"
    request.path = "/components/"
    request.GET = QueryDict(query)
    return request


def investment(words: str = "数十亿元", **columns: Any) -> Any:
    """An investment of an amount as these words read it, counted and standing."""
    read = read_amount(words, columns.get("unit", "CNY")) if words else Amount()
    because = columns.pop("not_counted_because", "")
    organizations = columns.pop("organizations", [COMPANY])
    row: Any = stated(
        Investment, **{"project": PROJECT, "as_written": words} | _bounds(read) | columns
    )
    row.not_counted_because = because
    # As prefetch_related leaves it, so that nobody asks the database.
    rows: Any = Organization.objects.all()
    rows._result_cache, rows._prefetch_done = organizations, True
    row._prefetched_objects_cache = {"organizations": rows}
    return row


def party(organization: Organization, **columns: Any) -> AgreementParty:
    """A party of the agreement."""
    return stated(AgreementParty, agreement=AGREEMENT, organization=organization, **columns)


def participation(**columns: Any) -> Participation:
    """A company that builds the project."""
    builder = Participation.Role.BUILDER
    return stated(Participation, project=PROJECT, organization=COMPANY, role=builder, **columns)


def milestone(
    zh: str = "示例节点", en: str = "Sample step", kind: str = MilestoneKind.OPENED
) -> Milestone:
    """A step of the project."""
    number = next(_numbers)
    slug = f"made-up-{number}"
    return Milestone(pk=number, slug=slug, name_zh=zh, name_en=en, kind=kind, project=PROJECT)


def milestone_date(
    edtf: str = "2021-12", side: str = Side.DUE, step: Milestone | None = None, **columns: Any
) -> MilestoneDate:
    """A date of a milestone."""
    row = stated(MilestoneDate, milestone=step or milestone(), side=side, date=edtf, **columns)
    row.date_earliest, row.date_latest = _days(edtf)
    return row


def target(words: str = "不低于100亿元", period: str = "2022", **columns: Any) -> Target:
    """A target of the indicator."""
    return _measured(Target, words, period, **columns)


def observation(words: str = "90亿元", period: str = "2020", **columns: Any) -> Observation:
    """An observation of the indicator."""
    return _measured(Observation, words, period, **columns)


def stated(kind: type[Stated], **columns: Any) -> Stated:
    """A statement of any kind that stands, in the first of the publications."""
    stands = columns.pop("stands", not columns.get("restates_how"))
    number = next(_numbers)
    defaults = {"source": SOURCE, "locator": "第2段", "key": f"made-up-{number}"}
    row = kind(pk=number, **defaults | columns)
    row.stands = stands
    return row


def _measured(kind: type[Any], words: str, period: str, **columns: Any) -> Any:
    read = read_amount(words, "CNY")
    bounds = _bounds(read)
    for name in ("amount_low", "amount_high"):
        bounds[name] = None if bounds[name] is None else Decimal(bounds[name])
    given = {"indicator": INDICATOR, "as_written": words, "period": period} | bounds | columns
    row = stated(kind, **given)
    row.period_earliest, row.period_latest = _days(period)
    return row


def _bounds(amount: Amount) -> dict[str, Any]:
    return {
        "amount_low": amount.low,
        "amount_high": amount.high,
        "amount_low_included": amount.low_included,
        "amount_high_included": amount.high_included,
        "amount_approximate": amount.approximate,
    }
