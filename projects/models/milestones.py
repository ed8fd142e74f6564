"""Steps of a project or an agreement, and what is said of their dates."""

from datetime import date
from typing import Any, ClassVar, NamedTuple, Self, cast

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, UniqueConstraint, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.constraints import date_state, exactly_one, proposed_state, restates_state
from projects.fields import SearchTextField
from projects.models.agreements import Agreement
from projects.models.base import Named, Seen, SluggedQuerySet
from projects.models.columns import DateColumns
from projects.models.projects import Project
from projects.models.statements import Statement, StatementQuerySet, preferred
from projects.models.steps import HALTS, ORDER, MilestoneKind, MilestoneState, Side, rank
from projects.models.stretches import THEN, Chosen, known_as, whether, with_known
from projects.values.readers import MILESTONE_DATE, Reader


class MilestoneDateQuerySet(StatementQuerySet["MilestoneDate"]):
    """Dates of milestones."""

    def last_reached_first(self) -> Self:
        """Order by the date, the last first; an open end may lie anywhere in the future."""
        return self.order_by(
            F("date_latest").desc(nulls_first=True), F("date_earliest").desc(nulls_last=True), "pk"
        )


def last_reached(reader: Reader, project: str, agreement: str) -> Subquery:
    """The kind of what an outer row's project reached last: a step of the order, or a halt."""
    last = _reached(reader, project, agreement, [*ORDER, *HALTS]).order_by(*_last_first())
    return Subquery(last.values("kind")[:1])


def stage_statement(reader: Reader, project: str, agreement: str) -> Coalesce:
    """The id of the milestone date that decides the stage of an outer row's project, or NULL.

    A halt that was reached last; otherwise the furthest step of the order (domain, "Stage").
    """
    last = _reached(reader, project, agreement, [*ORDER, *HALTS]).order_by(*_last_first())
    halt = Case(When(kind__in=HALTS, then=F("reached_statement_id")))
    furthest = _reached(reader, project, agreement, [*ORDER]).order_by(
        rank("kind").desc(nulls_last=True), *_LAST_REACHED_FIRST, "pk"
    )
    # One subquery as the condition of another loses its outer row when Django renames its tables.
    return Coalesce(
        Subquery(last.values(halt=halt)[:1]),
        Subquery(furthest.values("reached_statement_id")[:1]),
    )


def _reached(
    reader: Reader, project: str, agreement: str, kinds: list[MilestoneKind]
) -> models.QuerySet[Any]:
    """What an outer row's project reached, its agreement's signing included.

    `project` and `agreement` name the outer row's columns. Asked milestone by milestone, so that
    none but the project's own is asked for its date, whatever the database knows of its tables.
    """
    of_project = Q(project=OuterRef(project)) | Q(
        agreement=OuterRef(agreement), kind=MilestoneKind.SIGNED
    )
    steps: models.QuerySet[Any] = Milestone.objects.with_reached(reader)
    return steps.filter(of_project, kind__in=kinds, reached_statement_id__isnull=False)


# An open end may lie anywhere in the future, so it goes first.
_LAST_REACHED_FIRST = (
    F("reached_latest").desc(nulls_first=True),
    F("reached_earliest").desc(nulls_last=True),
)


def _last_first() -> tuple[Any, ...]:
    """Order by the date reached, the last first; a halt goes before a step of the same date."""
    cancelled_first = Case(
        When(kind=MilestoneKind.CANCELLED, then=0),
        When(kind=MilestoneKind.SUSPENDED, then=1),
        default=2,
    )
    return (*_LAST_REACHED_FIRST, cancelled_first, "pk")


_DATED: dict[str, models.Field] = {
    **{
        f"{side.value}_{name}": field
        for side in (Side.REACHED, Side.DUE)
        for name, field in (
            ("statement_id", models.BigIntegerField()),
            ("earliest", models.DateField()),
            ("latest", models.DateField()),
        )
    },
    "passed_over": models.BooleanField(),
}
"""The columns of a milestone that rest on dates, by their names."""


def _touched_dates(reader: Reader) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    few = Milestone.objects.filter(touched(reader).of_milestones)
    return with_known(few, reader), few.with_state(reader.by_definition)


DATES = Chosen("dates", (MILESTONE_DATE,), lambda reader: known_as(_DATED), _touched_dates)
"""The dates of milestones, and whether they are passed over."""


class Touched(NamedTuple):
    """The ids of the projects and agreements whose dates a reader prefers."""

    projects: list[int]
    agreements: list[int]

    @property
    def of_projects(self) -> Q:
        """Whether a project's state may rest on them: its agreement's signing is a step of it."""
        return Q(pk__in=self.projects) | Q(agreement__in=self.agreements)

    @property
    def of_milestones(self) -> Q:
        """Whether a milestone's state may."""
        under = Project.objects.filter(self.of_projects).order_by()
        return Q(project__in=under.values("pk")) | Q(agreement__in=self.agreements)


def touched(reader: Reader) -> Touched:
    """What the dates that the reader prefers may change."""
    dates: Any = preferred(reader.prefer)[MILESTONE_DATE]
    projects = {one.milestone.project_id for one in dates}
    agreements = {one.milestone.agreement_id for one in dates}
    return Touched(sorted(projects - {None}), sorted(agreements - {None}))


class MilestoneQuerySet(SluggedQuerySet["Milestone"]):
    """Milestones with where they stand: as stored, or as defined for who prefers a statement."""

    def with_dates(self, reader: Reader) -> Self:
        """Annotate the id and days of the statement that stands for each side."""
        if reader.stored(MILESTONE_DATE):
            return self._with_known(reader, "due_statement_id", "due_earliest", "due_latest")
        return self.with_reached(reader).annotate(
            due_statement_id=_standing_of_side(reader, Side.DUE, "pk"),
            due_earliest=_standing_of_side(reader, Side.DUE, "date_earliest"),
            due_latest=_standing_of_side(reader, Side.DUE, "date_latest"),
        )

    def with_reached(self, reader: Reader) -> Self:
        """Annotate the id and days of the statement that stands for *reached*."""
        if reader.stored(MILESTONE_DATE):
            return self._with_known(reader)
        return self.annotate(
            reached_statement_id=_standing_of_side(reader, Side.REACHED, "pk"),
            reached_earliest=_standing_of_side(reader, Side.REACHED, "date_earliest"),
            reached_latest=_standing_of_side(reader, Side.REACHED, "date_latest"),
        )

    def _with_known(self, reader: Reader, *names: str) -> Self:
        """Annotate these columns of what is known, besides those of *reached*."""
        names = ("reached_statement_id", "reached_earliest", "reached_latest", *names)
        known: Any = with_known(self, reader)
        rows: Self = known.annotate(**{name: F(f"{THEN}{name}") for name in names})
        return rows

    def late_unless_cancelled(self, reader: Reader) -> Self:
        """Those overdue on the reader's day, unless their project is cancelled."""
        return (
            self.with_dates(reader)
            .alias(rank=rank("kind"))
            .filter(~Exists(_later_reached(reader)), reached_statement_id__isnull=True)
            .filter(due_latest__lt=reader.day)
        )

    def with_state(self, reader: Reader) -> Self:
        """Annotate `state` on the reader's day (domain, "State of a milestone"), and the dates."""
        if reader.stored(MILESTONE_DATE):
            rows = self.with_dates(reader).annotate(rank=F(f"{THEN}rank"))
            return rows.annotate(state=state_on(reader.day, Q(**{f"{THEN}passed_over": True})))
        if reader.stored():
            rows = cast("Self", DATES.annotate(with_known(self, reader), reader))
        else:
            cancelled = Q(last_reached=MilestoneKind.CANCELLED)
            rows = (
                self.with_dates(reader)
                .alias(
                    rank=rank("kind"),
                    last_reached=last_reached(reader, "project", "project__agreement"),
                    later_reached=Exists(_later_reached(reader)),
                )
                .annotate(passed_over=whether(cancelled | Q(later_reached=True)))
            )
        rows = rows.annotate(rank=rank("kind"))
        return rows.annotate(state=state_on(reader.day, Q(passed_over=True)))

    def out(self, reader: Reader) -> Self:
        """Those of which at least one statement is out."""
        stated = MilestoneDate.objects.out(reader).filter(milestone=OuterRef("pk"))
        return self.filter(Exists(stated))


def states_on(day: date, passed_over: Q) -> dict[MilestoneState, Q]:
    """What tells each state on a day, in their order: the first that holds is the state.

    From the columns of its dates and the condition that it is passed over. It is scheduled where
    none of these holds.
    """
    return {
        MilestoneState.REACHED: Q(reached_statement_id__isnull=False),
        MilestoneState.PASSED_OVER: passed_over,
        MilestoneState.NOT_DATED: Q(due_earliest__isnull=True, due_latest__isnull=True),
        MilestoneState.OVERDUE: Q(due_latest__lt=day),
        MilestoneState.POSSIBLY_DUE: Q(due_earliest__isnull=True) | Q(due_earliest__lte=day),
    }


def state_on(day: date, passed_over: Q) -> Case:
    """The state on a day, from the same."""
    cases = [
        When(condition, then=Value(state))
        for state, condition in states_on(day, passed_over).items()
    ]
    return Case(*cases, default=Value(MilestoneState.SCHEDULED), output_field=models.CharField())


def _standing_of_side(reader: Reader, side: Side, column: str) -> Subquery:
    """A column of the statement that stands for an outer milestone's side."""
    members = MilestoneDate.objects.out(reader).filter(milestone=OuterRef("pk"), side=side)
    return Subquery(members.in_standing_order(reader).values(column)[:1])


def _later_reached(reader: Reader) -> MilestoneDateQuerySet:
    """The reached dates of later steps of an outer milestone's project or agreement."""
    return (
        MilestoneDate.objects.out(reader)
        .filter(side=Side.REACHED)
        .filter(
            Q(milestone__project=OuterRef("project"))
            | Q(milestone__agreement=OuterRef("agreement"))
            | Q(
                milestone__agreement=OuterRef("project__agreement"),
                milestone__kind=MilestoneKind.SIGNED,
            )
        )
        .alias(rank_reached=rank("milestone__kind"))
        .filter(rank_reached__gt=OuterRef("rank"))
    )


class Milestone(Named, Seen):
    """A step of a project or of an agreement."""

    project = models.ForeignKey(
        "Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("project"),
    )
    agreement = models.ForeignKey(
        "Agreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("agreement"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MilestoneKind)
    search_text = SearchTextField("name_zh", "name_en", "slug")

    state: str
    """Its code of `MilestoneState`; there after `with_state` only."""

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["pk"]
        constraints = [
            exactly_one(
                "milestone",
                "project",
                "agreement",
                _("A milestone is a step of a project or of an agreement: choose one."),
            )
        ]

    def get_absolute_url(self) -> str:
        return f"{self.subject.get_absolute_url()}#{self.slug}"

    @property
    def subject(self) -> Project | Agreement:
        """The project or agreement whose step it is."""
        return cast("Project | Agreement", self.project or self.agreement)  # exactly one is set


class MilestoneDate(Statement, DateColumns):
    """A milestone is due then, was reached then, or was not yet reached on that day."""

    kind_of_statement = MILESTONE_DATE
    named_with = ("milestone__project", "milestone__agreement")

    milestone = models.ForeignKey(
        Milestone, models.PROTECT, related_name="dates", verbose_name=_("milestone")
    )
    side = models.CharField(_("side"), max_length=8, choices=Side)
    counted_from = models.DateField(
        _("counted from"),
        null=True,
        blank=True,
        help_text=_("The day from which a term such as “in 3 to 5 years” runs."),
    )

    objects: ClassVar = MilestoneDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date of a milestone")
        verbose_name_plural = _("dates of milestones")
        ordering = ["pk"]
        constraints = [
            restates_state("milestonedate"),
            proposed_state("milestonedate"),
            date_state("milestonedate", "date"),
            models.CheckConstraint(
                condition=Q(side=Side.DUE) | ~Q(date=""),
                name="milestonedate_date_stated",
                violation_error_message=_("Only a due date may be left open."),
            ),
            UniqueConstraint(
                fields=["milestone", "side"],
                condition=Q(restates__isnull=True),
                name="milestonedate_one_stands",
                violation_error_message=_(
                    "Another date of this milestone stands already; say that this one restates it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.get_side_display()} {self.date or '–'}"

    @property
    def subject(self) -> Project | Agreement:
        return self.milestone.subject

    def thing(self) -> tuple[object, ...]:
        return (self.milestone_id, self.side)

    def agrees_with(self, other: "MilestoneDate") -> bool:
        return self.when is None or other.when is None or self.when.agrees_with(other.when)
