"""Different figures that look alike: those of an indicator and of its wider one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from projects.models import Indicator, Observation, Target
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope

LOOKED_AT = 500
"""So many figures of a kind are compared with those of wider indicators."""


@dataclass(frozen=True)
class EasilyMistaken:
    """Two different standing figures of one period, of an indicator and of its wider one."""

    narrower: Target | Observation
    wider: Target | Observation


def easily_mistaken(reader: Reader, scope: Scope) -> list[EasilyMistaken]:
    """The targets, and the final figures, that are easily taken for each other; a query a kind.

    Looks at the first figures alone of indicators that have a wider one, and of these.
    """
    found: list[EasilyMistaken] = []
    for kind in (Target, Observation):
        rows: QuerySet[Any] = kind._default_manager.standing(reader).exclude(period="")
        rows = rows.select_related("source", "indicator__wider").defer("source__full_text")
        if kind is Observation:
            rows = rows.filter(status=Observation.Status.FINAL)
        named = Indicator.objects.filter(wider__isnull=False)
        either = Q(indicator__in=named.values("pk")) | Q(indicator__in=named.values("wider"))
        rows = rows.annotate(in_scope=_in_scope(kind, scope, reader))
        looked_at = list(rows.filter(either).order_by("pk")[:LOOKED_AT])
        by_thing = {(row.indicator_id, row.days): row for row in looked_at}
        for row in looked_at:
            wider = by_thing.get((row.indicator.wider_id, row.days))
            if row.in_scope and wider is not None and _bounds(row) != _bounds(wider):
                found.append(EasilyMistaken(row, wider))
    return found


def _in_scope(kind: type[Target | Observation], scope: Scope, reader: Reader) -> Exists:
    """Whether a row belongs to the scope."""
    itself = kind._default_manager.filter(pk=OuterRef("pk")).order_by()
    return Exists(narrow(itself, scope, reader))


def _bounds(row: Target | Observation) -> tuple[Any, Any]:
    """The figure itself; two indicators with one figure cannot be taken for each other."""
    return (row.amount_low, row.amount_high)
