"""The headings under which projects stand: one of their group, sector or place, or *several*.

Nothing is split or repeated: a project of two sectors stands under *several sectors*.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Min
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.models import Investment, Organization, Participation, Place, Project, Sector
from projects.models.base import SEVERAL, Named, in_language
from projects.values.readers import Reader


@dataclass(frozen=True)
class By:
    """A way to put projects under headings: its word, and the headings for several and for none."""

    code: str
    of: type[Named]
    label: str | Promise
    several: str | Promise
    none: str | Promise


ORGANIZATION = By(
    "organization",
    Organization,
    _("Organization"),
    _("Several organizations"),
    _("No organization stated"),
)
SECTOR = By("sector", Sector, _("Sector"), _("Several sectors"), _("No sector stated"))
PLACE = By("place", Place, _("Place"), _("Several places"), _("No place stated"))
WAYS = {way.code: way for way in (ORGANIZATION, SECTOR, PLACE)}


def under_headings(projects: Iterable[int], by: By, reader: Reader) -> list[tuple[str, list[int]]]:
    """The ids of projects, in their order, by heading: the largest first, *several*, *none* last.

    Two queries, whatever the number of projects.
    """
    of_project = _belonging(by, reader)
    under: dict[int | None, list[int]] = defaultdict(list)
    for project in projects:
        under[of_project.get(project)].append(project)
    last = [(str(by.several), under.pop(SEVERAL, [])), (str(by.none), under.pop(None, []))]
    names = _names(by)
    largest_first = sorted(under.items(), key=lambda item: (-len(item[1]), names[item[0]]))
    return [
        *((names[pk], found) for pk, found in largest_first),
        *((heading, found) for heading, found in last if found),
    ]


def _names(by: By) -> dict[int | None, str]:
    """The names of what may be a heading, by id, in the page's language."""
    rows = by.of._default_manager.order_by().values_list("pk", "name_zh", "name_en", "slug")
    return {pk: in_language(zh, en) or slug for pk, zh, en, slug in rows}


def _belonging(by: By, reader: Reader) -> dict[int, int | None]:
    """To what each project belongs, by its id: the id of one, or `SEVERAL`."""
    if by is ORGANIZATION:
        return _groups(reader)
    column = {SECTOR: "one_sector", PLACE: "one_place"}[by]
    return dict(Project.objects.order_by().values_list("pk", column))


def _groups(reader: Reader) -> dict[int, int | None]:
    """The head of the group whose members alone take part or invest in each project."""
    # In a circle of parents, which has no head, each stands for itself.
    head = Coalesce("organization__head", "organization")
    taking_part = Participation.objects.standing(reader).order_by().values_list("project")
    investing = Investment.objects.standing(reader).order_by().values_list("project")
    investing = investing.filter(project__isnull=False, investors_head__isnull=False)
    found: dict[int, int | None] = {}
    for project, first, last in taking_part.annotate(first=Min(head), last=Max(head)).union(
        investing.annotate(first=Min("investors_head"), last=Max("investors_head")), all=True
    ):
        head_of_all = first if first == last else SEVERAL
        found[project] = head_of_all if found.get(project, head_of_all) == head_of_all else SEVERAL
    return found
