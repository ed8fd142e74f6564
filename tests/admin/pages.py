"""Addresses of the admin, and its real forms filled in and sent as a browser does."""

import re
from typing import Any

from django.db.models import Model
from django.forms import BoundField, MultiWidget
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def address(model: type[Model], page: str, *args: Any) -> str:
    """The address of a page of a model: changelist, add, change, delete."""
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def submit(
    client: Client,
    target: str,
    values: dict[str, Any],
    rows: dict[str, list[dict[str, Any]]] | None = None,
) -> HttpResponse:
    """Open a form, type the values, add rows to its inlines, and send it.

    An empty value is a field that is cleared, or a box that is not ticked.
    """
    data = as_shown(client.get(target))
    data |= {name: _typed(value) for name, value in values.items()}
    for prefix, added in (rows or {}).items():
        first = int(data[f"{prefix}-TOTAL_FORMS"])
        for number, row in enumerate(added, first):
            data |= {f"{prefix}-{number}-{name}": _typed(value) for name, value in row.items()}
        data[f"{prefix}-TOTAL_FORMS"] = str(first + len(added))
    return client.post(target, {name: text for name, text in data.items() if text != ""})


def _typed(value: Any) -> str:
    return str(value.pk if isinstance(value, Model) else value)


def as_shown(page: HttpResponse) -> dict[str, str]:
    """What the form of a page sends if nothing is typed."""
    context = page.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    values = dict(pair for form in forms for field in form for pair in _parts(field))
    return {
        name: "on" if value is True else value if isinstance(value, list) else str(value)
        for name, value in values.items()
        if value is not None and value is not False
    }


def _parts(field: BoundField) -> list[tuple[str, Any]]:
    """The names under which a field is sent, with its values: a day and an hour are two."""
    value, widget = field.value(), field.field.widget
    if not isinstance(widget, MultiWidget):
        return [(field.html_name, value)]
    parts = value if isinstance(value, list) else widget.decompress(value)
    return [
        (field.html_name + name, part)
        for name, part in zip(widget.widgets_names, parts, strict=True)
    ]


def as_opened(client: Client, target: str) -> dict[str, str]:
    """What the form at an address sends if nothing is typed."""
    return as_shown(client.get(target))


def delete(client: Client, row: Model, **typed: str) -> HttpResponse:
    """Ask whether to delete a row, and answer yes."""
    target = address(type(row), "delete", row.pk)
    return client.post(target, hidden(client.get(target)) | typed)


def delete_selected(client: Client, *rows: Model, **typed: str) -> HttpResponse:
    """Choose rows of one model in their list, and answer yes."""
    target = address(type(rows[0]), "changelist")
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(target, hidden(client.post(target, chosen)) | typed)


def hidden(page: HttpResponse) -> dict[str, list[str]]:
    """The hidden fields of a page's main form, as its markup has them."""
    form = page.content.decode().partition('id="content"')[2]
    found: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(form):
        found.setdefault(name, []).append(value)
    return found


def problems(response: HttpResponse) -> str:
    """All that a refused form says, its inlines included; fails where it was not refused."""
    assert response.status_code == 200, response.status_code
    said = [str(error) for error in response.context["errors"]]
    assert any(said), "the form was accepted"
    return "\n".join(said)


def told(response: HttpResponse) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in response.wsgi_request._messages]
