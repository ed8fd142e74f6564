"""What is being built or run, where, in which fields, and who takes part."""

from django.db import models
from django.db.models import Index, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.fields import DerivedNumberField, SearchTextField
from projects.models.base import Link, Named, Seen, SluggedQuerySet, Summarised


class Project(Named, Seen, Summarised):
    """What is being built or run; it stands under an agreement or none."""

    agreement = models.ForeignKey(
        "Agreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("agreement"),
    )
    places = models.ManyToManyField(
        "projects.Place", through="projects.ProjectPlace", blank=True, verbose_name=_("places")
    )
    sectors = models.ManyToManyField(
        "projects.Sector", through="projects.ProjectSector", blank=True, verbose_name=_("sectors")
    )
    one_sector = DerivedNumberField()
    one_place = DerivedNumberField()
    search_text = SearchTextField("name_zh", "name_en", "summary_zh", "summary_en", "slug")

    objects = SluggedQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["pk"]
        indexes = [
            Index(fields=["one_sector", "id"], name="project_one_sector"),
            Index(fields=["one_place", "id"], name="project_one_place"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.slug])


class ProjectPlace(Link):
    """A place where a project is."""

    ends = ("project__slug", "place__slug")

    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"))
    place = models.ForeignKey("Place", models.PROTECT, verbose_name=_("place"))

    class Meta:
        verbose_name = _("place of a project")
        verbose_name_plural = _("places of projects")
        ordering = ["pk"]
        constraints = [UniqueConstraint(fields=["project", "place"], name="projectplace_once")]


class ProjectSector(Link):
    """A field of cooperation that a project belongs to."""

    ends = ("project__slug", "sector__slug")

    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"))
    sector = models.ForeignKey("Sector", models.PROTECT, verbose_name=_("sector"))

    class Meta:
        verbose_name = _("sector of a project")
        verbose_name_plural = _("sectors of projects")
        ordering = ["pk"]
        constraints = [UniqueConstraint(fields=["project", "sector"], name="projectsector_once")]
