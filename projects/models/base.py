"""What entities share: a slug, names in two languages, and trees of parents."""

from collections.abc import Collection
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from projects.fields import DerivedDateField
from projects.languages import page_language
from projects.models.history import History
from projects.models.versions import Versioned

NOTHING_SAID = date.max
"""The day from which an entity is seen of which nothing is said: by readers of today only."""

SEVERAL = -2
"""What is stored for one end of links where there are several; otherwise it is the id of one."""

Tie = TypeVar("Tie", bound="Link")


def in_language(zh: str, en: str) -> str:
    """Choose the text of the page's language; a missing one falls back to the other."""
    return (zh or en) if page_language() == "zh-hans" else (en or zh)


class SluggedQuerySet(models.QuerySet):
    """Entities by their slug."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class TreeQuerySet(SluggedQuerySet):
    """Entities that stand below each other.

    `parent_counts` is the SQL condition that the parent of `{row}` is one for readers.
    """

    parent_counts: ClassVar[str] = "TRUE"

    def below(self, slug: str) -> Self:
        """The entity with this slug and all below it; a cycle of parents ends by itself."""
        table = self.model._meta.db_table
        # UNION drops rows it has seen, so a cycle that got in by another way hangs no page.
        tree = (
            f"WITH RECURSIVE tree(id) AS (SELECT id FROM {table} WHERE slug = %s "  # noqa: S608
            f"UNION SELECT child.id FROM {table} child JOIN tree ON child.parent_id = tree.id "
            f"AND {self.parent_counts.format(row='child')}) SELECT id FROM tree"
        )
        return self.filter(pk__in=RawSQL(tree, [slug]))  # noqa: S611

    def below_any(self, ids: Collection[int]) -> Self:
        """The entities with these ids and all below them; a cycle ends by itself here too."""
        if not ids:
            return self.none()
        table = self.model._meta.db_table
        places = ", ".join(["%s"] * len(ids))
        tree = (
            f"WITH RECURSIVE tree(id) AS (SELECT id FROM {table} WHERE id IN ({places}) "  # noqa: S608
            f"UNION SELECT child.id FROM {table} child JOIN tree ON child.parent_id = tree.id "
            f"AND {self.parent_counts.format(row='child')}) SELECT id FROM tree"
        )
        return self.filter(pk__in=RawSQL(tree, list(ids)))  # noqa: S611

    def above(self, ids: Collection[int]) -> Self:
        """The entities with these ids and all above them; a cycle ends by itself here too."""
        if not ids:
            return self.none()
        table = self.model._meta.db_table
        places = ", ".join(["%s"] * len(ids))
        line = (
            f"WITH RECURSIVE line(id, parent_id) AS (SELECT id, {self._parent(table)} "  # noqa: S608
            f"FROM {table} WHERE id IN ({places}) UNION SELECT up.id, {self._parent('up')} "
            f"FROM {table} up JOIN line ON up.id = line.parent_id) SELECT id FROM line"
        )
        return self.filter(pk__in=RawSQL(line, list(ids)))  # noqa: S611

    def _parent(self, row: str) -> str:
        """The SQL of a row's parent as readers know it."""
        return f"CASE WHEN {self.parent_counts.format(row=row)} THEN {row}.parent_id END"


class Named(Versioned):
    """An entity with a slug and a name in Chinese and in English."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    entered_with = models.ForeignKey(
        "projects.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered with"),
        help_text=_("The publication from which it was entered: it is on the site once that is."),
    )

    history = History()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the page's language."""
        return in_language(self.name_zh, self.name_en) or self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        super().clean()
        if not (self.name_zh or self.name_en):
            raise ValidationError({"name_zh": _("Give a name in Chinese or in English.")})


def no_draft(prefix: str = "") -> models.Q:
    """The condition that an entity is no draft, whatever the day; `prefix` leads to it."""
    entered = f"{prefix}entered_with__"
    return models.Q(**{f"{entered}isnull": True}) | models.Q(**{f"{entered}draft": False})


class Seen(models.Model):
    """An entity that is there for readers from the first publication that says anything of it."""

    seen_from = DerivedDateField(default=NOTHING_SAID)

    class Meta:
        abstract = True


class Summarised(models.Model):
    """An entity with a summary in Chinese and in English, in our own words."""

    summary_zh = models.TextField(_("summary in Chinese"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        """The summary in the page's language."""
        return in_language(self.summary_zh, self.summary_en)


def refuse_cycle(entity: models.Model, name: str = "parent") -> None:
    """Refuse a chain of parents that comes back to the entity itself."""
    seen: set[Any] = {entity.pk} if entity.pk else set()
    step = getattr(entity, name)
    while step is not None:
        if step.pk in seen:
            message = _("This would close a circle: %(name)s lies below itself.")
            raise ValidationError({name: ValidationError(message, params={"name": str(entity)})})
        seen.add(step.pk)
        step = getattr(step, name)


class LinkQuerySet(models.QuerySet[Tie]):
    """Links by the natural keys of their two ends."""

    def get_by_natural_key(self, *keys: str) -> Any:
        return self.get(**dict(zip(self.model.ends, keys, strict=True)))


class Link(Versioned):
    """A plain tie between two entities: it goes with its first end and protects its second.

    `ends` are the look-ups of the two natural keys, such as `project__slug`.
    """

    ends: ClassVar[tuple[str, str]]

    objects = LinkQuerySet.as_manager()
    history = History()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return " – ".join(self.natural_key())

    def natural_key(self) -> tuple[str, ...]:
        return tuple(attrgetter(end.replace("__", "."))(self) for end in self.ends)
