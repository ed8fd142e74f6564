"""What is known of the projects or milestones of a scope, to be counted: one table, one scan."""

from typing import Any

from django.db.models import QuerySet

from projects.models.known import Known
from projects.models.statements import known_from
from projects.models.stretches import known_then
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope


def known(model: type[Known], reader: Reader, scope: Scope) -> QuerySet[Any]:
    """What is known on the reader's day of what is there and belongs to the scope."""
    rows: QuerySet[Any] = model._default_manager.filter(
        known_then(reader), known_from(reader, "seen_from")
    )
    if scope.everything:
        return rows
    within = narrow(model.about._default_manager.order_by(), scope, reader)
    name = str(model.about._meta.model_name)
    narrowed: QuerySet[Any] = rows.filter(**{f"{name}__in": within.values("pk")})
    return narrowed
