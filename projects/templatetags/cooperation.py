"""Values in words, links that carry the reader on, and icons."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.languages import page_language
from projects.models import (
    AgreementParty,
    Investment,
    MilestoneDate,
    Observation,
    Participation,
    Source,
    Statement,
    Target,
)
from projects.parameters import Parameters
from projects.reports.funding import Line
from projects.reports.provenance import Group
from projects.values.amounts import Amount
from projects.values.dates import Period, VagueDate
from projects.values.delivery import age_words

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
    return value.format(page_language())


@register.filter
def short_words(amount: Amount) -> str:
    """Write an amount short, rounded outwards, in the page's language."""
    return amount.format_rounded(page_language())


@register.filter
def period_words(edtf: str) -> str:
    """Write an EDTF text as a period, in the page's language."""
    return Period(edtf).format(page_language()) if edtf else ""


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


@register.filter
def form_of(row: Model) -> str:
    """The address of a row's form in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@register.filter
def age(months: int) -> str:
    """A number of months in years and months, in the page's language."""
    return age_words(months, page_language())


@register.filter
def total_name(line: Line) -> str:
    """What a total adds up: promised or paid, once or per year, and the currency."""
    promise = gettext("Paid") if line.paid else gettext("Promised")
    per = gettext("per year") if line.per == Investment.Per.YEAR else gettext("once")
    return gettext(", ").join([promise, per, line.unit])


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
def trying(context: Context, path: str, statement: Statement, group: Group) -> str:
    """A link to `path` in which a statement stands in its group, whichever was preferred there.

    For the one that stands in the record that is: where none of the group is preferred.
    """
    members = {("prefer", member.code) for member in group.members}
    kept = [pair for pair in context["parameters"].carried if pair not in members]
    if statement.restates_id is not None:
        kept.append(("prefer", statement.code))
    return f"{path}?{urlencode(kept)}" if kept else path


@register.simple_tag(takes_context=True)
def narrowed(context: Context, page: str, name: str, value: str) -> str:
    """A link to a page, narrowed by one parameter, that carries the reader and the scope on."""
    return carry(context, reverse(page), {name: value})


@register.simple_tag(takes_context=True)
def total_address(context: Context, line: Line, **more: str) -> str:
    """The page on which a total is taken apart: of what `more` names, else of the page's filter."""
    path = reverse("projects:total", args=[line.code])
    named = {name: value for name, value in more.items() if value}
    if named or "request" not in context:
        return carry(context, path, named)
    return path + requery(context, page=None, per_page=None, sort=None, totals=None)


@register.simple_tag(takes_context=True)
def note(context: Context, named: Statement | Source) -> str:
    """The number of a publication, or a statement's, among the notes of the printed page."""
    parameters: Parameters | None = context.get("parameters") or None
    source = named if isinstance(named, Source) else named.source
    return str(parameters.notes.number(source)) if parameters else ""


@register.simple_tag(takes_context=True)
def requery(context: Context, changed: Mapping[str, str] | None = None, **changes: Any) -> str:
    """The page's own query string with some parameters changed, or dropped where None."""
    query = context["request"].GET.copy()
    for name, value in {**(changed or {}), **changes}.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return _query_string(query.lists())


@register.simple_tag(takes_context=True)
def leave_out(context: Context, *dropped: Any) -> str:
    """The page's own address without these chips or parameters, from its first page on."""
    parts = [one for part in dropped for one in _parts(part)]
    names = {"page", *(one for one in parts if isinstance(one, str))}
    chips = {(one.name, one.value) for one in parts if not isinstance(one, str)}
    request = context["request"]
    rest = _query_string(
        (name, [value for value in values if (name, value.strip()) not in chips])
        for name, values in request.GET.lists()
        if name not in names
    )
    return rest if rest != "?" else request.path


@register.simple_tag(takes_context=True)
def kept(context: Context, *names: Any) -> list[tuple[str, str]]:
    """What a form hands on: the reader, the scope, and these parameters, as pairs."""
    parameters: Parameters | None = context.get("parameters") or None
    query = context["request"].GET
    return [
        *(parameters.carried if parameters else ()),
        *(
            (name, value)
            for part in names
            for name in _parts(part)
            for value in query.getlist(name)
            if value
        ),
    ]


@register.simple_tag(takes_context=True)
def own_query(context: Context, *besides: str) -> list[tuple[str, str]]:
    """The page's own query string as pairs for a form, besides some parameters."""
    query = context["request"].GET
    return [(name, one) for name, all_ in query.lists() if name not in besides for one in all_]


@register.simple_tag(takes_context=True)
def on_day(context: Context, day: date | None) -> str:
    """The page's own address on another day, or today; a later day to compare with is dropped."""
    since = context["parameters"].since
    later = {"since": None} if day and since and since > day else {}
    return requery(context, as_of=day, page=None, **later)


@register.simple_tag(takes_context=True)
def carry_to(context: Context, path: str, day: date) -> str:
    """A link to `path` on another day, compared with none."""
    carried = context["parameters"].carried
    kept = [pair for pair in carried if pair[0] not in ("as_of", "since")]
    return f"{path}?{urlencode([('as_of', day.isoformat()), *kept])}"


@register.simple_tag(takes_context=True)
def without_preferred(context: Context, statement: Statement) -> str:
    """The page's own address with one statement no longer preferred."""
    query = context["request"].GET.copy()
    carried = context["parameters"].carried
    codes = [code for name, code in carried if name == "prefer" and code != statement.code]
    query.setlist("prefer", codes)
    query.pop("page", None)
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


def _parts(part: Any) -> Any:
    """The members of a list or of a set of names; what is neither is its own only member."""
    return sorted(part) if isinstance(part, set) else part if isinstance(part, list) else [part]


def _query_string(lists: Iterable[tuple[str, list[str]]]) -> str:
    """A query string without the parameters that a form has left blank."""
    pairs = [(name, value) for name, values in lists for value in values if value]
    return f"?{urlencode(pairs)}"


@register.filter
def may_browse(request: Any) -> bool:
    """Whether who asks may see the site's pages: anybody, or accounts where a log-in is needed."""
    if settings.BROWSING == "public":
        return True
    return bool(getattr(getattr(request, "user", None), "is_authenticated", False))


@register.simple_tag
def pages() -> tuple[tuple[str, Any], ...]:
    """The pages of the navigation: the name of the address and the label."""
    return _PAGES
