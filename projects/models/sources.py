"""Publications: where every statement comes from."""

from collections.abc import Iterator
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.constraints import date_state, web_address
from projects.fields import EdtfField, SearchTextField
from projects.models.base import SluggedQuerySet
from projects.models.history import History
from projects.models.passages import check_text
from projects.models.statements import Statement
from projects.models.versions import Versioned
from projects.values.dates import VagueDate
from projects.values.readers import Reader

SYNTHETIC = "synthetic-"
"""What the slug of every made-up publication begins with (the command generate_portfolio)."""

WEB_ONLY = URLValidator(["http", "https"])
NEWEST_FIRST: list[str | Combinable] = [
    F("published_latest").desc(),
    F("published_earliest").desc(nulls_last=True),
    "pk",
]


class SourceQuerySet(SluggedQuerySet):
    """Publications as a reader may see them."""

    def out(self, reader: Reader) -> Self:
        """Those published on the site and, under as-of, published by that day.

        Their full texts, long and for editors only, are left in the database until they are asked.
        """
        visible = self.filter(draft=False).defer("full_text")
        if reader.as_of is not None:
            visible = visible.filter(published_latest__lte=reader.as_of)
        return visible

    def synthetic(self) -> Self:
        """Those that were made up for measuring."""
        return self.filter(slug__startswith=SYNTHETIC)

    def newest_first(self) -> Self:
        """Order by the last possible day of publication, then the first one."""
        return self.order_by(*NEWEST_FIRST)


class Source(Versioned):
    """A publication; it is a draft until it is published on the site."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("interview")
        NEWS_REPORT = "news_report", _("news report")
        PRESS_CONFERENCE = "press_conference", _("press conference")
        OFFICIAL_DOCUMENT = "official_document", _("official document")
        COMPANY_REPORT = "company_report", _("company report")
        OTHER = "other", _("other")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=300)
    outlet = models.CharField(_("outlet"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS_REPORT)
    published = EdtfField(_("published"))
    published_earliest = models.DateField(null=True, blank=True, editable=False)
    published_latest = models.DateField(editable=False, db_index=True)
    address = models.URLField(_("address"), max_length=500, blank=True, validators=[WEB_ONLY])
    archive_address = models.URLField(
        _("archive address"),
        max_length=500,
        blank=True,
        validators=[WEB_ONLY],
    )
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    inferred = models.TextField(
        _("inferred"),
        blank=True,
        help_text=_("The reason, where the date is read between the lines."),
    )
    full_text = models.TextField(
        _("full text"),
        blank=True,
        help_text=_(
            "For editors only: the site shows the words of statements with at most 40 "
            "characters around them. The words of every statement have to occur in it."
        ),
    )
    draft = models.BooleanField(
        _("draft"),
        default=True,
        help_text=_("A draft and its statements appear nowhere on the site."),
    )
    search_text = SearchTextField("title", "outlet", "author", "slug")

    objects = SourceQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = NEWEST_FIRST
        permissions = [
            ("publish", "Can publish sources, and change what is published"),
            ("swap_standing", "Can choose which of rival statements stands"),
        ]
        constraints = [
            date_state("source", "published"),
            web_address("source", "address"),
            web_address("source", "archive_address"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:source", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def when(self) -> VagueDate:
        """The date of publication as a value."""
        return VagueDate(self.published)

    def clean(self) -> None:
        super().clean()
        if self.published and self.published_latest is None:
            raise ValidationError(
                {"published": _("A publication has a last possible day; the end may not be open.")}
            )
        if self.full_text.strip() and self.pk is not None:
            check_text(self.full_text, self._statements())

    def _statements(self) -> Iterator[Statement]:
        """Every statement that it makes; a query a kind."""
        for relation in self._meta.related_objects:
            kind = relation.related_model
            if isinstance(kind, type) and issubclass(kind, Statement):
                yield from kind._default_manager.filter(source=self).order_by("pk")
