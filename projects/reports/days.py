"""Days on which something was published: the steps by which the record grew."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Subquery

from projects.models import Source
from projects.values.readers import Reader


@dataclass(frozen=True)
class Neighbours:
    """The day of publication before the day shown and the one after it, where there are any."""

    previous: date | None
    following: date | None


@dataclass(frozen=True)
class PublicationDay:
    """A day on which publications came out, at the latest, and how many."""

    day: date
    publications: int


def neighbours(reader: Reader) -> Neighbours:
    """The steps to take from the reader's day, none of them beyond today; one query."""
    found = beside(day_before=day_before(reader), day_after=day_after(reader))
    return Neighbours(found.get("day_before"), found.get("day_after"))


def day_before(reader: Reader) -> Subquery:
    """The last day of publication before the reader's day, in the query of another row."""
    earlier = _published().filter(published_latest__lt=reader.day)
    return Subquery(earlier.order_by("-published_latest").values("published_latest")[:1])


def day_after(reader: Reader) -> Subquery:
    """The first day of publication after the reader's day, in the query of another row."""
    later = Q(published_latest__gt=reader.day, published_latest__lte=reader.today)
    rows = _published().filter(later).order_by("published_latest")
    return Subquery(rows.values("published_latest")[:1])


def beside(**asked: Any) -> dict[str, Any]:
    """Several values that belong to no row, in one query; nothing where there is no publication.

    Each is found by an index of its own, where one aggregate of all would read every publication.
    """
    found: Any = Source.objects.order_by("pk").values(**asked).first()
    values: dict[str, Any] = found or {}
    return values


def earlier_days(reader: Reader, limit: int) -> list[PublicationDay]:
    """So many days of publication before the reader's day, the last first; one query."""
    days = _published().filter(published_latest__lt=reader.day).values_list("published_latest")
    counted = days.annotate(count=Count("pk")).order_by("-published_latest")[:limit]
    return [PublicationDay(day, count) for day, count in counted]


def day_before_all(reader: Reader) -> date | None:
    """The day before anything was published, where something was by the reader's day; one query."""
    first: date | None = _published().aggregate(first=Min("published_latest"))["first"]
    if first is None or not date.min < first <= reader.day:
        return None
    return first - timedelta(days=1)


def _published() -> QuerySet[Source]:
    """Every publication on the site: a draft is none."""
    return Source.objects.filter(draft=False).order_by()
