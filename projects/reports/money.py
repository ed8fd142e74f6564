"""What is promised (once, CNY), split by project, group, sector, place or year.

Nothing is split or repeated: what belongs to several is a bar of its own, and so is what belongs to
none, so the bars of every way add up to the headline.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    F,
    Model,
    QuerySet,
    TextChoices,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.models import (
    Investment,
    Organization,
    Place,
    Project,
    Sector,
)
from projects.models.base import in_language
from projects.models.investments import HEADLINE
from projects.reports.funding import HEADLINE_COLUMNS, Line, Sums, added, line_of, summed_headline
from projects.reports.ranking import NONE, SEVERAL, ranked
from projects.values.amounts import Amount, total
from projects.values.dates import Period
from projects.values.readers import Reader

_OTHERS = _("all others together")

BETWEEN, NOT_DATED = "between", "not_dated"
"""The codes of the bars that are no single entity's or year's."""

MOST = 20
"""How many entities have a bar of their own; the others share one."""


class Way(TextChoices):
    """By what the headline is split."""

    PROJECT = "project", _("project")
    GROUP = "group", _("group of organizations")
    SECTOR = "sector", _("sector")
    PLACE = "place", _("place")
    YEAR = "year", _("year")


PARAMETERS = {way: "project" if way == Way.PROJECT else f"in_{way.value}" for way in Way}
"""The parameter of the table of investments that opens the rows of a bar by its code."""

SPECIAL: dict[Way, dict[str, Any]] = {
    Way.PROJECT: {NONE: _("under an agreement, no project stated")},
    Way.GROUP: {SEVERAL: _("several groups jointly"), NONE: _("no organization stated")},
    Way.SECTOR: {SEVERAL: _("several sectors"), NONE: _("no sector stated")},
    Way.PLACE: {SEVERAL: _("several places"), NONE: _("no place stated")},
    Way.YEAR: {BETWEEN: _("between two years"), NOT_DATED: _("not dated")},
}
"""The words of the bars that are no single entity's or year's, in the order in which they stand."""

_ENTITIES: dict[Way, type[Model]] = {
    Way.PROJECT: Project,
    Way.GROUP: Organization,
    Way.SECTOR: Sector,
    Way.PLACE: Place,
}


@dataclass(frozen=True)
class Bar:
    """What is promised to one project, by one group, in one year, or by the *several* of a way.

    `exact` is how much of it is stated to the yuan. Without a `code` it is what all the others that
    have no bar of their own come to; no filter opens just their rows.
    """

    way: Way
    code: str
    label: str
    line: Line
    exact: Amount

    @property
    def query(self) -> dict[str, str]:
        """The query that opens exactly its rows in the table of investments."""
        return self.line.query | {PARAMETERS[self.way]: self.code} if self.code else {}


def entity_of(way: Way) -> Any:
    """The id of the entity to whose bar an investment belongs; that of several, or NULL of none.

    Ids and not slugs, which a million rows would take long to look up and to compare.
    """
    match way:
        case Way.GROUP:
            return F("investors_head")
        case Way.SECTOR:
            return Coalesce("project__one_sector", "agreement__one_sector")
        case Way.PLACE:
            return F("project__one_place")
    return F("project")


def year_of(first: date | None, last: date | None) -> str:
    """The year to whose bar an investment of these days belongs, or a special code."""
    if first is None and last is None:
        return NOT_DATED
    if first is None or last is None or first.year != last.year:
        return BETWEEN
    return str(first.year)


def promised_by(
    way: Way,
    investments: QuerySet[Investment],
    reader: Reader,
    group: frozenset[int] | None = None,
    most: int = MOST,
) -> tuple[Bar, ...]:
    """The headline of these investments, split; the largest first, years in their order.

    One query. Beyond `most` entities, the others share a bar.
    """
    if way == Way.YEAR:
        return bars_of(way, _by_year(investments, reader, group))
    summed = summed_headline(investments, reader, group, code=entity_of(way))
    return bars_of(way, ranked(summed, most, _ENTITIES[way]))


def _by_year(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None
) -> list[dict[str, Any]]:
    """The headline by the codes of years; one query.

    The database splits by days, of which there are few: to tell the year of each takes it longer.
    """
    days = {"first": F("date_earliest"), "last": F("date_latest")}
    by_code: dict[str, list[Sums]] = {}
    for row in summed_headline(investments, reader, group, **days):
        by_code.setdefault(year_of(row["first"], row["last"]), []).append(row)
    return [{**added(rows), **HEADLINE_COLUMNS, "code": code} for code, rows in by_code.items()]


def bars_of(way: Way, rows: list[dict[str, Any]]) -> tuple[Bar, ...]:
    """The bars that these sums make, by their codes, and names where they have a bar of their own.

    Under an empty code are the `codes` that have none, None where they are not counted.
    """
    rows.sort(key=lambda row: (*size(row), row["code"]))
    bars = {row["code"]: _bar(way, row) for row in rows}
    special = [bars.pop(code) for code in SPECIAL[way] if code in bars]
    others = [bars.pop("")] if "" in bars else []
    own = [bars[year] for year in sorted(bars, key=int)] if way == Way.YEAR else bars.values()
    return (*own, *others, *special)


def size(row: Sums) -> tuple[int, int, int]:
    """The largest first, as they are ranked."""
    if row["parts"] == row["not_stated"]:
        return (1, 0, 0)
    return (-(row["low"] or 0), -min(row["open_above"], 1), -(row["high"] or 0))


def _bar(way: Way, row: dict[str, Any]) -> Bar:
    code: str = row["code"]
    if not code:
        count = row["codes"]
        label = _("%(count)s others together") % {"count": count} if count else str(_OTHERS)
    elif code in SPECIAL[way]:
        label = str(SPECIAL[way][code])
    elif way == Way.YEAR:
        label = _year_words(code)
    else:
        label = in_language(row["name_zh"], row["name_en"]) or code
    return Bar(way, code, label, line_of(row), _yuan(row["exact"] or 0))


def together(lines: Iterable[Line]) -> Line:
    """The sum of headlines that share no investment."""
    found = list(lines)
    unit, per, paid = HEADLINE
    amount = total((line.amount for line in found), unit)
    return Line(unit, per, paid, amount, sum(line.parts for line in found))


def _yuan(number: int) -> Amount:
    return Amount(low=int(number), high=int(number), unit=HEADLINE[0])


def _year_words(year: str) -> str:
    period = Period(year.zfill(4))
    return in_language(period.format("zh-hans"), period.format("en"))
