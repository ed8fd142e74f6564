"""Companies, public bodies, branches and associations, and who controls them."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.constraints import not_itself
from projects.fields import DerivedReference, SearchTextField
from projects.models.base import Named, Seen, Summarised, TreeQuerySet, refuse_cycle

PUBLISHED = (
    "NOT EXISTS (SELECT 1 FROM projects_source naming "
    "WHERE naming.id = {row}.parent_source_id AND naming.draft)"
)
"""That no draft names the parent of a row: what only a draft says is known to no reader."""


def _parent(row: str) -> str:
    return f"CASE WHEN {PUBLISHED.format(row=row)} THEN {row}.parent_id END"


class Root(Func):
    """The id of the organization at the top of the tree in which one stands, by its id.

    It is asked anew for every row: by it what is stored as `head` is proved. NULL in a cycle.
    """

    output_field = models.BigIntegerField()
    template = (
        "(WITH RECURSIVE up(parent_id, id) AS ("  # noqa: S608
        f"SELECT {_parent('own')}, own.id FROM projects_organization own "
        "WHERE own.id = %(expressions)s "
        f"UNION SELECT {_parent('above')}, above.id FROM projects_organization above "
        "JOIN up ON above.id = up.parent_id) "
        "SELECT id FROM up WHERE parent_id IS NULL)"
    )


class OrganizationQuerySet(TreeQuerySet):
    """Organizations in their groups; one whose parent only a draft names has none for readers."""

    parent_counts = PUBLISHED

    def with_known_parent(self) -> Self:
        """Annotate `known_parent_id`: the parent, unless only a draft names it."""
        published = When(parent_source__draft=False, then=F("parent"))
        return self.annotate(known_parent_id=Case(published))

    def controlled_by(self, parent: Any) -> Self:
        """Those of which readers know this parent."""
        return self.filter(parent=parent, parent_source__draft=False)

    def heads(self) -> Self:
        """Those that stand at the top of a group, as far as readers know."""
        return self.filter(Q(parent__isnull=True) | Q(parent_source__draft=True))


class Organization(Named, Seen, Summarised):
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
    head = DerivedReference("self")
    """The one at the top of its group, as far as readers know: itself, where it has no parent."""
    inferred = models.TextField(
        _("inferred"), blank=True, help_text=_("The reason, where it is read between the lines.")
    )
    search_text = SearchTextField("name_zh", "name_en", "short_name", "aliases", "slug")

    known_parent_id: int | None
    """The id of its parent as far as readers know; there after `with_known_parent` only."""

    objects = OrganizationQuerySet.as_manager()

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
