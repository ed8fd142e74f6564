"""The one end of a row's links: the sector of a project that has one, the head of its investors."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, Min, Model, Q

from projects.lookups import among
from projects.models.agreements import Agreement, AgreementSector
from projects.models.base import SEVERAL, Link, no_draft
from projects.models.derived.chunks import in_chunks
from projects.models.derived.writing import write
from projects.models.investments import Investment, InvestmentOrganization
from projects.models.organizations import Organization
from projects.models.places import Place, Sector
from projects.models.projects import Project, ProjectPlace, ProjectSector

_ANY = Q()


@dataclass(frozen=True)
class End:
    """A derived column of `owner` with the one end of its `links`, whose column `name` leads to it.

    `end` is the way from a link to what is stored; only `shown` links count.
    """

    owner: type[Model]
    column: str
    links: type[Link]
    name: str
    to: type[Model]
    end: str
    shown: Q = _ANY


_SECTOR, _PLACE = no_draft("sector__"), no_draft("place__")

ENDS = (
    End(Project, "one_sector", ProjectSector, "project", Sector, "sector", _SECTOR),
    End(Project, "one_place", ProjectPlace, "project", Place, "place", _PLACE),
    End(Agreement, "one_sector", AgreementSector, "agreement", Sector, "sector", _SECTOR),
    End(
        Investment,
        "investors_head",
        InvestmentOrganization,
        "investment",
        Organization,
        "organization__head",
    ),
)

Owners = Mapping[type[Model], Collection[int]]
"""Rows that have ends, by their model and ids."""


def store_ends(owner: type[Model], ids: Collection[int]) -> None:
    """Store the ends of these rows."""
    for end in ENDS:
        if end.owner is owner:
            _store(end, ids)


def one(ends: Iterable[int]) -> int | None:
    """The one of these; `SEVERAL` where they differ, None where there is none."""
    different = set(ends)
    if len(different) > 1:
        return SEVERAL
    return next(iter(different), None)


def owners_of(model: type[Model], ids: Collection[int]) -> dict[type[Model], set[int]]:
    """The rows that are linked to these."""
    found: dict[type[Model], set[int]] = {}
    for end in ENDS:
        if end.to is not model:
            continue
        owners = found.setdefault(end.owner, set())
        for chunk in in_chunks(ids):
            way = end.end.split("__")[0]
            links = end.links._base_manager.filter(among(way, chunk))
            owners.update(links.values_list(end.name, flat=True))
    return found


def _store(end: End, ids: Collection[int]) -> None:
    links = end.links._base_manager.filter(among(end.name, ids)).filter(end.shown).order_by()
    ends = links.values_list(end.name).annotate(Min(end.end), Max(end.end))
    found = {pk: one((first, last)) for pk, first, last in ends}
    rows = end.owner._base_manager.filter(among("pk", ids)).order_by()
    stored = rows.values_list("pk", end.column)
    differing = [(found.get(pk), pk) for pk, before in stored if found.get(pk) != before]
    write(end.owner, (end.column,), differing)
