"""The stretch of days in which a reader's day lies, joined to what it is about."""

from typing import Any

from django.db.models import Case, Field, FilteredRelation, Q, QuerySet, Value, When

from projects.values.readers import Reader

THEN = "known_then__"
"""What leads from a row of `with_known` to what is known of it."""


def known_then(reader: Reader, prefix: str = "") -> Q:
    """Whether what is known is known on the reader's day; without one, whether it is the last."""
    until = f"{prefix}known_until"
    last = Q(**{f"{until}__isnull": True})
    if reader.as_of is None:
        return last
    begun = Q(**{f"{prefix}known_from__lte": reader.as_of})
    return begun & (last | Q(**{f"{until}__gt": reader.as_of}))


def with_known(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Join what is known of projects or milestones on the reader's day as `known_then`.

    What is known of each covers all days, so no row is lost; an inner join leaves the database free
    to begin with what is known, in the order of an index.
    """
    then = FilteredRelation("known", condition=known_then(reader, "known__"))
    about = f"{THEN}{rows.model._meta.model_name}__isnull"
    joined: QuerySet[Any] = rows.alias(known_then=then).filter(**{about: False})
    return joined


def whether(condition: Q) -> Case:
    """A condition as a column: true or false, and never NULL."""
    return Case(When(condition, then=Value(True)), default=Value(False))


def chosen_or_known(
    reader: Reader, touched: Q, chosen: Any, known: Any, of: Field | None = None
) -> Any:
    """A column as it is chosen for what a preferred statement touches, and as known of all else.

    For a reader for whom all is chosen, that alone. `of` is its type, where the two differ in it.
    """
    if not reader.stored():
        return chosen
    return Case(When(touched, then=chosen), default=known, output_field=of)
