"""What a statement counts towards: totals, a stage, a state, verdicts, who takes part in what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from projects.models import (
    AgreementParty,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    MilestoneState,
    NotCounted,
    Observation,
    Organization,
    Participation,
    Project,
    Stage,
    Statement,
    Target,
)
from projects.reports.funding import Line, nothing
from projects.reports.performance import TargetResult, indicators, performances
from projects.reports.progress import with_stage
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.scopes import Scope
from projects.values.trees import line_above

SHOWN = 10
"""So many projects whose stage a signing decides are named."""


@dataclass(frozen=True)
class Use:
    """One thing that a statement counts towards, or is left out of, and why.

    `kind` is total, stage, state, verdict, best_known, wider, projects, agreements or parties;
    `subject` whose it is, None for that of everything; `says` and `outcome` what comes of it.
    """

    kind: str
    subject: Model | None = None
    says: str = ""
    outcome: str = ""
    line: Line | None = None
    why_not: str = ""


def uses(statement: Statement, reader: Reader) -> tuple[Use, ...]:
    """What a statement (from `provenance.statements`) counts towards; none where it is restated.

    An investment says of each total why it is left out. At most six queries.
    """
    match statement:
        case Investment():
            return tuple(_totals(statement))
        case _ if not statement.stands:
            return ()
        case MilestoneDate():
            return tuple(_progress(statement, reader))
        case Target():
            return tuple(_verdicts(statement.indicator, reader, target=statement.pk))
        case Observation():
            return tuple(_verdicts(statement.indicator, reader, observation=statement.pk))
        case Participation():
            return tuple(_of_groups("projects", statement.organization_id))
        case AgreementParty():
            groups = _of_groups("agreements", statement.organization_id)
            return (Use("parties", statement.agreement), *groups)
    raise TypeError(type(statement))


def _totals(investment: Any) -> Iterable[Use]:
    """The total of everything, of what it goes into, and of each investor with those above."""
    line, reason = nothing(investment.line), investment.not_counted_because
    label = str(NotCounted(reason).label) if reason else ""
    yield Use("total", line=line, why_not=label)
    if investment.project is not None:
        yield Use("total", investment.project, line=line, why_not=label)
    investors = sorted(investment.organization_ids())
    lines = _Lines(investors)
    for organization in lines.organizations:
        joint = "" if lines.holds_all(organization) else str(NotCounted.JOINT.label)
        why_not = label or joint
        yield Use("total", organization, line=line, why_not=why_not)


def _of_groups(kind: str, organization: int) -> Iterable[Use]:
    """What is listed for an organization and for each one above it."""
    return (Use(kind, above) for above in _Lines([organization]).organizations)


def _progress(date: MilestoneDate, reader: Reader) -> Iterable[Use]:
    """The state of its milestone, and the stage of each project that it decides."""
    milestone = Milestone.objects.with_state(reader).get(pk=date.milestone_id)
    yield Use("state", date.subject, str(MilestoneState(milestone.state).label), milestone.state)
    of_step = Q(pk=date.milestone.project_id) | Q(
        agreement__isnull=False, agreement=date.milestone.agreement_id
    )
    projects = with_stage(visible(Project.objects.filter(of_step), reader), reader)
    for project in projects.filter(stage_statement_id=date.pk)[:SHOWN]:
        yield Use("stage", project, str(Stage(project.stage).label), project.stage)


def _verdicts(
    indicator: Indicator, reader: Reader, *, target: int = 0, observation: int = 0
) -> Iterable[Use]:
    """The verdict on a target, or those that an observation decides, nears or puts in question."""
    shown = indicators(reader, Scope())
    kin = shown.filter(Q(pk=indicator.pk) | Q(wider=indicator.pk))
    for performance in performances(kin, reader):
        for result in performance.targets:
            kind = _role(result, target, observation)
            if kind:
                outcome = result.verdict.outcome if kind != "wider" else _by_wider(result)
                yield Use(kind, result.target, outcome=outcome)


def _role(result: TargetResult, target: int, observation: int) -> str:
    """What a statement does for a verdict; empty where it does nothing."""
    if target:
        return "verdict" if result.target.pk == target else ""
    places = {
        "verdict": result.decided_by,
        "best_known": result.best_known,
        "wider": result.wider,
    }
    return next((kind for kind, row in places.items() if row and row.pk == observation), "")


def _by_wider(result: TargetResult) -> str:
    return result.verdict.wider_outcome or "not_decided"


class _Lines:
    """Organizations with those above them; one query."""

    def __init__(self, members: Collection[int]) -> None:
        above = Organization.objects.above(members).with_known_parent().order_by()
        self.all = {one.pk: one for one in above}
        parents = {one.pk: one.known_parent_id for one in above}
        self.lines = {member: line_above(member, parents) for member in members}

    @property
    def organizations(self) -> list[Organization]:
        """All of them, each once, from the bottom up."""
        ordered = dict.fromkeys(pk for line in self.lines.values() for pk in line)
        return [self.all[pk] for pk in ordered]

    def holds_all(self, organization: Organization) -> bool:
        """Whether every member is the organization or lies below it."""
        return all(organization.pk in line for line in self.lines.values())
