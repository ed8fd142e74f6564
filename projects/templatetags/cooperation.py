"""Values in words, links that carry the reader on, and icons."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from projects.models import (
    AgreementParty,
    Investment,
    MilestoneDate,
    Observation,
    Participation,
    Statement,
    Target,
)
from projects.parameters import Parameters
from projects.values.amounts import Amount
from projects.values.dates import Period, VagueDate

register = template.Library()

_PAGES = (
    ("projects:dashboard", _("Overview")),
    ("projects:projects", _("Projects")),
    ("projects:organizations", _("Organizations")),
    ("projects:agreements", _("Agreements")),
    ("projects:investments", _("Investments")),
    ("projects:milestones", _("Milestones")),
    ("projects:timeline", _("Timeline")),
    ("projects:indicators", _("Indicators")),
    ("projects:sources", _("Sources")),
)


@register.filter
def words(value: Amount | VagueDate | Period | str | None) -> str:
    """Write a value exactly, in the page's language; an EDTF text is read first."""
    if not value:
        return ""
    if isinstance(value, str):
        value = VagueDate(value)
    return value.format(_language())


@register.filter
def short_words(amount: Amount) -> str:
    """Write an amount short, rounded outwards, in the page's language."""
    return amount.format_rounded(_language())


@register.filter
def period_words(edtf: str) -> str:
    """Write an EDTF text as a period, in the page's language."""
    return Period(edtf).format(_language()) if edtf else ""


@register.filter
def in_period(statement: Target | Observation) -> str:
    """The period of a target or an observation: its dates, else its words, or none."""
    words_as_written: str = getattr(statement, "period_as_written", "")
    return period_words(statement.period) or words_as_written or str(_("not dated"))


@register.filter
def says(statement: Statement) -> str:
    """What a statement of any kind says, in a few words of the page's language."""
    match statement:
        case Participation() | AgreementParty():
            parts = [str(statement.organization), statement.get_role_display()]
        case Investment():
            parts = [str(one) for one in statement.organizations.all()]
            parts += [statement.get_basis_display(), words(statement.amount), words(statement.date)]
        case MilestoneDate():
            date = words(statement.date) or gettext("not stated")
            parts = [str(statement.milestone), statement.get_side_display(), date]
        case Target():
            parts = [gettext("Target"), in_period(statement), words(statement.amount)]
        case Observation():
            status = statement.get_status_display()
            parts = [status, in_period(statement), words(statement.amount)]
        case _:
            raise TypeError(type(statement))
    return gettext(", ").join(part for part in parts if part)


@register.simple_tag(takes_context=True)
def carry(context: Context, path: str, query: Mapping[str, str] | None = None, **more: Any) -> str:
    """A link to `path` that carries the reader and the scope on, with `query` and more."""
    parameters: Parameters | None = context.get("parameters") or None
    more = {**(query or {}), **more}
    pairs = [(name, str(value)) for name, value in more.items() if value not in (None, "")]
    if parameters is None:
        return f"{path}?{urlencode(pairs)}" if pairs else path
    target, separator, fragment = path.partition("#")
    return parameters.address(target, **dict(pairs)) + separator + fragment


@register.simple_tag(takes_context=True)
def requery(context: Context, changed: Mapping[str, str] | None = None, **changes: Any) -> str:
    """The page's own query string with some parameters changed, or dropped where None."""
    query = context["request"].GET.copy()
    for name, value in {**(changed or {}), **changes}.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_link(context: Context, name: str) -> str:
    """The page's own address sorted by a column: up, or down where it is up already."""
    current = context["request"].GET.get("sort", "")
    return requery(context, sort=f"-{name}" if current == name else name, page=None)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of Bootstrap Icons, drawn in the page."""
    return _svg(name)


@cache
def _svg(name: str) -> SafeString:
    path = settings.NODE_MODULES / "bootstrap-icons" / "icons" / f"{name}.svg"
    drawing = path.read_text(encoding="utf-8").replace(
        "<svg ", '<svg aria-hidden="true" focusable="false" ', 1
    )
    # Read from an installed package by a name that only templates give.
    return mark_safe(drawing.replace("\n", ""))  # noqa: S308


def _language() -> Any:
    return "en" if (get_language() or "").startswith("en") else "zh-hans"


@register.simple_tag
def pages() -> tuple[tuple[str, Any], ...]:
    """The pages of the navigation: the name of the address and the label."""
    return _PAGES
