"""What of a scope is on the timeline: agreements first, then projects under their headings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from projects.models import Agreement, MilestoneDate, MilestoneState, Project
from projects.reports.delivery import Step, milestones, steps
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.timeline.axis import Window
from projects.timeline.headings import By, under_headings
from projects.timeline.lanes import Heading, Timeline, draw_timeline
from projects.timeline.marks import draw
from projects.values.readers import Reader
from projects.values.scopes import Scope

Entity = Agreement | Project
Kind = TypeVar("Kind", Agreement, Project)
Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class Stated:
    """The first and last possible days of all dates in a scope, by project and by agreement."""

    projects: dict[int, list[Days]]
    agreements: dict[int, list[Days]]

    @property
    def days(self) -> list[date]:
        """Every day that bounds a date."""
        every = [*self.projects.values(), *self.agreements.values()]
        return [day for spans in every for span in spans for day in span if day is not None]


def stated(reader: Reader, scope: Scope) -> Stated:
    """Read the days of all dates that stand; one query."""
    found = Stated(defaultdict(list), defaultdict(list))
    dated = narrow(MilestoneDate.objects.standing(reader).exclude(date=""), scope, reader)
    for project, agreement, earliest, latest in dated.order_by().values_list(
        "milestone__project", "milestone__agreement", "date_earliest", "date_latest"
    ):
        if project is None:
            found.agreements[agreement].append((earliest, latest))
        else:
            found.projects[project].append((earliest, latest))
    return found


@dataclass(frozen=True)
class Lanes:
    """What has a lane in a window, under its heading, and what has none."""

    shown: list[tuple[Heading, Entity]]
    elsewhere: int
    """How many projects are dated, but not in this window."""
    undated: list[Project]
    """The projects of which no date is stated."""

    @property
    def headings(self) -> dict[Heading, int]:
        """Every heading, with the place of its first lane, counted from 0."""
        places: dict[Heading, int] = {}
        for place, (heading, _entity) in enumerate(self.shown):
            places.setdefault(heading, place)
        return places


def lanes(reader: Reader, scope: Scope, window: Window, by: By, found: Stated) -> Lanes:
    """Choose what has a lane, in order; at most five queries."""
    rows = narrow(visible(Project.objects.all(), reader), scope, reader)
    projects = list(rows.defer("summary_zh", "summary_en"))
    papers = narrow(visible(Agreement.objects.all(), reader), scope, reader)
    agreements = _in_window(papers.defer("summary_zh", "summary_en"), found.agreements, window)
    shown = _in_window(projects, found.projects, window)
    headed: list[tuple[str, Sequence[Entity]]] = [
        *([(_("Agreements and plans"), agreements)] if agreements else []),
        *under_headings(shown, by, reader),
    ]
    undated = [project for project in projects if project.pk not in found.projects]
    return Lanes(
        shown=[
            (Heading(label, place, len(entities)), entity)
            for place, (label, entities) in enumerate(headed, 1)
            for entity in entities
        ],
        elsewhere=len(projects) - len(shown) - len(undated),
        undated=undated,
    )


def portfolio_timeline(
    choice: Lanes, part: slice, reader: Reader, scope: Scope, window: Window
) -> Timeline:
    """Draw a part of the lanes; two queries, whatever their number."""
    shown, starts = choice.shown[part], choice.headings
    projects = [entity.pk for _heading, entity in shown if isinstance(entity, Project)]
    agreements = [entity.pk for _heading, entity in shown if isinstance(entity, Agreement)]
    chosen = Q(project__in=projects) | Q(agreement__in=agreements)
    of_subject: dict[Model, list[Step]] = defaultdict(list)
    for step in steps(milestones(reader, scope).filter(chosen), reader):
        of_subject[step.milestone.subject].append(step)
    groups = [
        (
            replace(heading, continued=starts[heading] < part.start),
            [(entity, of_subject[entity]) for _heading, entity in headed],
        )
        for heading, headed in groupby(shown, key=itemgetter(0))
    ]
    return draw_timeline(groups, window, reader)


def undated_steps(reader: Reader, scope: Scope, limit: int) -> list[Step]:
    """Milestones for which neither side is dated, at most so many; two queries."""
    undated = milestones(reader, scope).filter(state=MilestoneState.NOT_DATED)
    return steps(undated[:limit], reader)


def _in_window(
    entities: Iterable[Kind], found: dict[int, list[Days]], window: Window
) -> list[Kind]:
    """Those with a date in the window, by their first date."""
    dated = [
        entity
        for entity in entities
        if any(draw(earliest, latest, window) for earliest, latest in found.get(entity.pk, ()))
    ]
    return sorted(dated, key=lambda entity: (_first_dates(found[entity.pk]), entity.pk))


def _first_dates(spans: Sequence[Days]) -> list[date]:
    return min([day for day in span if day is not None] for span in spans)
