"""Funding: what is promised and what is paid, each currency and each `per` in a line of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Sum, Value, When

from projects.models import (
    Investment,
    InvestmentOrganization,
    KnownProject,
    NotCounted,
    Project,
)
from projects.models.investments import COUNTED_BY, HEADLINE
from projects.models.stretches import THEN, with_known
from projects.reports.known import known
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.amounts import Amount
from projects.values.readers import Reader
from projects.values.scopes import Scope

Sums = Mapping[str, Any]
"""What a total is made of, by the names of `SUMS`, beside what tells it apart."""

HEADLINE_COLUMNS = dict(zip(("unit", "per", "line_paid"), HEADLINE, strict=True))
"""What the sums of the headline have that tells them apart."""

Key = tuple[str, str, bool]
"""What tells two totals apart: the currency, the `per`, and whether paid."""

_CODE = re.compile(r"([a-z]{3})-(once|year)-(promised|paid)")


@dataclass(frozen=True)
class Line:
    """One total: the investments of one currency, one `per`, promised or paid.

    `amount` adds the stated ones and keeps the count of those without an amount.
    """

    unit: str
    per: str
    paid: bool
    amount: Amount
    parts: int

    @property
    def without_amount(self) -> int:
        """How many of the parts do not state an amount."""
        return self.amount.parts_not_stated

    @property
    def key(self) -> Key:
        """What tells the line apart."""
        return (self.unit, self.per, self.paid)

    @property
    def code(self) -> str:
        """A short text that tells the line apart, such as `cny-once-promised`."""
        return f"{self.unit.lower()}-{self.per}-{'paid' if self.paid else 'promised'}"

    @property
    def query(self) -> dict[str, str]:
        """The query that opens exactly its parts in the table of investments."""
        return {"counted": "true", "line": self.code}


def read_line(code: str) -> Key:
    """The currency, the `per` and whether paid of a line's code; ValueError for any other text."""
    read = _CODE.fullmatch(code)
    if read is None:
        raise ValueError(code)
    unit, per, kind = read.groups()
    return unit.upper(), per, kind == "paid"


@dataclass(frozen=True)
class LeftOut:
    """How many investments are left out of every total, for one reason."""

    reason: str
    label: str
    count: int


@dataclass(frozen=True)
class Funding:
    """Every total of some investments, and what none of them counts."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def headline(self) -> Line:
        """Promised, once, CNY; a line without parts where there is none."""
        return self.line(HEADLINE)

    def line(self, key: Key) -> Line:
        """The total of a currency, a `per`, and paid or not; without parts where there is none."""
        return next((line for line in self.lines if line.key == key), nothing(key))

    @property
    def others(self) -> tuple[Line, ...]:
        """The totals besides the headline."""
        return tuple(line for line in self.lines if line is not self.headline)

    @property
    def paid(self) -> tuple[Line, ...]:
        """The totals of what is said to be received."""
        return tuple(line for line in self.lines if line.paid)


def nothing(key: Key = HEADLINE) -> Line:
    """The total of no investments."""
    unit, per, paid = key
    return Line(unit, per, paid, Amount(unit=unit), 0)


def funding(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None = None
) -> Funding:
    """The totals of the investments that are out among these; one query, which reads them once."""
    return funding_of(summed(investments, reader, group))


def summed(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None = None
) -> list[Sums]:
    """What every total of these investments is made of, by why it does not count if so; one query.

    What is promised to a project and what only under an agreement are apart, as `of_project`.
    """
    of_project = _whether(project__isnull=False)
    if reader.stored(*COUNTED_BY) and reader.as_of is None and group is None:
        out = _out(investments, reader)
        return list(_summed(out, reason=F("left_out"), of_project=of_project))
    rows = summed_by_reasons(investments, reader, group, of_project=of_project)
    return [with_reason(row) for row in rows]


def summed_by_reasons(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None, **by: Any
) -> QuerySet[Any]:
    """The same split by every reason for which an investment may not count, and by these columns.

    Of a code that it works out PostgreSQL expects so many different ones that it sorts all rows;
    of what is true or not it knows that there are two, and adds up without sorting.
    """
    reasons = {f"is_{one.value}": F(f"is_{one.value}") for one in NotCounted}
    return _summed(_out(investments, reader).with_reasons(reader, group), **reasons, **by)


def with_reason(row: Sums) -> Sums:
    """Sums from `summed_by_reasons` with why they do not count, as `funding_of` reads it."""
    reason = next((one.value for one in NotCounted if row[f"is_{one.value}"]), "")
    return {**row, "reason": reason}


def funding_of(rows: Iterable[Sums]) -> Funding:
    """The totals that are made of these sums."""
    reasons = Counter[str]()
    counted: dict[Key, list[Sums]] = {}
    for row in rows:
        if row["reason"]:
            reasons[row["reason"]] += row["parts"]
        else:
            counted.setdefault((row["unit"], row["per"], row["line_paid"]), []).append(row)
    lines = [line_of(added(of_line)) for of_line in counted.values()]
    return Funding(
        tuple(sorted(lines, key=_headline_first)),
        tuple(
            LeftOut(reason.value, str(reason.label), reasons[reason.value])
            for reason in NotCounted
            if reason.value in reasons
        ),
    )


def promised_by_project(
    projects: Iterable[int], reader: Reader, group: frozenset[int] | None = None
) -> dict[int, Line]:
    """The headline of each of these projects that has one, by the project's id; one query."""
    investments = Investment.objects.filter(project__in=list(projects))
    mine = narrow(investments, Scope(organizations=group), reader)
    by = {"by": F("project")}
    return {row["by"]: line for row, line in headlines(mine, reader, group, **by)}


def headlines(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None, **by: Any
) -> Iterator[tuple[dict[str, Any], Line]]:
    """The headline of these investments, split by these columns of them; one query."""
    for row in summed_headline(investments, reader, group, **by):
        yield row, line_of(row | HEADLINE_COLUMNS)


def summed_headline(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None, **by: Any
) -> QuerySet[Any]:
    """What the headline of these investments is made of, split by these columns of them.

    `exact` is what is stated to the yuan.
    """
    return _sums(in_headline(investments, reader, group).values(**by))


def in_headline(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None
) -> QuerySet[Any]:
    """Those of these investments that count in the headline, as bare rows."""
    promised: Any = investments
    return _judged(promised.of_line(*HEADLINE), reader, group).filter(not_counted_because="")


def projects_without_investment(reader: Reader, scope: Scope) -> QuerySet[Project]:
    """The projects for which no investment is stated at all."""
    if reader.stored():
        there = narrow(visible(Project.objects.all(), reader), scope, reader)
        known = with_known(there, reader).alias(stated=F(f"{THEN}investment_stated"))
        without: QuerySet[Any] = known.filter(stated=False)
        return without
    stated = Investment.objects.out(reader).filter(project__isnull=False).values("project")
    projects = narrow(visible(Project.objects.all(), reader), scope, reader)
    return projects.exclude(pk__in=stated)


def count_without_investment(reader: Reader, scope: Scope) -> int:
    """How many projects there are for which no investment is stated at all."""
    if reader.stored():  # what is known of each says it, and whether it is there
        return known(KnownProject, reader, scope).filter(investment_stated=False).count()
    return projects_without_investment(reader, scope).count()


def _judged(
    investments: QuerySet[Investment], reader: Reader, group: frozenset[int] | None
) -> QuerySet[Any]:
    """These investments, as far as they are out, each with the reason why it does not count."""
    judged: QuerySet[Any] = _out(investments, reader).with_counted(reader, group)
    return judged


def _out(investments: QuerySet[Investment], reader: Reader) -> Any:
    """Those of these investments that are out, as bare rows."""
    rows: Any = _once(investments).select_related(None).prefetch_related(None).order_by()
    return rows.out(reader)


def _once(investments: QuerySet[Investment]) -> QuerySet[Investment]:
    """Each row once: a filter by several organizations finds it as often as it has of them."""
    tables = {join.table_name for join in investments.query.alias_map.values()}
    if InvestmentOrganization._meta.db_table not in tables:
        return investments
    return Investment.objects.filter(pk__in=investments.order_by().values("pk"))


SUMS = (
    *("low", "high", "exact", "parts", "not_stated", "open_above", "open_below"),
    *("low_excluded", "high_excluded", "approximate"),
)
"""What a total is made of: each can be added up further."""


def _summed(judged: QuerySet[Any], **by: Any) -> QuerySet[Any]:
    """What each line is made of, and further split by these columns."""
    paid = _whether(basis=Investment.Basis.PAID)
    return _sums(judged.values("unit", "per", line_paid=paid, **by))


def _whether(**condition: Any) -> Case:
    return Case(
        When(**condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _sums(split: QuerySet[Any]) -> QuerySet[Any]:
    """What the rows of each split are made of, added up in the database."""
    has_low, has_high = Q(amount_low__isnull=False), Q(amount_high__isnull=False)
    summed: QuerySet[Any] = split.annotate(
        low=Sum("amount_low"),
        high=Sum("amount_high"),
        parts=Count("*"),
        not_stated=Count("pk", filter=~has_low & ~has_high),
        open_above=Count("pk", filter=has_low & ~has_high),
        open_below=Count("pk", filter=~has_low & has_high),
        low_excluded=Count("pk", filter=has_low & Q(amount_low_included=False)),
        high_excluded=Count("pk", filter=has_high & Q(amount_high_included=False)),
        approximate=Count("pk", filter=Q(amount_approximate=True)),
        exact=Sum("amount_low", filter=Q(amount_low=F("amount_high"), amount_approximate=False)),
    )
    return summed


def added(rows: Sequence[Sums]) -> dict[str, Any]:
    """The sums of several rows of one total, as those of one row."""
    return {**rows[0], **{name: sum(row[name] or 0 for row in rows) for name in SUMS}}


def line_of(row: Sums) -> Line:
    """A total from the added bounds: an open upper bound opens the sum, an open lower adds as 0."""
    unit: str = row["unit"]
    amount = Amount(unit=unit, parts_not_stated=row["not_stated"])
    if row["parts"] > row["not_stated"]:
        amount = Amount(
            low=int(row["low"] or 0),
            high=None if row["open_above"] else int(row["high"]),
            low_included=row["low_excluded"] == 0,
            high_included=row["high_excluded"] == 0,
            approximate=row["approximate"] > 0,
            unit=unit,
            parts_not_stated=row["not_stated"],
            parts_open_below=row["open_below"],
        )
    return Line(unit, row["per"], bool(row["line_paid"]), amount, row["parts"])


def _headline_first(line: Line) -> tuple[bool, bool, str, str]:
    return (line.key != HEADLINE, line.paid, line.unit, line.per)
