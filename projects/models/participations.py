"""Who takes part in a project, in which role."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.constraints import proposed_state, restates_state
from projects.models.statements import Statement


class Participation(Statement):
    """An organization takes part in a project in a role."""

    kind_of_statement = "participation"
    named_with = ("project", "organization")

    class Role(models.TextChoices):
        """There is no investor: that role follows from the standing investment."""

        BUILDER = "builder", _("builder")
        OPERATOR = "operator", _("operator")
        TECHNOLOGY = "technology", _("technology")
        CONSULTANT = "consultant", _("consultant")
        INVESTEE = "investee", _("investee")
        HOST = "host", _("host")
        RESPONSIBLE = "responsible", _("responsible body")
        PARTNER = "partner", _("partner (role not stated)")

    project = models.ForeignKey(
        "Project", models.PROTECT, related_name="participations", verbose_name=_("project")
    )
    organization = models.ForeignKey(
        "Organization",
        models.PROTECT,
        related_name="participations",
        verbose_name=_("organization"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["pk"]
        constraints = [restates_state("participation"), proposed_state("participation")]

    def __str__(self) -> str:
        return f"{self.project}: {self.organization}, {self.get_role_display()}"

    @property
    def subject(self) -> models.Model:
        return self.project

    def thing(self) -> tuple[object, ...]:
        return (self.project_id, self.role)

    def agrees_with(self, other: "Participation") -> bool:
        return self.organization_id == other.organization_id
