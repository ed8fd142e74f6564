"""What of a scope is on the timeline: agreements first, then projects under their headings.

Which lanes there are, and in which order, is told by ids alone; only what is drawn is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Model, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from projects.models import Agreement, MilestoneDate, MilestoneState, Project
from projects.models.together import together
from projects.reports.delivery import Step, milestones, standing_dates, with_dates
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.timeline.axis import Window
from projects.timeline.headings import By, under_headings
from projects.timeline.lanes import Heading, Timeline, draw_timeline
from projects.values.readers import Reader
from projects.values.scopes import Scope

Entity = Agreement | Project


class Dates(NamedTuple):
    """The dates of one project or agreement."""

    first: date
    """The first day on which one of them may lie."""
    over: date
    """The first day by which one of them is over; the last there is, where none has an end."""
    shown: int
    """How many lie in the window."""


Stated = dict[type[Entity], dict[int, Dates]]
"""What has dates, by its kind and id."""


@dataclass(frozen=True)
class Overview:
    """How many lanes there are in a window, under which headings, and what has none."""

    headings: tuple[Heading, ...]
    agreements: int
    """So many of the first lanes are agreements'."""
    elsewhere: int
    """How many projects are dated, but not in this window."""
    undated: tuple[int, ...]
    """The ids of the first projects of which no date is stated."""
    more_undated: int

    @property
    def starts(self) -> list[int]:
        """The place of each heading's first lane, counted from 0, and behind them of the end."""
        return [0, *accumulate(heading.count for heading in self.headings)]

    @property
    def count(self) -> int:
        """How many lanes there are."""
        return self.starts[-1]


@dataclass(frozen=True)
class Lanes:
    """What has a lane in a window: the ids of agreements, then of projects, in their order."""

    overview: Overview
    ids: list[int]


def stated_days(reader: Reader, scope: Scope) -> list[date]:
    """The first and the last of all days that bound a date; one query."""
    ends = ("date_earliest", "date_latest")
    bounds = {f"{end}_{side.name}": side(end) for end in ends for side in (Min, Max)}
    return [day for day in _dates(reader, scope).aggregate(**bounds).values() if day]


def lanes(reader: Reader, scope: Scope, window: Window, by: By, undated: int) -> Lanes:
    """Choose what has a lane, in order, and name so many undated projects; at most five queries."""
    stated = _stated(reader, scope, window)
    agreements = _in_order(_ids(Agreement, reader, scope), stated[Agreement])
    there = list(_ids(Project, reader, scope))
    shown = _in_order(there, stated[Project])
    headed: list[tuple[str, list[int]]] = [
        *([(_("Agreements and plans"), agreements)] if agreements else []),
        *under_headings(shown, by, reader),
    ]
    without = [pk for pk in there if pk not in stated[Project]]
    overview = Overview(
        headings=tuple(
            Heading(label, place, len(ids)) for place, (label, ids) in enumerate(headed, 1)
        ),
        agreements=len(agreements),
        elsewhere=len(there) - len(shown) - len(without),
        undated=tuple(without[:undated]),
        more_undated=max(0, len(without) - undated),
    )
    return Lanes(overview, [pk for _label, ids in headed for pk in ids])


@dataclass(frozen=True)
class Part:
    """A part of the lanes: what they are of, and the place of the first, counted from 0."""

    start: int
    subjects: list[Entity]


def part_of(overview: Overview, start: int, ids: Sequence[int]) -> tuple[Part, list[Project]]:
    """What the lanes with these ids from `start` on are of, and the undated projects; one query."""
    border = max(0, overview.agreements - start)
    agreements, projects = (
        {row.pk: row for row in rows}
        for rows in together(
            _shown(Agreement, ids[:border]), _shown(Project, [*ids[border:], *overview.undated])
        )
    )
    subjects = [*_among(agreements, ids[:border]), *_among(projects, ids[border:])]
    return Part(start, subjects), _among(projects, overview.undated)


def steps_of(
    part: Part, undated: int, reader: Reader, scope: Scope
) -> tuple[list[Step], list[Step]]:
    """The steps of what has these lanes, and so many without any date of all; two queries."""
    agreements = [one for one in part.subjects if isinstance(one, Agreement)]
    projects = [one for one in part.subjects if isinstance(one, Project)]
    chosen = Q(agreement__in=agreements) | Q(project__in=projects)
    rows = milestones(reader, scope)
    without = rows.filter(state=MilestoneState.NOT_DATED)
    drawn, named = together(rows.filter(chosen), without[:undated])
    dates = list(standing_dates([*drawn, *named], reader))
    return with_dates(drawn, dates, reader), with_dates(named, dates, reader)


def portfolio_timeline(
    overview: Overview, part: Part, steps: Iterable[Step], reader: Reader, window: Window
) -> Timeline:
    """Draw a part of the lanes."""
    start, subjects = part.start, part.subjects
    of_subject: dict[Model, list[Step]] = defaultdict(list)
    for step in steps:
        of_subject[step.milestone.subject].append(step)
    starts, end = overview.starts, start + len(subjects)
    groups = []
    for heading, first, behind in zip(overview.headings, starts, starts[1:], strict=False):
        under = subjects[max(0, first - start) : max(0, min(behind, end) - start)]
        if under:
            group = [(entity, of_subject[entity]) for entity in under]
            groups.append((replace(heading, continued=first < start), group))
    return draw_timeline(groups, window, reader)


def _dates(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The dates of the scope that stand."""
    stated = MilestoneDate.objects.standing(reader).exclude(date="")
    return narrow(stated, scope, reader).order_by()


def _stated(reader: Reader, scope: Scope, window: Window) -> Stated:
    """The dates of everything of which one is stated; one query."""
    begun = Q(date_earliest__isnull=True) | Q(date_earliest__lte=window.last)
    not_over = Q(date_latest__isnull=True) | Q(date_latest__gte=window.first)
    found = _dates(reader, scope).values_list("milestone__agreement", "milestone__project")
    found = found.annotate(
        first=Min(Coalesce("date_earliest", "date_latest"), default=date.min),
        over=Min("date_latest", default=date.max),
        shown=Count("pk", filter=begun & not_over),
    )
    stated: Stated = {Agreement: {}, Project: {}}
    for agreement, project, *facts in found:
        kind, pk = (Project, project) if agreement is None else (Agreement, agreement)
        stated[kind][pk] = Dates(*facts)
    return stated


def _ids(model: type[Entity], reader: Reader, scope: Scope) -> QuerySet[Any, int]:
    """The ids of what is there, in their order."""
    rows: QuerySet[Any] = model._default_manager.order_by("pk")
    return narrow(visible(rows, reader), scope, reader).values_list("pk", flat=True)


def _in_order(ids: Iterable[int], stated: dict[int, Dates]) -> list[int]:
    """Those of which a date is in the window, by their first date."""
    shown = [(stated[pk], pk) for pk in ids if pk in stated and stated[pk].shown]
    shown.sort(key=lambda one: (one[0].first, one[0].over, one[1]))
    return [pk for _dates, pk in shown]


def _shown(model: type[Entity], ids: Sequence[int]) -> QuerySet[Any]:
    rows: Any = model._default_manager.filter(pk__in=[0, *ids])
    shown: QuerySet[Any] = rows.defer("summary_zh", "summary_en")
    return shown


def _among(rows: dict[int, Any], ids: Sequence[int]) -> list[Any]:
    return [rows[pk] for pk in ids if pk in rows]
