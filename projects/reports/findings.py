"""Findings: the statements that are not as firm as a reader might think, by what they lack."""

from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.models import STATEMENTS, Investment, Observation, Target
from projects.reports.parts import Kind, Sorted
from projects.reports.provenance import statements_of
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.scopes import Scope


class Finding(TextChoices):
    """What a statement lacks; targets are never vague: a target is a set by its nature."""

    VAGUE = "vague", _("Vague amounts")
    FINAL = "final", _("Targets without a final figure")
    LOCATOR = "locator", _("Statements without a place in their source")
    INFERRED = "inferred", _("Inferred statements")


_STATED_LOW, _STATED_HIGH = Q(amount_low__isnull=False), Q(amount_high__isnull=False)
VAGUE = (
    (_STATED_LOW & ~_STATED_HIGH)
    | (_STATED_HIGH & ~_STATED_LOW)
    | Q(amount_low__lt=F("amount_high"))
    | Q(amount_approximate=True)
)
"""A range, an open bound or about so much."""

_KINDS: dict[Finding, tuple[Kind, ...]] = {
    Finding.VAGUE: (Investment, Observation),
    Finding.FINAL: (Target,),
    Finding.LOCATOR: STATEMENTS,
    Finding.INFERRED: STATEMENTS,
}


def found_rows(finding: Finding, reader: Reader, scope: Scope) -> Sorted:
    """The statements of a finding, by kind."""
    return Sorted({kind: _rows(finding, kind, reader, scope) for kind in _KINDS[finding]})


def found_statements(finding: Finding, parts: dict[Kind, list[int]], reader: Reader) -> list[Any]:
    """The statements of these ids by kind, with all that a page shows."""
    return list(chain(*statements_of(parts, reader).values()))


def _rows(finding: Finding, kind: Kind, reader: Reader, scope: Scope) -> QuerySet[Any]:
    rows: Any = kind._default_manager.order_by()
    match finding:
        case Finding.VAGUE:
            rows = rows.out(reader).standing(reader).filter(VAGUE)
        case Finding.FINAL:
            rows = without_final_figure(reader)
        case Finding.LOCATOR:
            rows = rows.out(reader).filter(locator="")
        case Finding.INFERRED:
            rows = rows.out(reader).exclude(inferred="")
    narrowed: QuerySet[Any] = narrow(rows, scope, reader)
    return narrowed


def without_final_figure(reader: Reader) -> QuerySet[Any]:
    """The targets on which no final figure of their own indicator and period is out."""
    finals: Any = Observation.objects.standing(reader).filter(
        status=Observation.Status.FINAL, indicator=OuterRef("indicator")
    )
    for end in ("period_earliest", "period_latest"):
        # An open end is the same as another open one.
        finals = finals.alias(**{end + "_or_open": Coalesce(end, Value(date.min))}).filter(
            **{end + "_or_open": Coalesce(OuterRef(end), Value(date.min))}
        )
    targets: Any = Target.objects.standing(reader)
    indicators = visible(Target.indicator.field.related_model._default_manager.all(), reader)
    targets = targets.filter(indicator__in=indicators.order_by().values("pk"))
    rows: QuerySet[Any] = targets.filter(Q(period="") | ~Exists(finals))
    return rows
