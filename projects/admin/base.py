"""What the pages of the admin share: they survive any query string, and say what they read."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import EmptyFieldListFilter
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, IntegrityError, models
from django.db.models import ForeignKey, QuerySet
from django.forms import BaseInlineFormSet, ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.admin.columns import source_draft, standing
from projects.admin.deleting import DeletingAdmin
from projects.admin.forms import AMOUNT_COLUMNS, DateWordsField, StatementForm, WordsForm
from projects.admin.formsets import RowsFormSet
from projects.admin.history import HistoryAdmin
from projects.admin.opened import VersionedForm
from projects.admin.roles import RolesAdmin, RolesInline
from projects.admin.rows import VersionedFormSet
from projects.admin.versions import VersionedAdmin, VersionedInline
from projects.admin.widgets import SafeAutocompleteSelect
from projects.fields import EdtfField
from projects.languages import page_language
from projects.models import RestatesHow
from projects.reports.reading import by_hand

LONGEST_SEARCH = 100
_UNREADABLE = (ValueError, OverflowError, DataError)
_FILTERED = ("", "__exact", "__isnull", "__isempty", "__id__exact")

FieldSets = Any  # the type that the admin asks for exists for the type checker only


class HardenedAdmin(DeletingAdmin):
    """An admin that answers no query string and no race with a server error."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Admit what the filters of the list ask, and no other look-up of a column."""
        chosen = self.list_filter if request is None else self.get_list_filter(request)
        return lookup in set(_lookups(chosen))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        # Django looks up a field without a name where `_to_field` is empty.
        return super().get_object(request, object_id, from_field or None)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        # A NUL is an error on PostgreSQL, a pattern of 50 KB one on SQLite.
        term = search_term.replace("\0", "")[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, term)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; a value that the database cannot take leads to Django's own error page."""
        try:
            return super().changelist_view(request, extra_context)
        except IntegrityError:
            return self._refused(request, request.get_full_path())
        except _UNREADABLE:
            if ERROR_FLAG in request.GET:
                raise
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what another editor saved in the same moment is met by the database."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return self._refused(request, request.get_full_path())

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question whether to delete; it names what stands against it."""
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError:
            return self._refused(request, request.get_full_path())

    def _refused(self, request: HttpRequest, address: str) -> HttpResponse:
        messages.error(
            request,
            gettext("Nothing was saved: it does not fit what is stored by now. Please try again."),
        )
        return HttpResponseRedirect(address)


def _lookups(chosen: Iterable[Any]) -> Iterable[str]:
    """The parameters that the filters of a list may put in its address."""
    for item in chosen:
        if isinstance(item, type) and issubclass(item, admin.SimpleListFilter):
            yield str(item.parameter_name)
        else:
            name = item[0] if isinstance(item, tuple | list) else item
            yield from (name + ending for ending in _FILTERED)


class Relations(BaseModelAdmin):
    """Relations are chosen by search; vague dates are typed as EDTF or in words."""

    formfield_overrides = {
        EdtfField: {"form_class": DateWordsField},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SafeAutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EntityAdmin(Relations, HistoryAdmin, VersionedAdmin, RolesAdmin, HardenedAdmin):
    """A page of an entity."""

    form = WordsForm
    list_per_page = 50
    list_select_related: ClassVar[tuple[str, ...]] = ()

    class Media:
        css = {"all": ["css/history.css", "css/versions.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # Also for the answers of the search boxes, which name a row by its relations.
        return super().get_queryset(request).select_related(*self.list_select_related)

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        _tell_readings(request, [form])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["reads_words"] = "js/words" in str(context["media"])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        super().save_formset(request, form, formset, change)
        deleted = formset.deleted_forms
        _tell_readings(request, [row for row in formset.forms if row not in deleted])


def _tell_readings(request: HttpRequest, forms: Iterable[ModelForm]) -> None:
    """Show what was read from words, for the editor to check."""
    for form in forms:
        for reading in getattr(form, "readings", ()):
            messages.info(request, reading)


class StandingFilter(admin.SimpleListFilter):
    """Statements by whether they stand, and how they restate another one."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("stands", _("stands")), *RestatesHow.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "stands":
            return queryset.filter(restates=None)
        return queryset.filter(restates_how=self.value()) if self.value() else queryset


INFERRED = ("inferred", EmptyFieldListFilter)
# What every kind of statement adds to its own columns, filters, search and relations.
STATEMENT_COLUMNS = ("source", standing, source_draft)
STATEMENT_FILTERS = (StandingFilter, "source__draft", INFERRED)
STATEMENT_SEARCH = ("key", "as_written", "said_by", "source__slug", "source__title")
STATEMENT_RELATIONS = ("source", "restates")


def names_of(*relations: str) -> list[str]:
    """The columns by which an entity is found, seen from a row that refers to it."""
    return [
        f"{relation}__{name}" for relation in relations for name in ("slug", "name_zh", "name_en")
    ]


class StatementPage(Relations):
    """The parts of a statement's form, on a page of its own or in that of its subject.

    `own_fields` are the columns of this kind of statement; they come first.
    """

    own_fields: ClassVar[tuple[Any, ...]]
    form = StatementForm

    @admin.display(description=_("amount"), empty_value="–")
    def amount_words(self, statement: Any) -> str:
        """The amount for who may not change it: for the others this is a field of the form."""
        return statement.amount.format(page_language()) if statement.pk else ""

    def uses_bounds(self, request: HttpRequest, obj: Any) -> bool:
        """Whether bounds are entered by hand, which are then not folded; in rows a script asks."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> FieldSets:
        folded = [] if self.uses_bounds(request, obj) else ["collapse"]
        bounds = (_("Bounds by hand"), {"fields": list(AMOUNT_COLUMNS), "classes": folded})
        return [
            (None, {"fields": list(self.own_fields)}),
            *([bounds] if "amount_words" in self.own_fields else []),
            (
                _("What the publication says"),
                {"fields": ["source", "locator", "said_by", "as_written", "inferred", "note"]},
            ),
            (_("Group"), {"fields": ["restates", "restates_how", "proposed"]}),
            (_("key"), {"fields": ["key"], "classes": ["collapse"]}),
        ]


class StatementAdmin(StatementPage, EntityAdmin):
    """A page of a statement."""

    def uses_bounds(self, request: HttpRequest, obj: Any) -> bool:
        typed = any(request.POST.get(name) for name in ("amount_low", "amount_high"))
        return typed or (obj is not None and "amount" in by_hand(obj))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # Whole articles, which no list shows.
        return super().get_queryset(request).defer("source__full_text")

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Nothing where its source is a draft: then the site does not show it."""
        return None if obj is None or obj.source.draft else super().get_view_on_site_url(obj)


class RowInline(VersionedInline, Relations, RolesInline, admin.StackedInline):
    """Rows of an entity or a statement in the page of what they belong to."""

    form = WordsForm
    formset = RowsFormSet
    extra = 0
    show_change_link = True


class LinkInline(VersionedInline, Relations, RolesInline, admin.TabularInline):
    """Plain ties to other entities."""

    form = VersionedForm
    formset = VersionedFormSet
    extra = 0


class StatementInline(StatementPage, RowInline):
    """Statements in the page of what they are about."""

    form = StatementForm

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # The words of each row are seen from the day of its source, in the unit of its indicator.
        related = {"indicator"}.intersection(field.name for field in self.model._meta.fields)
        rows = super().get_queryset(request).select_related("source", *related)
        return rows.defer("source__full_text")
