"""Addresses of the admin, and its real forms filled in and sent as a browser does."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


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
    data = _as_opened(client, target)
    data |= {name: _typed(value) for name, value in values.items()}
    for prefix, added in (rows or {}).items():
        first = int(data[f"{prefix}-TOTAL_FORMS"])
        for number, row in enumerate(added, first):
            data |= {f"{prefix}-{number}-{name}": _typed(value) for name, value in row.items()}
        data[f"{prefix}-TOTAL_FORMS"] = str(first + len(added))
    return client.post(target, {name: text for name, text in data.items() if text != ""})


def _typed(value: Any) -> str:
    return str(value.pk if isinstance(value, Model) else value)


def _as_opened(client: Client, target: str) -> dict[str, str]:
    """What the form sends if nothing is typed."""
    context = client.get(target).context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {
        name: "on" if value is True else str(value)
        for name, value in values.items()
        if value is not None and value is not False
    }


def problems(response: HttpResponse) -> str:
    """All that a refused form says, its inlines included; fails where it was not refused."""
    assert response.status_code == 200, response.status_code
    said = [str(error) for error in response.context["errors"]]
    assert any(said), "the form was accepted"
    return "\n".join(said)


def told(response: HttpResponse) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in response.wsgi_request._messages]
