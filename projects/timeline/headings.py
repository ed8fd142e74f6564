"""The headings under which projects stand: one of their group, sector or place, or *several*.

Nothing is split or repeated: a project of two sectors stands under *several sectors*.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.models import (
    Investment,
    Organization,
    Participation,
    Place,
    Project,
    ProjectPlace,
    ProjectSector,
    Sector,
)
from projects.models.base import no_draft
from projects.values.readers import Reader

Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True)
class By:
    """A way to put projects under headings: its word, and the headings for several and for none."""

    code: str
    label: str | Promise
    several: str | Promise
    none: str | Promise


ORGANIZATION = By(
    "organization", _("Organization"), _("Several organizations"), _("No organization stated")
)
SECTOR = By("sector", _("Sector"), _("Several sectors"), _("No sector stated"))
PLACE = By("place", _("Place"), _("Several places"), _("No place stated"))
WAYS = {way.code: way for way in (ORGANIZATION, SECTOR, PLACE)}


def under_headings(
    projects: Iterable[Project], by: By, reader: Reader
) -> list[tuple[str, list[Project]]]:
    """The projects, in their order, by heading; the largest first, *several* and *none* last.

    At most three queries, whatever the number of projects.
    """
    names, of_project = _belonging(by, reader)
    of_one: dict[int, list[Project]] = defaultdict(list)
    of_several: list[Project] = []
    of_none: list[Project] = []
    for project in projects:
        members = of_project.get(project.pk, set())
        if len(members) == 1:
            of_one[next(iter(members))].append(project)
        else:
            (of_several if members else of_none).append(project)
    largest_first = sorted(of_one.items(), key=lambda item: (-len(item[1]), names[item[0]]))
    last = [(str(by.several), of_several), (str(by.none), of_none)]
    return [
        *((names[pk], under) for pk, under in largest_first),
        *((heading, under) for heading, under in last if under),
    ]


def _belonging(by: By, reader: Reader) -> tuple[dict[int, str], dict[int, set[int]]]:
    """The names of what projects belong to, and what each project belongs to, by id."""
    if by is SECTOR:
        linked_sectors = ProjectSector.objects.filter(no_draft("sector__")).order_by()
        sectors = linked_sectors.values_list("project", "sector")
        return {one.pk: one.name for one in Sector.objects.all()}, _sets(sectors)
    if by is PLACE:
        linked_places = ProjectPlace.objects.filter(no_draft("place__")).order_by()
        places = linked_places.values_list("project", "place")
        return {one.pk: one.name for one in Place.objects.all()}, _sets(places)
    organizations = {one.pk: one for one in Organization.objects.with_known_parent().order_by()}
    roots = ((project, _root(pk, organizations)) for project, pk in _members(reader))
    return {pk: one.name for pk, one in organizations.items()}, _sets(roots)


def _members(reader: Reader) -> Pairs:
    """Projects with the organizations that take part or invest in them."""
    taking_part = Participation.objects.standing(reader).order_by()
    investing = Investment.objects.standing(reader).order_by()
    return chain(
        taking_part.values_list("project", "organization"),
        investing.filter(project__isnull=False, organizations__isnull=False).values_list(
            "project", "organizations"
        ),
    )


def _root(pk: int, organizations: dict[int, Organization]) -> int:
    """The top of an organization's group; a circle of parents ends where it closes."""
    seen = {pk}
    while (parent := organizations[pk].known_parent_id) is not None and parent not in seen:
        seen.add(parent)
        pk = parent
    return pk


def _sets(pairs: Pairs) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for project, member in pairs:
        found[project].add(member)
    return found
