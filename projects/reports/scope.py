"""Narrowing: what of each table belongs to a group of organizations and to places.

A project belongs to a group where a member takes part or invests, and what is said of it hangs on
it; investments and participations are those of the members themselves.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet, Value

from projects.lookups import among
from projects.models import (
    STATEMENTS,
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    ProjectPlace,
    Sector,
    Source,
    Target,
)
from projects.reports.once import once
from projects.values.readers import Reader
from projects.values.scopes import Scope

Rows = TypeVar("Rows", bound=QuerySet[Any])

Ids = QuerySet[Any] | list[int]
"""The ids of what belongs: to be asked in another query, or as they are."""

Conditions = Mapping[type[Model], Callable[[], Q]]
"""What gives the condition of each model: one is asked of many, and to build all takes its time."""


def narrow(rows: Rows, scope: Scope, reader: Reader) -> Rows:
    """The rows that belong to the scope, as far as that is stated for this reader."""
    if scope.organizations is not None:
        rows = rows.filter(_belonging(rows.model, _of_group(scope.organizations, reader)))
    if scope.places is not None:
        rows = rows.filter(_belonging(rows.model, _in_places(scope.places, reader)))
    return rows


def projects_of_group(members: frozenset[int], reader: Reader) -> QuerySet[Project]:
    """Projects in which a member takes part or invests."""
    taking_part = Participation.objects.standing(reader).filter(organization__in=members)
    investing = Investment.objects.standing(reader).filter(organizations__in=members)
    return Project.objects.filter(
        Q(pk__in=taking_part.values("project")) | Q(pk__in=investing.values("project"))
    )


def _of_group(members: frozenset[int], reader: Reader) -> Conditions:
    def projects() -> Ids:
        return _ids_of_group(members, reader)[0]

    def agreements() -> Ids:
        return _ids_of_group(members, reader)[1]

    def places() -> QuerySet[Any]:
        return ProjectPlace.objects.filter(_one_of("project", projects())).values("place")

    def investments() -> QuerySet[Any]:
        return Investment.objects.filter(organizations__in=members).values("pk")

    return _conditions(
        projects,
        agreements,
        lambda: Q(place__in=places()),
        {
            Organization: lambda: Q(pk__in=members),
            Participation: lambda: Q(organization__in=members),
            AgreementParty: lambda: Q(organization__in=members),
            Investment: lambda: Q(pk__in=investments()),
            Place: lambda: Q(pk__in=places()),
        },
    )


def _in_places(places: frozenset[int], reader: Reader) -> Conditions:
    def projects() -> QuerySet[Any]:
        return ProjectPlace.objects.filter(place__in=places).values("project")

    def agreements() -> QuerySet[Any]:
        there = Project.objects.filter(_one_of("pk", projects()))
        return Agreement.objects.filter(pk__in=there.values("agreement")).values("pk")

    def organizations() -> Q:
        taking_part = Participation.objects.standing(reader).filter(_one_of("project", projects()))
        investing = Investment.objects.standing(reader).filter(_one_of("project", projects()))
        of_these = Q(pk__in=taking_part.values("organization"))
        return of_these | Q(pk__in=investing.values("organizations"))

    return _conditions(
        projects,
        agreements,
        lambda: Q(place__in=places),
        {
            Organization: organizations,
            Participation: lambda: _one_of("project", projects()),
            AgreementParty: lambda: _one_of("agreement", agreements()),
            Investment: lambda: _one_of("project", projects()),
            Place: lambda: Q(pk__in=places),
        },
    )


def _ids_of_group(members: frozenset[int], reader: Reader) -> tuple[Ids, Ids]:
    """The ids of its projects and agreements; for readers with preferences as lists, once a page.

    What is chosen for them is long to write and to plan, and would stand in every query.
    """
    parties = AgreementParty.objects.standing(reader).filter(organization__in=members)
    agreements = Agreement.objects.filter(pk__in=parties.values("agreement"))
    parts = (projects_of_group(members, reader), agreements)
    if not reader.prefer:
        return parts[0].values("pk"), parts[1].values("pk")

    def find() -> tuple[list[int], list[int]]:
        first, second = (
            rows.order_by().values_list(Value(number), "pk") for number, rows in enumerate(parts)
        )
        ids: tuple[list[int], list[int]] = ([], [])
        for number, pk in first.union(second, all=True):
            ids[number].append(pk)
        return ids

    return once("ids of a scope", reader, Scope(organizations=members), find)


def _one_of(column: str, ids: Ids) -> Q:
    return among(column, ids) if isinstance(ids, list) else Q(**{f"{column}__in": ids})


def _conditions(
    projects: Callable[[], Ids],
    agreements: Callable[[], Ids],
    measured_there: Callable[[], Q],
    own: Conditions,
) -> Conditions:
    """The condition of each model, from the projects, agreements and places that belong."""

    def of_either() -> Q:
        return _one_of("project", projects()) | _one_of("agreement", agreements())

    def indicators() -> QuerySet[Any]:
        measured = _one_of("project", projects()) | measured_there()
        return Indicator.objects.filter(measured).values("pk")

    def milestones() -> QuerySet[Any]:
        return Milestone.objects.filter(of_either()).values("pk")

    def sectors() -> QuerySet[Any]:
        return Sector.objects.filter(of_either()).values("pk")

    return {
        **own,
        Project: lambda: _one_of("pk", projects()),
        Agreement: lambda: _one_of("pk", agreements()),
        Indicator: lambda: Q(pk__in=indicators()),
        Milestone: lambda: Q(pk__in=milestones()),
        MilestoneDate: lambda: Q(milestone__in=milestones()),
        Target: lambda: Q(indicator__in=indicators()),
        Observation: lambda: Q(indicator__in=indicators()),
        Sector: lambda: Q(pk__in=sectors()),
    }


def _belonging(model: type[Model], conditions: Conditions) -> Q:
    """The condition of one model; a publication belongs where it states what belongs."""
    if model is not Source:
        return conditions[model]()
    stating = Q()
    for kind in STATEMENTS:
        stated: QuerySet[Any] = kind._default_manager.filter(conditions[kind]())
        stating |= Q(pk__in=stated.values("source"))
    return stating
