"""Stores a described portfolio with its own ids, a query a table."""

from typing import Any

from projects import models
from tests.reports import descriptions as plain


def store(world: plain.World) -> None:
    """Writes all of it; the caller rolls it back."""
    models.Source.objects.bulk_create(
        models.Source(
            id=one.id,
            slug=f"s{one.id}",
            title=f"{one.id}",
            published=one.published,
            draft=one.draft,
        )
        for one in world.sources
    )
    models.Organization.objects.bulk_create(
        models.Organization(
            id=one.id, **_named("o", one.id), parent_id=one.parent, parent_source_id=one.source
        )
        for one in world.organizations
    )
    models.Agreement.objects.bulk_create(
        models.Agreement(id=one, **_named("a", one)) for one in world.agreements
    )
    models.Project.objects.bulk_create(
        models.Project(id=one.id, **_named("p", one.id), agreement_id=one.agreement)
        for one in world.projects
    )
    models.Indicator.objects.bulk_create(
        models.Indicator(id=one.id, **_named("i", one.id), project_id=one.id, unit="people")
        for one in world.projects
    )
    models.Milestone.objects.bulk_create(
        models.Milestone(
            id=one.id,
            **_named("m", one.id),
            project_id=one.project,
            agreement_id=one.agreement,
            kind=one.kind,
        )
        for one in world.milestones
    )
    _store_statements(world)
    models.derive_everything()


def _store_statements(world: plain.World) -> None:
    models.Participation.objects.bulk_create(
        models.Participation(
            **_said("p", one),
            project_id=one.project,
            organization_id=one.organization,
            role=one.role,
        )
        for one in world.participations
    )
    models.AgreementParty.objects.bulk_create(
        models.AgreementParty(
            **_said("a", one), agreement_id=one.agreement, organization_id=one.organization
        )
        for one in world.parties
    )
    models.Investment.objects.bulk_create(_investment(one) for one in world.investments)
    models.InvestmentOrganization.objects.bulk_create(
        models.InvestmentOrganization(investment_id=one.id, organization_id=investor)
        for one in world.investments
        for investor in sorted(one.organizations)
    )
    models.MilestoneDate.objects.bulk_create(
        models.MilestoneDate(
            **_said("d", one), milestone_id=one.milestone, side=one.side, date=one.date
        )
        for one in world.dates
    )
    models.Target.objects.bulk_create(
        models.Target(**_said("t", one), **_measured(one)) for one in world.targets
    )
    models.Observation.objects.bulk_create(
        models.Observation(**_said("o", one), **_measured(one)) for one in world.observations
    )


def _named(letter: str, number: int) -> dict[str, str]:
    return {"slug": f"{letter}{number}", "name_zh": f"{letter}{number}"}


def _said(letter: str, one: plain.Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": f"{letter}{one.id}",
        "source_id": one.source,
        "restates_id": one.restates,
        "restates_how": one.restates_how,
    }


def _measured(one: plain.Target | plain.Observation) -> dict[str, Any]:
    return {
        "indicator_id": one.project,
        "period": one.period,
        "amount_low": one.id,
        "amount_high": one.id,
    }


def _investment(one: plain.Investment) -> models.Investment:
    return models.Investment(
        **_said("i", one),
        project_id=one.project,
        agreement_id=one.agreement,
        basis=one.basis,
        per=one.per,
        part_of_id=one.part_of,
        unit=one.amount.unit,
        amount_low=one.amount.low,
        amount_high=one.amount.high,
        amount_low_included=one.amount.low_included,
        amount_high_included=one.amount.high_included,
        amount_approximate=one.amount.approximate,
    )
