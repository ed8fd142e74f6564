"""The kinds of steps, how far a project has come by them, and where one of them stands."""

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _


class MilestoneKind(models.TextChoices):
    """The kinds of steps: first those with a place in the order, in that order, then the others."""

    PLANNED = "planned", _("planned")
    SIGNED = "signed", _("signed")
    INVESTED = "invested", _("invested")
    STARTED = "started", _("started")
    COMPLETED = "completed", _("completed")
    OPENED = "opened", _("opened")
    AT_CAPACITY = "at_capacity", _("at capacity")
    SUSPENDED = "suspended", _("suspended")
    CANCELLED = "cancelled", _("cancelled")
    OTHER = "other", _("other")


class Stage(models.TextChoices):
    """How far a project has come."""

    PLANNED = "planned", _("planned")
    SIGNED = "signed", _("signed")
    INVESTED = "invested", _("invested")
    STARTED = "started", _("started")
    COMPLETED = "completed", _("completed")
    OPENED = "opened", _("opened")
    AT_CAPACITY = "at_capacity", _("at capacity")
    SUSPENDED = "suspended", _("suspended")
    CANCELLED = "cancelled", _("cancelled")
    NOT_STATED = "not_stated", _("not stated")


class MilestoneState(models.TextChoices):
    """Where a milestone stands on the day asked, in the order in which the states are asked."""

    REACHED = "reached", _("reached")
    PASSED_OVER = "passed_over", _("passed over")
    NOT_DATED = "not_dated", _("not dated")
    OVERDUE = "overdue", _("overdue")
    POSSIBLY_DUE = "possibly_due", _("possibly due")
    SCHEDULED = "scheduled", _("scheduled")


class Side(models.TextChoices):
    """What is said of a milestone's date."""

    DUE = "due", _("due")
    REACHED = "reached", _("reached")
    NOT_YET = "not_yet", _("not yet reached")


ORDER = tuple(MilestoneKind)[:7]
HALTS = (MilestoneKind.SUSPENDED, MilestoneKind.CANCELLED)


def rank(kind: str) -> Case:
    """The place in the order of the kind in the column `kind`; NULL for kinds without one."""
    return Case(*(When(**{kind: step}, then=Value(place)) for place, step in enumerate(ORDER)))
