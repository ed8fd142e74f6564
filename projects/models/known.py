"""What is known of projects and milestones, by stretches of days; `derived.know` writes it.

The stretches of one project, or of one milestone, cover all days without gap or overlap: the first
begins on the first day there is, the last has no end. Nobody edits them, and nothing protects what
they refer to: whoever deletes that derives them anew.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from projects.models.agreements import Agreement
from projects.models.milestones import Milestone, MilestoneDate
from projects.models.projects import Project
from projects.models.sources import Source
from projects.models.steps import Stage


def _to(model: type[models.Model], **options: Any) -> Any:
    """A reference that neither the database nor Django checks: millions are written at once."""
    options = {"related_name": "+", "db_index": False, **options}
    return models.ForeignKey(model, models.DO_NOTHING, db_constraint=False, **options)


class Known(models.Model):
    """What is known from a day until before another."""

    about: ClassVar[type[models.Model]]
    """Whose stretches they are."""

    known_from = models.DateField()
    known_until = models.DateField(null=True)
    seen_from = models.DateField(null=True)
    """That of what it is about, so that the counts read one table."""

    class Meta:
        abstract = True
        default_permissions = ()


class KnownProject(Known):
    """What is known of a project."""

    about = Project

    project = _to(Project, related_name="known")
    stage = models.CharField(max_length=12, choices=Stage)
    stage_statement = _to(MilestoneDate, null=True)
    stage_since = models.TextField()
    stage_since_earliest = models.DateField(null=True)
    stage_since_latest = models.DateField(null=True)
    last_report = _to(Source, null=True)
    last_reported = models.TextField()
    last_reported_latest = models.DateField(null=True)
    promised_low = models.BigIntegerField(null=True)
    promised_high = models.BigIntegerField(null=True)
    promised_parts = models.PositiveIntegerField(default=0)
    """How many investments make up what is promised, stated or not."""
    investment_stated = models.BooleanField()
    late_from = models.DateField(null=True)
    """The first day on which a milestone of it is overdue, if nothing more is published."""

    class Meta(Known.Meta):
        verbose_name = "known project"
        constraints = [
            UniqueConstraint(fields=["project", "known_from"], name="knownproject_one_a_day")
        ]
        indexes = [
            # Holds all that the counts of today ask for.
            Index(
                fields=[
                    "project",
                    "stage",
                    "late_from",
                    "last_reported_latest",
                    "investment_stated",
                    "promised_parts",
                    "seen_from",
                ],
                condition=Q(known_until__isnull=True),
                name="knownproject_now",
            ),
            # Totals as of a day ask which projects were cancelled by then.
            Index(
                fields=["project", "known_from", "known_until"],
                condition=Q(stage=Stage.CANCELLED),
                name="known_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.stage}, {self.known_from}–{self.known_until or ''}"


class KnownMilestone(Known):
    """What is known of a milestone; its project or agreement stand here to narrow by."""

    about = Milestone

    milestone = _to(Milestone, related_name="known")
    project = _to(Project, null=True)
    agreement = _to(Agreement, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    """The place of its kind in the order, if it has one."""
    due_statement = _to(MilestoneDate, null=True)
    due_earliest = models.DateField(null=True)
    due_latest = models.DateField(null=True)
    reached_statement = _to(MilestoneDate, null=True)
    reached_earliest = models.DateField(null=True)
    reached_latest = models.DateField(null=True)
    passed_over = models.BooleanField()
    """Not reached, and a later step was, or its project is cancelled."""

    class Meta(Known.Meta):
        verbose_name = "known milestone"
        constraints = [
            UniqueConstraint(fields=["milestone", "known_from"], name="knownmilestone_one_a_day")
        ]
        indexes = [
            Index(fields=["project", "agreement"], name="knownmilestone_of"),
            # Holds all that the counts of today ask for.
            Index(
                fields=[
                    "milestone",
                    "due_latest",
                    "due_earliest",
                    "reached_statement",
                    "passed_over",
                    "seen_from",
                ],
                condition=Q(known_until__isnull=True),
                name="knownmilestone_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.known_from}–{self.known_until or ''}"
