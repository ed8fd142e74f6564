"""Publishing a source on the site with all it states, and making it a draft again."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from projects.models import STATEMENTS, RestatesHow, Source, Statement
from projects.models.swapping import let_stand
from projects.models.versions import StaleRow

Proposal = tuple[str, int]
"""The code of a draft that is to stand, and the id of the one that it restates."""


def proposed(source: Source) -> list[Any]:
    """The statements of a source that are to stand once it is published; a query a kind."""
    return [
        row
        for kind in STATEMENTS
        for row in kind._default_manager.filter(source=source)
        .exclude(proposed="")
        .select_related("restates")
        .order_by("pk")
    ]


def proposals(rows: Collection[Statement]) -> frozenset[Proposal]:
    """What such statements propose, as a page shows it and a form sends it back."""
    return frozenset((row.code, row.restates_id or 0) for row in rows)


def publish(
    source: Source, *, reason: str, user: Any, seen: Collection[Proposal] | None = None
) -> None:
    """Publish a source, and let each of its statements stand that is proposed to.

    All of it in one transaction, with who and why in the history. Raises ValidationError where the
    source changed since it was read, where what it proposes is not what was `seen`, and with one
    sentence for each proposal that cannot stand.
    """
    with transaction.atomic():
        _store(source, draft=False, reason=_clean(reason), user=user)
        rows = proposed(source)
        if seen is not None and proposals(rows) != frozenset(seen):
            raise ValidationError(
                _("What is to stand changed since this page was opened: look at it again.")
            )
        problems = list(_let_stand(rows, _clean(reason) or _together(), user))
        if problems:
            raise ValidationError(problems)


def unpublish(source: Source, *, reason: str, user: Any) -> None:
    """Make a source a draft again; the reason, which is required, is kept in its history.

    Raises ValidationError without one, and where the source changed since it was read.
    """
    reason = _clean(reason)
    if not reason:
        raise ValidationError({"reason": _("Say why: the reason is kept in the history.")})
    with transaction.atomic():
        _store(source, draft=True, reason=reason, user=user)


def _store(source: Source, *, draft: bool, reason: str, user: Any) -> None:
    """Save whether a source is a draft, unless it is so already or is no longer as it was read."""
    if source.draft == draft:
        already = _("It is a draft already.") if draft else _("It is published already.")
        raise ValidationError(already)
    source.draft = draft
    try:
        source.save_because(reason, user)
    except StaleRow:
        raise ValidationError(
            _("“%(source)s” changed since this page was opened: look at it again."),
            params={"source": source},
        ) from None


def _let_stand(rows: Collection[Any], reason: str, user: Any) -> Iterator[str]:
    """Let each of these stand instead of the one that it restates; a sentence for each failure."""
    for row in rows:
        try:
            becomes = RestatesHow(row.proposed)
            let_stand(row, instead_of=row.restates_id, becomes=becomes, reason=reason, user=user)
        except ValidationError as error:
            yield _("%(key)s cannot stand: %(why)s") % {
                "key": row.key,
                "why": " ".join(error.messages),
            }


def _together() -> str:
    """The reason of what came to stand where none was typed, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Published together with its source.")


def _clean(reason: str) -> str:
    # PostgreSQL stores no NUL in a text.
    return reason.replace("\0", "").strip()
