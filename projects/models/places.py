"""Where projects are, and the fields of cooperation they belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.constraints import not_itself
from projects.fields import SearchTextField
from projects.models.base import Named, SluggedQuerySet, TreeQuerySet, refuse_cycle


class Place(Named):
    """A city, district or zone; `parent` is what it lies in."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
    )
    inferred = models.TextField(
        _("inferred"), blank=True, help_text=_("The reason, where it is read between the lines.")
    )
    search_text = SearchTextField("name_zh", "name_en", "slug")

    objects = TreeQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name_zh", "pk"]
        constraints = [not_itself("place", "parent", _("A place does not lie in itself."))]

    def clean(self) -> None:
        super().clean()
        refuse_cycle(self)


class Sector(Named):
    """A field of cooperation."""

    search_text = SearchTextField("name_zh", "name_en", "slug")

    objects = SluggedQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["pk"]
