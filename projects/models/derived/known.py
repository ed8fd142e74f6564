"""What is known of projects and milestones, by stretches of days."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from projects.lookups import among
from projects.models.agreements import Agreement
from projects.models.derived.chunks import whole_table
from projects.models.derived.said import Money, Steps, money, other_reports, steps
from projects.models.derived.writing import replace
from projects.models.known import KnownMilestone, KnownProject
from projects.models.milestones import Milestone
from projects.models.projects import Project
from projects.models.steps import ORDER, MilestoneKind
from projects.values.known import Step, StepFacts, known_of_agreement, known_of_project
from projects.values.stretches import Stretches

AT_ONCE = 1_000
"""So many projects or agreements are in memory together."""

PROJECT = (
    "project_id", "known_from", "known_until", "seen_from",
    "stage", "stage_statement_id", "stage_since", "stage_since_earliest", "stage_since_latest",
    "last_report_id", "last_reported", "last_reported_latest",
    "promised_low", "promised_high", "promised_parts", "investment_stated", "late_from",
)  # fmt: skip
MILESTONE = (
    "milestone_id", "project_id", "agreement_id", "rank", "known_from", "known_until", "seen_from",
    "due_statement_id", "due_earliest", "due_latest",
    "reached_statement_id", "reached_earliest", "reached_latest", "passed_over",
)  # fmt: skip
_RANK = {kind.value: place for place, kind in enumerate(ORDER)}

Row = tuple[Any, ...]


def know(projects: Collection[int], agreements: Collection[int]) -> None:
    """Store what is known of these projects, and of the steps of these agreements.

    An agreement's signing counts for its projects, so those are known anew with it.
    """
    if projects and agreements:
        _forget_moved(projects, agreements)
    _know_agreements(agreements)
    _know_projects({*projects, *_under(agreements)} if agreements else projects)


def _forget_moved(projects: Collection[int], agreements: Collection[int]) -> None:
    """Forget what was known of steps that were of a project and are of an agreement, or went back.

    Both would be stored at once: what is gone from one is dropped after the other is stored.
    """
    were = among("project", projects) | among("agreement", agreements)
    moved = Q(project=None) ^ Q(milestone__project=None)
    KnownMilestone.objects.filter(were, moved).delete()


def know_everything() -> None:
    """Store what is known of all projects and agreements, and of nothing that is gone."""
    KnownProject.objects.filter(~_exists(Project, "project")).delete()
    KnownMilestone.objects.filter(~_exists(Milestone, "milestone")).delete()
    for chunk in whole_table(Agreement):
        _know_agreements(_there(Agreement, chunk))
    for chunk in whole_table(Project):
        _know_projects(_there(Project, chunk))


def _exists(model: type[Model], reference: str) -> Exists:
    # NOT IN would be asked once a row: PostgreSQL plans it so where the table is large.
    return Exists(model._base_manager.filter(pk=OuterRef(f"{reference}_id")))


def _there(model: type[Model], ids: range) -> Collection[int]:
    return list(model._base_manager.filter(among("pk", ids)).values_list("pk", flat=True))


def _know_agreements(agreements: Collection[int]) -> None:
    for ids in _chunks(agreements):
        rows = _of_agreements(ids)
        replace(KnownMilestone, MILESTONE, Q(project=None) & among("agreement", ids), rows)


def _know_projects(projects: Collection[int]) -> None:
    for ids in _chunks(projects):
        known, milestones = _of_projects(ids)
        replace(KnownProject, PROJECT, among("project", ids), known)
        replace(KnownMilestone, MILESTONE, among("project", ids), milestones)


def _under(agreements: Collection[int]) -> set[int]:
    """The projects that stand under these agreements."""
    found: set[int] = set()
    for ids in _chunks(agreements):
        rows = Project._base_manager.filter(among("agreement", ids))
        found.update(rows.values_list("pk", flat=True))
    return found


def _chunks(ids: Collection[int]) -> Iterator[Collection[int]]:
    """These ids, so many at a time, as a range where none is missing: a list is dear to send."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        chunk = ordered[start : start + AT_ONCE]
        whole = range(chunk[0], chunk[-1] + 1)
        yield whole if len(whole) == len(chunk) else chunk


def _of_agreements(ids: Collection[int]) -> list[Row]:
    """What is known of the steps of these agreements; two queries."""
    return rows_of_agreements(steps(among("agreement", ids)))


def rows_of_agreements(found: Steps) -> list[Row]:
    """The stored rows of the steps of agreements."""
    by_agreement: dict[int, list[Row]] = {}
    for row in found.rows:
        by_agreement.setdefault(row[3] or 0, []).append(row)
    rows: list[Row] = []
    for own in by_agreement.values():
        known = known_of_agreement([found.of(row) for row in own])
        _add_steps(rows, own, known)
    return rows


def _of_projects(ids: Collection[int]) -> tuple[list[Row], list[Row]]:
    """What is known of these projects, and of their milestones; five queries."""
    columns = ("pk", "agreement_id", "seen_from")
    projects = list(Project._base_manager.filter(among("pk", ids)).values_list(*columns))
    papers = {agreement for _project, agreement, _seen_from in projects} - {None}
    of_papers = among("agreement", papers) & Q(kind=MilestoneKind.SIGNED)
    found = steps(among("project", ids) | of_papers)
    own, signing = _by_subject(found)
    promised = money(ids)
    for project, report in other_reports(ids):
        promised.reports[project].append(report)
    signed = {paper: [found.of(row) for row in rows] for paper, rows in signing.items()}
    return rows_of_projects(projects, own, signed, found, promised)


def rows_of_projects(
    projects: Iterable[tuple[int, int | None, date | None]],
    own: Mapping[int | None, list[Row]],
    signed: Mapping[int | None, list[Step]],
    found: Steps,
    promised: Money,
) -> tuple[list[Row], list[Row]]:
    """The stored rows of projects and of their milestones.

    A project is its id, its agreement and its `seen_from`; `own` are the milestones of each, and
    `signed` those of kind *signed* of each agreement.
    """
    known: list[Row] = []
    milestones: list[Row] = []
    for project, agreement, seen_from in projects:
        rows = own.get(project, [])
        facts, of_steps = known_of_project(
            [found.of(row) for row in rows],
            signed.get(agreement, []),
            [*found.reports[project], *promised.reports[project]],
            promised.promises[project],
            promised.stated.get(project),
        )
        untils = [day for day, _facts in facts[1:]]
        for (begin, values), end in zip(facts, (*untils, None), strict=True):
            known.append((project, begin, end, seen_from, *values))
        _add_steps(milestones, rows, of_steps)
    return known, milestones


def _by_subject(found: Steps) -> tuple[dict[int | None, list[Row]], dict[int | None, list[Row]]]:
    """The milestones of each project, and of each agreement."""
    of_projects: dict[int | None, list[Row]] = {}
    of_agreements: dict[int | None, list[Row]] = {}
    for row in found.rows:
        _pk, _kind, project, agreement, _seen_from = row
        if project is not None:
            of_projects.setdefault(project, []).append(row)
        else:
            of_agreements.setdefault(agreement, []).append(row)
    return of_projects, of_agreements


def _add_steps(rows: list[Row], steps: list[Row], known: list[Stretches[StepFacts]]) -> None:
    """Add the stored rows of milestones."""
    for (pk, kind, project, agreement, seen_from), facts in zip(steps, known, strict=True):
        rank = _RANK.get(kind)
        untils = [day for day, _facts in facts[1:]]
        for (begin, values), end in zip(facts, (*untils, None), strict=True):
            rows.append((pk, project, agreement, rank, begin, end, seen_from, *values))
