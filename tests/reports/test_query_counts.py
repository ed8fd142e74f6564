"""The number of queries of each report is the same for ten rows and for twenty.

Asked with everything that a page may ask at once, as the most deeply nested query is then built.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import (
    STATEMENTS,
    Agreement,
    Indicator,
    Investment,
    Milestone,
    Organization,
    Participation,
    Place,
    Project,
    Sector,
    Source,
)
from projects.reports.agreements import agreement_rows, agreements
from projects.reports.changes.comparison import comparison
from projects.reports.days import day_before_all, earlier_days, neighbours
from projects.reports.delivery import dates_and_reports, milestones, state_counts, steps
from projects.reports.due import MOST, late_and_soon, steps_and_due
from projects.reports.frame import frame
from projects.reports.funding import funding, projects_without_investment, promised_by_project
from projects.reports.mistaken import easily_mistaken
from projects.reports.money import Way, promised_by
from projects.reports.overview import SHOWN, overview
from projects.reports.performance import indicators, performances
from projects.reports.portfolio import portfolio, portfolio_counts, project_rows
from projects.reports.provenance import (
    all_said_by,
    count_disagreements,
    disagreements,
    group_of,
    said_by,
    source_rows,
    sources,
    statements,
    superseded,
)
from projects.reports.rollup import organization_rows, organizations, roll_up
from projects.reports.scope import narrow
from projects.reports.search import search
from projects.reports.swaps import swaps
from projects.reports.totals import investments, left_out, make_up, not_yet
from projects.reports.tree import trees
from projects.reports.visible import visible
from projects.templatetags.cooperation import says
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories as make
from tests.reports.comparing import changes

Report = Callable[[Reader, Scope], Any]

REPORTS: dict[str, Report] = {
    "agreements": lambda reader, scope: agreement_rows(agreements(reader, scope), reader, scope),
    "milestones": lambda reader, scope: steps(milestones(reader, scope), reader),
    "state counts": state_counts,
    "dates and reports": lambda reader, scope: dates_and_reports(
        *zip(
            *((one.stage_statement_id, one.last_report_id) for one in portfolio(reader, scope)),
            strict=True,
        )
    ),
    "funding": lambda reader, scope: funding(
        narrow(Investment.objects.all(), scope, reader), reader, scope.organizations
    ),
    "promised by project": lambda reader, scope: promised_by_project(
        Project.objects.values_list("pk", flat=True), reader, scope.organizations
    ),
    **{
        f"promised by {way}": lambda reader, scope, way=way: promised_by(
            way, narrow(Investment.objects.all(), scope, reader), reader, scope.organizations
        )
        for way in Way
    },
    "due soon": lambda reader, scope: steps_and_due(
        *late_and_soon(reader, scope, SHOWN, MOST), reader
    ),
    "left out": lambda reader, scope: left_out(investments(reader, scope)),
    "not yet": lambda reader, scope: not_yet(
        investments(replace(reader, as_of=None), scope), reader.as_of or reader.today
    ),
    "make-up": lambda reader, scope: make_up(investments(reader, scope)),
    "swaps": lambda reader, scope: swaps(disagreements(reader, scope)),
    "without investment": lambda reader, scope: list(projects_without_investment(reader, scope)),
    "overview": overview,
    "performances": lambda reader, scope: performances(indicators(reader, scope), reader),
    "portfolio": lambda reader, scope: project_rows(portfolio(reader, scope), reader, scope),
    "portfolio counts": portfolio_counts,
    "sources": lambda reader, scope: source_rows(sources(reader, scope)),
    "all said by": lambda reader, scope: [
        says(one) for one in all_said_by(Source.objects.get(slug="all"))
    ],
    "said by": lambda reader, scope: said_by(Source.objects.get(slug="all"), reader),
    "group": lambda reader, scope: group_of(Participation.objects.get(key="root"), reader),
    "disagreements": disagreements,
    "count disagreements": count_disagreements,
    "superseded": superseded,
    "easily mistaken": easily_mistaken,
    "organizations": lambda reader, scope: trees(
        organization_rows(organizations(reader, scope), reader)
    ),
    "roll-up": lambda reader, scope: roll_up(reader),
    "changes": lambda reader, scope: changes(comparison(reader, date(2019, 12, 31), scope)),
    "neighbours": lambda reader, scope: neighbours(reader).previous,
    "earlier days": lambda reader, scope: earlier_days(reader, 100),
    "day before all": lambda reader, scope: day_before_all(reader),
    "frame": lambda reader, scope: frame(reader),
    "search": lambda reader, scope: search("project", reader, scope),
    **{
        f"statements: {kind.__name__}": lambda reader, scope, kind=kind: [
            (str(row.subject), row.source.title)
            for row in narrow(statements(kind, reader, scope.organizations), scope, reader)
        ]
        for kind in STATEMENTS
    },
    **{
        f"visible: {model.__name__}": lambda reader, scope, model=model: list(
            narrow(visible(model.objects.all(), reader), scope, reader)
        )
        for model in (Project, Organization, Agreement, Indicator, Milestone, Place, Sector, Source)
    },
}


@pytest.fixture
def asked(db) -> tuple[Reader, Scope]:
    """A reader with a day and preferences who asks for a group and a place."""
    group, city = make.organization(slug="cec"), make.place(slug="city")
    make.source(slug="all", published="2019")
    prefer = frozenset((kind.kind_of_statement, 1) for kind in STATEMENTS)
    return (
        Reader(date(2026, 11, 1), date(2026, 10, 31), prefer),
        Scope(frozenset([group.pk]), frozenset([city.pk])),
    )


def grow(number: int) -> None:
    """As many projects as asked, each with an agreement, steps, money, rivals and figures."""
    said: dict[str, Any] = {"source": Source.objects.get(slug="all")}
    cec, city = Organization.objects.get(slug="cec"), Place.objects.get(slug="city")
    for _ in range(number):
        agreement = make.agreement(sectors=[make.sector()])
        project = make.project(places=[city], sectors=[make.sector()], agreement=agreement)
        first = not Participation.objects.exists()
        root = make.participation(project=project, organization=cec, key="root" if first else "")
        make.participation(
            project=project, organization=cec, role=root.role, restates=root,
            restates_how="disputed", **said,
        )  # fmt: skip
        make.organization(parent=cec)
        make.agreement_party(agreement=agreement, organization=cec, **said)
        whole = make.investment(project=project, organizations=[cec], **said)
        make.investment(project=project, organizations=[cec], restates=whole)
        make.investment(project=project, organizations=[cec], part_of=whole)
        for owner, kind in (({"project": project}, "opened"), ({"agreement": agreement}, "signed")):
            step = make.milestone(**owner, kind=kind)
            make.milestone_date(milestone=step, side="due", date="2020", **said)
        make.milestone_date(milestone=make.milestone(project=project), date="2018")
        soon = make.milestone(project=project, kind="other")
        make.milestone_date(milestone=soon, side="due", date="2026-12", **said)
        wider = make.indicator(place=city)
        indicator = make.indicator(place=city, wider=wider)
        for one in (wider, indicator):
            make.target(indicator=one, **said)
            make.observation(indicator=one, amount=f"{one.pk}亿元", **said)


def queries(report: Report, reader: Reader, scope: Scope) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        report(reader, scope)
    return len(captured)


def test_no_report_asks_more_for_more_rows(asked):
    grow(10)
    ten = {name: queries(report, *asked) for name, report in REPORTS.items()}
    grow(10)
    twenty = {name: queries(report, *asked) for name, report in REPORTS.items()}
    assert twenty == ten


def test_there_are_rows_of_everything(asked):
    """Without rows the count above would say nothing."""
    reader, scope = asked
    grow(2)
    found = {name: report(reader, scope) for name, report in REPORTS.items()}
    assert {name for name, rows in found.items() if not rows} == {"without investment"}
