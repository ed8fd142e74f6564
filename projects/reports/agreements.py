"""Agreements with their parties, their signing and their projects."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from projects.models import (
    Agreement,
    AgreementParty,
    MilestoneDate,
    MilestoneKind,
    Project,
    Sector,
    Side,
)
from projects.reports.scope import narrow
from projects.reports.visible import linked, visible
from projects.values.readers import Reader
from projects.values.scopes import Scope


@dataclass(frozen=True)
class AgreementRow:
    """An agreement, who stands as its parties, when it was signed or adopted, its projects."""

    agreement: Agreement
    parties: tuple[AgreementParty, ...]
    signed: MilestoneDate | None
    projects: int


def agreements(reader: Reader, scope: Scope) -> QuerySet[Agreement]:
    """The agreements of the scope that are there."""
    rows = narrow(visible(Agreement.objects.all(), reader), scope, reader)
    return rows.prefetch_related(linked("sectors", Sector.objects.all(), reader))


def agreement_rows(rows: Iterable[Agreement], reader: Reader, scope: Scope) -> list[AgreementRow]:
    """Agreements with what stands of them; three queries more."""
    found = list(rows)
    parties: dict[int, list[AgreementParty]] = defaultdict(list)
    standing = AgreementParty.objects.standing(reader).filter(agreement__in=found)
    stated = standing.select_related("organization", "source").defer("source__full_text")
    for party in stated.order_by("pk"):
        parties[party.agreement_id].append(party)
    projects = dict(
        narrow(visible(Project.objects.filter(agreement__in=found), reader), scope, reader)
        .order_by()
        .values_list("agreement")
        .annotate(count=Count("pk"))
    )
    signed = _signed(found, reader)
    return [
        AgreementRow(row, tuple(parties[row.pk]), signed.get(row.pk), projects.get(row.pk, 0))
        for row in found
    ]


def _signed(found: list[Agreement], reader: Reader) -> dict[int, MilestoneDate]:
    """The standing date of each agreement's signing, or of a plan's first step: its adoption."""
    dates = (
        MilestoneDate.objects.standing(reader)
        .filter(side=Side.REACHED, milestone__agreement__in=found)
        .select_related("source", "milestone__agreement")
        .defer("source__full_text")
        .order_by("-date_latest", "-pk")
    )
    signings: dict[str, str | None] = {
        Agreement.Kind.AGREEMENT: MilestoneKind.SIGNED,
        Agreement.Kind.PLAN: None,
    }
    return {
        agreement.pk: date
        for date in dates
        if (agreement := date.milestone.agreement)
        and signings[agreement.kind] in (None, date.milestone.kind)
    }
