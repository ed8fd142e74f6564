"""A statement: some publication says it, in some words, somewhere; and the groups it stands in."""

import uuid
from collections.abc import Collection
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.fields import DerivedDateField
from projects.models.history import History
from projects.models.passages import check_words
from projects.models.together import all_together
from projects.models.versions import Versioned
from projects.remembering.reports import remembered_here
from projects.values.readers import Reader

Stated = TypeVar("Stated", bound="Statement")


Named = dict[str, list["Statement"]]
"""Statements by the names of their kinds in addresses."""


class RestatesHow(models.TextChoices):
    """How a statement restates the one that stands."""

    REPEATS = "repeats", _("repeats")
    SUPERSEDED = "superseded", _("superseded")
    DISPUTED = "disputed", _("disputed")


class StatementQuerySet(models.QuerySet[Stated]):
    """Statements as a reader may see them.

    A reader without preferences of its kind reads what is stored. For one with any it is chosen
    when it is asked, group by group: that is the definition, by which `derive --check` proves what
    is stored.
    """

    def get_by_natural_key(self, key: str) -> Any:
        return self.get(key=key)

    def out(self, reader: Reader) -> Self:
        """Those whose source is published on the site and, under as-of, was published by then."""
        return self.filter(is_out(reader))

    def in_standing_order(self, reader: Reader) -> Self:
        """Order the members of one group by who stands: preferred, then standing, then newest."""
        preferred = reader.preferred(self.model.kind_of_statement)
        return self.order_by(
            *([Case(When(pk__in=preferred, then=0), default=1)] if preferred else []),
            Case(When(restates__isnull=True, then=0), default=1),
            F("source__published_latest").desc(),
            F("source__published_earliest").desc(nulls_last=True),
            "pk",
        )

    def standing(self, reader: Reader) -> Self:
        """The one statement of each group that stands for this reader."""
        rows, stands = self._judged_standing(reader)
        return rows.filter(stands)

    def with_stands(self, reader: Reader) -> Self:
        """Annotate `stands`: whether the statement stands for this reader."""
        rows, stands = self._judged_standing(reader)
        return rows.annotate(stands=Case(When(stands, then=Value(True)), default=Value(False)))

    def standing_instead(self, reader: Reader, other: Reader) -> Self:
        """Those that stand for one reader where another statement, or none, stands for the other.

        Annotates `group`, the id of the statement that stands for the editors.
        """
        rows, stands = self.standing(reader)._judged_standing(other, "other_standing_id")
        return rows.annotate(group=Coalesce("restates_id", "pk")).filter(~stands)

    def _judged_standing(self, reader: Reader, name: str = "standing_id") -> tuple[Self, Q]:
        """What tells that a statement stands for this reader.

        It is chosen in the groups of those that the reader prefers; in all others it is stored.
        `name` is that of the column with what is chosen.
        """
        known = in_stretch(reader, "stands")
        if reader.stored(self.model.kind_of_statement):
            return self, known
        group = Coalesce("restates_id", "pk")
        rows = self.alias(group=group, **{name: Coalesce(self._first_of_group(reader), 0)})
        chosen = Q(**{name: F("pk")})
        if not reader.stored():
            return rows, chosen
        touched = self.model._default_manager.in_preferred_groups(reader)
        return rows, (~touched & known) | (touched & chosen)

    def in_preferred_groups(self, reader: Reader) -> Q:
        """Whether a statement is in the group of one that the reader prefers.

        A group is known by the id of the statement that stands for the editors.
        """
        found = preferred(reader.prefer)[self.model.kind_of_statement]
        groups = sorted({one.restates_id or one.pk for one in found})
        return Q(pk__in=groups) | Q(restates__in=groups)

    def _first_of_group(self, reader: Reader) -> Subquery:
        """The id of the one that stands in the outer row's `group`.

        Asked group by group, an index answers it, also inside the query of another table; a window
        over all groups would be drawn anew for each row there.
        """
        in_group = Q(pk=OuterRef("group")) | Q(restates=OuterRef("group"))
        members = self.model._default_manager.out(reader).filter(in_group)
        return Subquery(members.in_standing_order(reader).values("pk")[:1])


def kinds() -> "dict[str, type[Statement]]":
    """Every kind of statement by its name in addresses."""
    models = (model for model in apps.get_models() if issubclass(model, Statement))
    return {model.kind_of_statement: model for model in models}


def preferred(prefer: Collection[tuple[str, int]], found: "Named | None" = None) -> "Named":
    """By each kind those of these statements that are on the site, with what names them.

    One query, once a page; none where none is named. They may be `found` already, by a query that
    asks for something else as well.
    """

    def find() -> Named:
        rows = named_rows(prefer)
        return dict(zip(rows, all_together(*rows.values()), strict=True))

    if not prefer:
        return {kind: [] for kind in kinds()}
    return remembered_here(("preferred", *sorted(prefer)), lambda: found or find())


def named_rows(names: Collection[tuple[str, int]]) -> dict[str, models.QuerySet[Any]]:
    """By each kind those of these statements that are on the site, with what names them."""
    found: dict[str, models.QuerySet[Any]] = {}
    for kind, model in kinds().items():
        manager: Any = model._default_manager
        numbers = [number for name, number in names if name == kind]
        rows = manager.filter(pk__in=numbers, source__draft=False)
        rows = rows.select_related("source", *model.named_with).defer("source__full_text")
        found[kind] = rows.prefetch_related(*model.named_with_many)
    return found


def in_stretch(reader: Reader, name: str, prefix: str = "") -> Q:
    """Whether the reader's day lies in the stretch of the columns `<name>_from` and `_until`.

    Without an as-of day everything published is known, whatever its day: the last stretch.
    """
    begin, end = f"{prefix}{name}_from", f"{prefix}{name}_until"
    if reader.as_of is None:
        return Q(**{f"{begin}__isnull": False, f"{end}__isnull": True})
    ended = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": reader.as_of})
    return Q(**{f"{begin}__lte": reader.as_of}) & ended


def known_from(reader: Reader, column: str) -> Q:
    """Whether what is known from the day in a column, if ever, is known to the reader."""
    if reader.as_of is None:
        return Q(**{f"{column}__isnull": False})
    return Q(**{f"{column}__lte": reader.as_of})


def is_out(reader: Reader, prefix: str = "") -> Q:
    """Whether a statement is out for a reader; `prefix` leads to the statement."""
    if reader.stored():
        return known_from(reader, f"{prefix}out_from")
    return source_is_out(reader, f"{prefix}source__")


def source_is_out(reader: Reader, prefix: str) -> Q:
    """Whether a publication is out for a reader; `prefix` leads to it."""
    out = Q(**{f"{prefix}draft": False})
    if reader.as_of is not None:
        out &= Q(**{f"{prefix}published_latest__lte": reader.as_of})
    return out


class Statement(Versioned):
    """What a publication says about one thing.

    Statements about the same thing form a group in which exactly one stands; each other one points
    to it with `restates`. Subclasses say what the thing is and when two values agree.
    """

    kind_of_statement: ClassVar[str]
    named_with: ClassVar[tuple[str, ...]]
    """The relations to what it is about, by which a page names it."""
    named_with_many: ClassVar[tuple[str, ...]] = ()
    """Those of them that are many-to-many."""

    restates_id: int | None
    stands: bool
    """Whether it stands for the reader; there after `with_stands` only."""

    key = models.SlugField(
        _("key"),
        max_length=150,
        unique=True,
        blank=True,
        help_text=_("A short stable text; made up where it is left empty."),
    )
    source = models.ForeignKey("projects.Source", models.PROTECT, verbose_name=_("source"))
    locator = models.CharField(
        _("locator"), max_length=200, blank=True, help_text=_("Where in the publication it stands.")
    )
    said_by = models.CharField(
        _("said by"), max_length=200, blank=True, help_text=_("Who says it there, if quoted.")
    )
    as_written = models.CharField(
        _("as written"),
        max_length=500,
        blank=True,
        help_text=_("The words of the figure or date as the publication has them."),
    )
    inferred = models.TextField(
        _("inferred"), blank=True, help_text=_("The reason, where it is read between the lines.")
    )
    note = models.TextField(_("note"), blank=True)
    restates = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="restated_by",
        verbose_name=_("restates"),
        help_text=_("The standing statement about the same thing; empty where this one stands."),
    )
    restates_how = models.CharField(
        _("restates how"), max_length=12, choices=RestatesHow, blank=True
    )
    proposed = models.CharField(
        _("proposed to stand"),
        max_length=12,
        choices=RestatesHow,
        blank=True,
        help_text=_(
            "This draft is to stand instead of the one it restates, once its source is published: "
            "say what becomes of the one that stands now."
        ),
    )

    out_from = DerivedDateField()
    stands_from = DerivedDateField()
    stands_until = DerivedDateField()

    objects = StatementQuerySet.as_manager()
    history = History()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.key:
            self.key = f"{self.source.slug}-{uuid.uuid4().hex[:8]}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("projects:statement", args=[self.kind_of_statement, self.pk])

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    @property
    def code(self) -> str:
        """How the query string names it, such as `investment-5`."""
        return f"{self.kind_of_statement}-{self.pk}"

    @property
    def subject(self) -> models.Model:
        """The entity on whose page the statement is shown."""
        raise NotImplementedError

    def thing(self) -> tuple[object, ...]:
        """What the statement is about; two statements of one group are about the same thing."""
        raise NotImplementedError

    def agrees_with(self, other: Self) -> bool:
        """Whether the two say the same, so that one may repeat the other."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        if self.restates is not None:
            self._check_restated(self.restates)
        if self.proposed:
            self._check_proposed()
        if self.pk is not None:
            self._check_members()
        check_words(self)

    def _check_restated(self, standing: Any) -> None:
        if standing.restates_id is not None:
            raise ValidationError(
                {
                    "restates": _(
                        "That statement itself restates another; point to the standing one."
                    )
                }
            )
        if self.thing() != standing.thing():
            raise ValidationError({"restates": _("That statement is about something else.")})
        if self.restates_how == RestatesHow.REPEATS and not self._may_agree(standing):
            raise ValidationError(
                {"restates_how": _("The values do not agree, so this does not repeat the other.")}
            )

    def _check_proposed(self) -> None:
        if self.restates is None:
            raise ValidationError(
                {"proposed": _("Say what it restates: it is to stand instead of that.")}
            )
        if hasattr(self, "source") and not self.source.draft:
            raise ValidationError(
                {"proposed": _("Its source is published: let it stand among the disagreements.")}
            )
        if self.proposed == RestatesHow.REPEATS and not self._may_agree(self.restates):
            raise ValidationError(
                {"proposed": _("The values do not agree, so the other would not repeat this.")}
            )

    def _may_agree(self, other: Any) -> bool:
        """Whether the two agree; a value that cannot be read is refused by its own column."""
        try:
            return self.agrees_with(other)
        except ValueError:
            return True

    def _check_members(self) -> None:
        """Keep a group together when the one that stands is changed."""
        this: Any = self  # the models, not this class, know their reverse side
        members: list[Any] = list(this.restated_by.all())
        if members and self.restates_id is not None:
            raise ValidationError(
                {"restates": _("Other statements restate this one; it has to stand.")}
            )
        for member in members:
            if member.thing() != self.thing():
                raise ValidationError(
                    _("%(key)s restates this statement and is about something else."),
                    params={"key": member.key},
                )
            if member.restates_how == RestatesHow.REPEATS and not self._may_agree(member):
                raise ValidationError(
                    _("%(key)s repeats this statement, and the values no longer agree."),
                    params={"key": member.key},
                )
