"""Narrowing: what of each table belongs to a group of organizations and to places.

A project belongs to a group where a member takes part or invests, and what is said of it hangs on
it; investments and participations are those of the members themselves.
"""

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


def _of_group(members: frozenset[int], reader: Reader) -> dict[type[Model], Q]:
    projects = projects_of_group(members, reader)
    parties = AgreementParty.objects.standing(reader).filter(organization__in=members)
    agreements = Agreement.objects.filter(pk__in=parties.values("agreement"))
    places = ProjectPlace.objects.filter(project__in=projects.values("pk"))
    return _conditions(
        projects,
        agreements,
        Q(place__in=places.values("place")),
        {
            Organization: Q(pk__in=members),
            Participation: Q(organization__in=members),
            AgreementParty: Q(organization__in=members),
            Investment: Q(pk__in=Investment.objects.filter(organizations__in=members).values("pk")),
            Place: Q(pk__in=places.values("place")),
        },
    )


def _in_places(places: frozenset[int], reader: Reader) -> dict[type[Model], Q]:
    there = ProjectPlace.objects.filter(place__in=places)
    projects = Project.objects.filter(pk__in=there.values("project"))
    agreements = Agreement.objects.filter(pk__in=projects.values("agreement"))
    taking_part = Participation.objects.standing(reader).filter(project__in=projects.values("pk"))
    investing = Investment.objects.standing(reader).filter(project__in=projects.values("pk"))
    return _conditions(
        projects,
        agreements,
        Q(place__in=places),
        {
            Organization: Q(pk__in=taking_part.values("organization"))
            | Q(pk__in=investing.values("organizations")),
            Participation: Q(project__in=projects.values("pk")),
            AgreementParty: Q(agreement__in=agreements.values("pk")),
            Investment: Q(project__in=projects.values("pk")),
            Place: Q(pk__in=places),
        },
    )


def _conditions(
    projects: QuerySet[Project],
    agreements: QuerySet[Agreement],
    measured_there: Q,
    own: dict[type[Model], Q],
) -> dict[type[Model], Q]:
    """The condition of each model, from the projects, agreements and places that belong."""
    indicators = Indicator.objects.filter(Q(project__in=projects.values("pk")) | measured_there)
    milestones = Milestone.objects.filter(
        Q(project__in=projects.values("pk")) | Q(agreement__in=agreements.values("pk"))
    )
    conditions: dict[type[Model], Q] = {
        **own,
        Project: Q(pk__in=projects.values("pk")),
        Agreement: Q(pk__in=agreements.values("pk")),
        Indicator: Q(pk__in=indicators.values("pk")),
        Milestone: Q(pk__in=milestones.values("pk")),
        MilestoneDate: Q(milestone__in=milestones.values("pk")),
        Target: Q(indicator__in=indicators.values("pk")),
        Observation: Q(indicator__in=indicators.values("pk")),
        Sector: Q(project__in=projects.values("pk")) | Q(agreement__in=agreements.values("pk")),
    }
    conditions[Sector] = Q(pk__in=Sector.objects.filter(conditions[Sector]).values("pk"))
    return conditions


def _belonging(model: type[Model], conditions: dict[type[Model], Q]) -> Q:
    """The condition of one model; a publication belongs where it states what belongs.

    That one is built only where it is asked: it costs more than all the others.
    """
    if model is not Source:
        return conditions[model]
    stating = Q()
    for kind in STATEMENTS:
        stated: QuerySet[Any] = kind._default_manager.filter(conditions[kind])
        stating |= Q(pk__in=stated.values("source"))
    return stating
