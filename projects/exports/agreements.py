"""The files of agreements and of their parties."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import (
    as_they_are,
    derived,
    in_scope,
    listed,
    own,
    reference,
    statement,
    way,
    with_stands,
)
from projects.exports.writing import Export, Kind
from projects.models import (
    Agreement,
    AgreementParty,
    AgreementSector,
    MilestoneDate,
    MilestoneKind,
    Project,
    Sector,
    Side,
)
from projects.parameters import Parameters
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import Reader


def _agreements(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Agreement.objects.all(), parameters)


def _complete(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set the slugs of the parties, the date of the signing, and how many projects there are."""
    reader = parameters.reader
    for chunk in chunks:
        parties, signed = _parties(chunk, reader), _signed(chunk, reader)
        under = narrow(
            visible(Project.objects.filter(agreement__in=chunk), reader), parameters.scope, reader
        )
        projects = Counter(under.order_by().values_list("agreement", flat=True))
        for agreement in chunk:
            agreement.party_slugs = ";".join(sorted(parties[agreement.pk]))
            agreement.signed = signed.get(agreement.pk, "")
            agreement.project_count = projects[agreement.pk]
            yield agreement


def _parties(agreements: list[Any], reader: Reader) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = AgreementParty.objects.standing(reader).filter(agreement__in=agreements).order_by()
    for agreement, slug in rows.values_list("agreement", "organization__slug"):
        found[agreement].add(slug)
    return found


def _signed(agreements: list[Any], reader: Reader) -> dict[int, str]:
    """The date of each signing that stands; of several of one agreement the last, as for stages."""
    rows = MilestoneDate.objects.standing(reader).filter(
        side=Side.REACHED,
        milestone__kind=MilestoneKind.SIGNED,
        milestone__agreement__in=agreements,
    )
    last_first = rows.last_reached_first().values_list("milestone__agreement", "date")
    return dict(reversed(list(last_first)))


AGREEMENTS = Export(
    name="agreements",
    contents=(
        *own("slug", "name_zh", "name_en", "kind"),
        listed("sectors", AgreementSector, Sector.objects.all()),
        way("parties", "party_slugs", Kind.LIST),
        *derived("signed"),
        way("projects", "project_count", Kind.INTEGER),
        *own("summary_zh", "summary_en"),
    ),
    rows=_agreements,
    prepare=as_they_are,
    complete=_complete,
)


def _all_parties(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(AgreementParty.objects.all(), parameters)


AGREEMENT_PARTIES = Export(
    name="agreement-parties",
    contents=statement(reference("agreement"), reference("organization"), *own("role")),
    rows=_all_parties,
    prepare=with_stands,
)
