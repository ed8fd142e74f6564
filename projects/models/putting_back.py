"""Putting a record back to a state that it was in, with its own links, or not at all."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from projects.models.base import Link
from projects.models.past import Moment, Past, State, first_end, links_of, second_end, stored_links
from projects.models.sources import Source
from projects.models.versions import StaleRow

NOT_PUT_BACK = frozenset({"id", "version"})


def to_be(past: Past, moment: Moment) -> State:
    """The state that putting back would store: the publication stays published or a draft.

    Its row is as the stored one is read, or a new one where the record is gone.
    """
    then = past.state(moment)
    stored = past.model._base_manager.filter(pk=past.pk).first()
    row = (
        stored
        if stored is not None
        else past.model(pk=past.pk, version=_next_version(past.model, past.pk))
    )
    for field in past.model._meta.concrete_fields:
        if field.name not in NOT_PUT_BACK:
            setattr(row, field.attname, getattr(then.row, field.attname))
    if isinstance(row, Source):
        row.draft = _draft(past)
    return State(row, then.links)


def _next_version(model: Any, pk: int) -> int:
    """A version that no form of the deleted row carries."""
    newest = model.history.filter(id=pk).aggregate(newest=models.Max("version"))
    return int(newest["newest"] or 0) + 1


def _draft(past: Past) -> bool:
    """Whether a publication is a draft, or was one when it was deleted."""
    stored = past.model._base_manager.filter(pk=past.pk).values_list("draft", flat=True).first()
    if stored is None:
        newest = past.model.history.filter(id=past.pk).order_by("-history_id")
        stored = newest.values_list("draft", flat=True).first()
    return stored is not False


def gone(state: State) -> dict[str, list[str]]:
    """The references of a state to rows that are no longer there, by column; of links by theirs."""
    found: dict[str, list[str]] = {}
    for name, label, target in _references(state):
        if not target:
            found.setdefault(name, []).append(
                _("What it referred to is no longer there: %(what)s.") % {"what": label}
            )
    return found


def _references(state: State) -> Iterator[tuple[str, Any, bool]]:
    """Each reference of a state: its column, what it is called, whether its row is there."""
    for field in state.row._meta.concrete_fields:
        value = getattr(state.row, field.attname)
        if isinstance(field, models.ForeignKey) and value is not None:
            yield field.name, field.verbose_name, _is_there(field.related_model, value)
    for link, others in state.links.items():
        end = second_end(link)
        for other in others.values():
            yield NON_FIELD_ERRORS, link._meta.verbose_name, _is_there(end.related_model, other)


def _is_there(model: Any, pk: int) -> bool:
    return bool(model._base_manager.filter(pk=pk).exists())


def put_back(state: State, *, version: int | None, reason: str, user: Any) -> None:
    """Store a state: the columns and the record's own links, all of it or nothing.

    `version` is the one of the record that was looked at, None for one that was deleted. Raises
    ValidationError with every reason against it, and StaleRow where the record is another by now.
    """
    missing = gone(state)
    if missing:
        raise ValidationError(missing | _other_problems(state, missing))
    row = state.row
    row._change_reason, row._history_user = reason, user
    with transaction.atomic():
        if version is None:
            _insert(row)
            _restore_links(state)
            row.full_clean()
        elif row._state.adding or row.version != version:
            raise StaleRow(row)
        else:
            _restore_links(state)
            row.full_clean()
            row.save()


def _other_problems(state: State, missing: dict[str, list[str]]) -> dict[str, list[str]]:
    """What else stands against a state that refers to rows which are gone."""
    found: dict[str, list[str]] = {}
    for check in (state.row.clean_fields, state.row.validate_unique):
        try:
            check(exclude=set(missing))
        except ValidationError as error:
            found |= error.message_dict
    return found


def _insert(row: Any) -> None:
    """Add a deleted row under the id that it had, unless it is back already."""
    if not row._state.adding or type(row)._base_manager.filter(pk=row.pk).exists():
        raise StaleRow(row)
    row.full_clean()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise StaleRow(row) from error


def _restore_links(state: State) -> None:
    """Take away the links that the state has not, and add those that the record has not."""
    row = state.row
    for link in links_of(type(row)):
        now, then = stored_links(link, row.pk), state.links[link]
        for tie in link._default_manager.filter(**{first_end(link).attname: row.pk}):
            if now[tie.pk] not in then.values():
                _because(tie, row)
                tie.delete()
        for pk, other in then.items():
            if other not in now.values():
                _add(link, pk, row, other)


def _add(link: type[Link], pk: int, row: Any, other: int) -> None:
    """Tie a record to another row again, under the id that the link had where it is free."""
    free = not link._default_manager.filter(pk=pk).exists()
    tie = link(**{first_end(link).name: row, second_end(link).attname: other})
    if free:
        tie.pk, tie.version = pk, _next_version(link, pk)
    _because(tie, row)
    tie.full_clean()
    tie.save(force_insert=True)


def _because(tie: Any, row: Any) -> None:
    tie._change_reason, tie._history_user = row._change_reason, row._history_user
