"""The first page of the admin: what this account may do, and what waits for it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.admin.deleted import history_address
from projects.languages import page_language
from projects.models import Source, Statement
from projects.permissions import may, may_enter, may_publish
from projects.reports.history.recent import recent_changes
from projects.reports.history.records import RecordChange
from projects.reports.home import (
    Block,
    drafts,
    newest_disagreements,
    silent_projects,
)
from projects.reports.portfolio import Silent
from projects.reports.provenance import Group
from projects.reports.reading import unread_statements
from projects.values.readers import Reader
from projects.values.scopes import Scope

SHOWN = 6
"""So many rows of each block are shown."""
MOST_UNREAD = 1_000
"""So many statements with unread words are counted."""
LISTED = 50
"""So many of them can be unfolded: no other page lists them."""

_ROLES: dict[str, Promise] = {
    "viewer": gettext_lazy("viewer"),
    "editor": gettext_lazy("editor"),
    "publisher": gettext_lazy("publisher"),
    "administrator": gettext_lazy("administrator"),
}


@dataclass(frozen=True)
class Draft:
    """A source that waits, how many statements it makes, and the pages on which to go on."""

    source: Source
    statements: int
    form: str
    work: str
    publish: str


@dataclass(frozen=True)
class Unread:
    """A statement whose words are not read as its value: what it is about, that value, its form."""

    statement: Statement
    about: Model
    stored: str
    form: str


@dataclass(frozen=True)
class Changed:
    """A change of a record, and the page with its history, which outlives it."""

    change: RecordChange
    history: str


@dataclass(frozen=True)
class Home:
    """The first page of an account; a block that it may not see is None."""

    roles: tuple[str, ...]
    may_do: str
    add_source: str
    import_csv: str
    drafts: Block[Draft] | None
    disagreements: Block[Group]
    silent: Block[Silent]
    unread: Block[Unread] | None
    changes: tuple[Changed, ...] | None


def home(user: Any) -> Home:
    """What an account sees first; the same number of queries however much waits."""
    reader, everything = Reader(timezone.localdate()), Scope()
    enters = may_enter(user)
    return Home(
        roles=tuple(str(_ROLES.get(name, name)) for name in _groups(user)),
        may_do=_may_do(user),
        add_source=reverse("admin:projects_source_add") if may(user, "add", Source) else "",
        import_csv=_page("import") if enters else "",
        drafts=_drafts(user) if enters else None,
        disagreements=newest_disagreements(reader, everything, SHOWN),
        silent=silent_projects(reader, everything, SHOWN),
        unread=_unread() if enters else None,
        changes=_changes() if enters else None,
    )


def _groups(user: Any) -> list[str]:
    return list(user.groups.order_by("name").values_list("name", flat=True))


def _may_do(user: Any) -> str:
    """What the account may do, in a sentence."""
    if may(user, "change", User):
        return _("You may do everything: enter data, publish it, and set up accounts.")
    if may_publish(user):
        return _("You may enter data, publish it, and change what is published.")
    if may_enter(user):
        return _("You may enter drafts; they are on the site once a publisher publishes them.")
    return _("You may look at what is published, and change nothing.")


def _drafts(user: Any) -> Block[Draft]:
    waiting = drafts(SHOWN)
    publishes = may_publish(user)
    rows = (
        Draft(
            source=row.source,
            statements=row.statements,
            form=_form(row.source),
            work=_page("projects_source_work", row.source.pk),
            publish=_page("projects_source_publish", row.source.pk) if publishes else "",
        )
        for row in waiting.rows
    )
    return Block(waiting.count, tuple(rows))


def _unread() -> Block[Unread]:
    unread = unread_statements(MOST_UNREAD)
    rows = [Unread(row, _about(row), _stored(row), _form(row)) for row in unread[:LISTED]]
    return Block(len(unread), tuple(rows[:SHOWN]), tuple(rows[SHOWN:]))


def _about(row: Any) -> Model:
    """What a statement is about; a step says more than the project whose step it is."""
    about: Model = row.milestone if hasattr(row, "milestone") else row.subject
    return about


def _stored(row: Any) -> str:
    """The amount, else the date, of a statement in words."""
    amount, when = getattr(row, "amount", None), getattr(row, "when", None)
    value = amount if amount and (amount.stated or not when) else when
    return value.format(page_language()) if value else _("not stated")


def _changes() -> tuple[Changed, ...]:
    return tuple(Changed(change, history_address(change)) for change in recent_changes(SHOWN))


def _form(row: Model) -> str:
    return _form_of(type(row), row.pk)


def _form_of(model: type[Model], pk: int) -> str:
    return reverse(f"admin:projects_{model._meta.model_name}_change", args=[pk])


def _page(name: str, *args: int) -> str:
    """The address of a page of the admin; empty where there is none of that name."""
    try:
        return reverse(f"admin:{name}", args=args)
    except NoReverseMatch:
        return ""
