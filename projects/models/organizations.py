"""Companies, public bodies, branches and associations, and who controls them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CharField, F, Func, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.constraints import not_itself
from projects.fields import SearchTextField
from projects.models.base import Named, Summarised, TreeQuerySet, refuse_cycle


class _Root(Func):
    """The slug of the organization at the top of the tree in which one stands, by its id."""

    output_field = CharField()
    template = (
        "(WITH RECURSIVE up(parent_id, slug) AS ("
        "SELECT parent_id, slug FROM projects_organization WHERE id = %(expressions)s "
        "UNION SELECT above.parent_id, above.slug FROM projects_organization above "
        "JOIN up ON above.id = up.parent_id) "
        "SELECT slug FROM up WHERE parent_id IS NULL)"
    )


def group_of(organization: str) -> Coalesce:
    """The slug of the group (the root) of the organization in a column.

    Where a cycle of parents got in, there is no root: there it is the organization's own.
    """
    root, own = _Root(F(f"{organization}_id")), F(f"{organization}__slug")
    return Coalesce(root, own, output_field=CharField())


class Organization(Named, Summarised):
    """A company, public body, branch or association; `parent` is who controls it today."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        PUBLIC_BODY = "public_body", _("public body")
        BRANCH = "branch", _("branch")
        ASSOCIATION = "association", _("association")
        PARK_OPERATOR = "park_operator", _("park operator")

    short_name = models.CharField(_("short name"), max_length=100, blank=True)
    aliases = models.CharField(
        _("aliases"),
        max_length=500,
        blank=True,
        help_text=_("Other names it is found by, separated by semicolons."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMPANY)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
        help_text=_("Who controls it."),
    )
    parent_source = models.ForeignKey(
        "Source",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("source of the parent"),
        help_text=_("Who says so; for an organization without a parent: where it is named."),
    )
    parent_locator = models.CharField(_("locator of the parent"), max_length=200, blank=True)
    inferred = models.TextField(
        _("inferred"), blank=True, help_text=_("The reason, where it is read between the lines.")
    )
    search_text = SearchTextField("name_zh", "name_en", "short_name", "aliases", "slug")

    objects = TreeQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name_zh", "pk"]
        constraints = [
            not_itself("organization", "parent", _("An organization does not control itself.")),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(parent_source__isnull=False),
                name="organization_parent_has_source",
                violation_error_message=_("Say which publication names the parent."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("projects:organization", args=[self.slug])

    @property
    def all_aliases(self) -> list[str]:
        """The other names, one by one."""
        return [alias.strip() for alias in self.aliases.split(";") if alias.strip()]

    def clean(self) -> None:
        super().clean()
        refuse_cycle(self)
        if self.parent_locator and self.parent_source_id is None:
            raise ValidationError({"parent_source": _("A locator needs its publication.")})
