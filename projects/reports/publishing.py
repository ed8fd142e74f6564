"""What would come of publishing a source, or of making it a draft again."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from projects.models import (
    Agreement,
    Indicator,
    Investment,
    Milestone,
    Organization,
    Place,
    Project,
    Sector,
    Source,
    Statement,
)
from projects.models.publishing import publish, unpublish
from projects.reports.funding import Line, funding
from projects.reports.provenance import all_said_by
from projects.reports.visible import visible
from projects.values.readers import Reader

_ENTITIES = (Project, Organization, Agreement, Milestone, Indicator, Place, Sector)


@dataclass(frozen=True)
class Rows:
    """Rows of one kind, under the name of the kind."""

    label: str
    rows: tuple[Any, ...]


@dataclass(frozen=True)
class Outcome:
    """What comes on the site or goes, the headline before and after, what stands against it.

    `proposed` are the statements that are to stand, each with what it restates.
    """

    statements: tuple[Rows, ...]
    proposed: tuple[Statement, ...]
    entities: tuple[Rows, ...]
    before: Line
    after: Line
    problems: tuple[str, ...]


def outcome(source: Source, user: Any) -> Outcome:
    """What publishing a draft would do, or making a published source a draft again.

    Done, read and taken back, so that it cannot differ from what will be done; on SQLite other
    writers wait for it.
    """
    stated = all_said_by(source)
    before, there = _total(), _there()
    problems: list[str] = []
    with transaction.atomic():
        try:
            _switch(source, user)
        except ValidationError as error:
            problems = error.messages
        after, then = _total(), _there()
        transaction.set_rollback(True)
    return Outcome(
        statements=tuple(_by_kind(stated)),
        proposed=tuple(row for row in stated if row.proposed),
        entities=tuple(
            Rows(
                str(model._meta.verbose_name_plural),
                tuple(model._default_manager.filter(pk__in=ids)),
            )
            for model in _ENTITIES
            if (ids := there[model] ^ then[model])
        ),
        before=before,
        after=after,
        problems=tuple(problems),
    )


def _switch(source: Source, user: Any) -> None:
    """Publish another copy of the source, or make it a draft again."""
    copy = Source.objects.get(pk=source.pk)
    if copy.draft:
        publish(copy, reason="", user=user)
    else:
        unpublish(copy, reason="–", user=user)


def _reader() -> Reader:
    return Reader(timezone.localdate())


def _total() -> Line:
    """The headline of the site as it is."""
    return funding(Investment.objects.all(), _reader()).headline


def _there() -> dict[Any, set[int]]:
    """The ids of all entities that are on the site; a query a kind."""
    return {
        model: set(
            visible(model._default_manager.order_by(), _reader()).values_list("pk", flat=True)
        )
        for model in _ENTITIES
    }


def _by_kind(stated: Iterable[Statement]) -> Iterable[Rows]:
    """Statements, which come in the order of their kinds, a kind at a time."""
    for kind, rows in groupby(stated, type):
        yield Rows(_name(kind), tuple(rows))


def _name(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)
