"""What stands against a deletion: the rows that depend on what is to go, each with its page."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import ngettext

from projects.models import Link
from projects.models.past import first_end
from projects.reports.history.names import name_of

NAMED = 20
"""So many rows are named; the page says how many more there are."""


class DeletingAdmin(admin.ModelAdmin):
    """Pages that ask whether to delete: they name what depends on the rows, or what goes along."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        if collector.protected:
            return [], {}, set(), self._named(collector.protected)
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return _bounded(found), counts, lacking, protected

    def _named(self, rows: Iterable[Model]) -> list[Any]:
        """The first rows, one kind after the other, each with a link to its page."""
        ordered = sorted(rows, key=lambda row: (row._meta.model_name or "", row.pk))
        return [*map(self._line, ordered[:NAMED]), *_and_more(len(ordered) - NAMED)]

    def _line(self, row: Any) -> Any:
        """A row in words, leading to its page; a link leads to the page of what owns it."""
        kind, name = capfirst(row._meta.verbose_name), name_of(row)
        owner = getattr(row, first_end(type(row)).name) if isinstance(row, Link) else row
        options = owner._meta
        page = f"{self.admin_site.name}:{options.app_label}_{options.model_name}_change"
        try:
            address = reverse(page, args=[owner.pk])
        except NoReverseMatch:
            return format_html("{}: {}", kind, name)
        return format_html('{}: <a href="{}">{}</a>', kind, address, name)


def _bounded(rows: list[Any]) -> list[Any]:
    """A list of lists as Django nests them, each shortened to what a reader can look through."""
    shown = [_bounded(row) if isinstance(row, list) else row for row in rows[: 2 * NAMED]]
    more = sum(not isinstance(row, list) for row in rows[2 * NAMED :])
    return [*shown, *_and_more(more)]


def _and_more(count: int) -> list[str]:
    if count <= 0:
        return []
    return [ngettext("and %(count)d more", "and %(count)d more", count) % {"count": count}]
