"""What is promised to the largest projects, to all the others together, and to none."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from projects.models import Investment, Project
from projects.models.investments import HEADLINE
from projects.reports.funding import SUMS, Sums, added, summed_headline
from projects.reports.money import Bar, Way, bars_of
from projects.reports.ranking import NONE
from projects.values.readers import Reader


def promised_to_largest(
    rows: Sequence[Sums], largest: Sequence[Project], projects: int, reader: Reader
) -> tuple[Bar, ...]:
    """The headline split by project, of which only the largest are added up; one query.

    `rows` is what all totals are made of (`summed`): what of it the largest do not have, the others
    come to. `projects` is to how many anything is promised.
    """
    unit, per, paid = HEADLINE
    headline = {"reason": "", "unit": unit, "per": per, "line_paid": paid}
    promised = [row for row in rows if all(row[name] == headline[name] for name in headline)]
    own = [one | headline for one in _of(largest, reader)]
    to_projects = [row for row in promised if row["of_project"]]
    under_agreements = [row for row in promised if not row["of_project"]]
    found = [*own]
    if projects > len(own):
        found.append(_rest(added(to_projects), own) | {"code": "", "codes": projects - len(own)})
    if under_agreements:
        found.append(added(under_agreements) | {"code": NONE})
    return bars_of(Way.PROJECT, found)


def _of(largest: Sequence[Project], reader: Reader) -> list[dict[str, Any]]:
    """What is promised to each of these, with its slug as the code, and its names."""
    projects = {project.pk: project for project in largest}
    investments = Investment.objects.filter(project__in=[0, *projects])  # asked also of none
    found = []
    for row in summed_headline(investments, reader, None, by=F("project")):
        project = projects[row["by"]]
        names = {"name_zh": project.name_zh, "name_en": project.name_en}
        found.append({**row, **names, "code": project.slug})
    return found


def _rest(whole: dict[str, Any], own: Sequence[Sums]) -> dict[str, Any]:
    less = {name: sum(row[name] or 0 for row in own) for name in SUMS}
    return whole | {name: whole[name] - less[name] for name in SUMS}
