"""Days on which something was published: the steps by which the record grew."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

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
    earlier = Q(published_latest__lt=reader.day)
    later = Q(published_latest__gt=reader.day, published_latest__lte=reader.today)
    found = _published().aggregate(
        previous=Max("published_latest", filter=earlier),
        following=Min("published_latest", filter=later),
    )
    return Neighbours(found["previous"], found["following"])


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
