"""Narrowing: what of each table belongs to a group of organizations and to places.

A project belongs to a group where a member takes part or invests, and what is said of it hangs on
it; investments and participations are those of the members themselves.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

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
from projects.values.readers import Reader
from projects.values.scopes import Scope

Rows = TypeVar("Rows", bound=QuerySet[Any])

Ids = Callable[[], QuerySet[Any]]
"""Gives the ids of what belongs, to be asked in another query."""

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
    @cache
    def projects() -> QuerySet[Any]:
        return projects_of_group(members, reader).values("pk")

    def agreements() -> QuerySet[Any]:
        parties = AgreementParty.objects.standing(reader).filter(organization__in=members)
        return Agreement.objects.filter(pk__in=parties.values("agreement")).values("pk")

    def places() -> QuerySet[Any]:
        return ProjectPlace.objects.filter(project__in=projects()).values("place")

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
    @cache
    def projects() -> QuerySet[Any]:
        there = ProjectPlace.objects.filter(place__in=places)
        return Project.objects.filter(pk__in=there.values("project")).values("pk")

    def agreements() -> QuerySet[Any]:
        there = Project.objects.filter(pk__in=projects())
        return Agreement.objects.filter(pk__in=there.values("agreement")).values("pk")

    def organizations() -> Q:
        taking_part = Participation.objects.standing(reader).filter(project__in=projects())
        investing = Investment.objects.standing(reader).filter(project__in=projects())
        of_these = Q(pk__in=taking_part.values("organization"))
        return of_these | Q(pk__in=investing.values("organizations"))

    return _conditions(
        projects,
        agreements,
        lambda: Q(place__in=places),
        {
            Organization: organizations,
            Participation: lambda: Q(project__in=projects()),
            AgreementParty: lambda: Q(agreement__in=agreements()),
            Investment: lambda: Q(project__in=projects()),
            Place: lambda: Q(pk__in=places),
        },
    )


def _conditions(
    projects: Ids, agreements: Ids, measured_there: Callable[[], Q], own: Conditions
) -> Conditions:
    """The condition of each model, from the projects, agreements and places that belong."""

    def indicators() -> QuerySet[Any]:
        measured = Q(project__in=projects()) | measured_there()
        return Indicator.objects.filter(measured).values("pk")

    def milestones() -> QuerySet[Any]:
        steps = Q(project__in=projects()) | Q(agreement__in=agreements())
        return Milestone.objects.filter(steps).values("pk")

    def sectors() -> QuerySet[Any]:
        theirs = Q(project__in=projects()) | Q(agreement__in=agreements())
        return Sector.objects.filter(theirs).values("pk")

    return {
        **own,
        Project: lambda: Q(pk__in=projects()),
        Agreement: lambda: Q(pk__in=agreements()),
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
