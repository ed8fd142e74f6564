"""Every report of a random small portfolio against the recount in plain Python."""

import os
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.models import STATEMENTS, Investment
from projects.reports.agreements import agreements
from projects.reports.delivery import milestones, state_counts
from projects.reports.funding import funding, projects_without_investment
from projects.reports.portfolio import portfolio, portfolio_counts, project_rows
from projects.reports.provenance import count_disagreements, disagreements, sources, statements
from projects.reports.rollup import organizations, roll_up
from projects.reports.scope import narrow
from projects.reports.totals import investments, left_out, make_up, not_yet
from projects.values.amounts import total
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests.reports.brute_force import Recount
from tests.reports.storing import store
from tests.reports.strategies import questions, worlds

EXAMPLES = int(os.environ.get("RECOUNT_EXAMPLES", "40"))
"""How many portfolios are tried; set it high after a change to what counts or stands."""


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_reports_equal_the_recount(data):
    world = data.draw(worlds(), label="world")
    question = data.draw(questions(world), label="question")
    reader = Reader(question.today, question.as_of, question.prefer)
    recount = Recount(world, question)
    scope = Scope(recount.members)
    with transaction.atomic():
        store(world)
        check_funding(recount, reader, scope)
        check_totals(recount, reader, scope)
        check_portfolio(recount, reader, scope)
        check_delivery(recount, reader, scope)
        check_provenance(recount, reader, scope)
        check_roll_up(recount, reader)
        transaction.set_rollback(True)


def check_funding(recount, reader, scope):
    found = funding(narrow(Investment.objects.all(), scope, reader), reader, scope.organizations)
    lines = {(line.unit, line.per, line.paid): (line.amount, line.parts) for line in found.lines}
    assert lines == recount.lines(recount.investments)
    assert {one.reason: one.count for one in found.left_out} == recount.left_out()
    without = projects_without_investment(reader, scope)
    assert {one.pk for one in without} == recount.without_investment()
    rows = statements(Investment, reader, scope.organizations)
    reasons = {row.pk: row.not_counted_because for row in rows}
    expected = recount.out(recount.world.investments)
    assert reasons == {one.id: recount.reason(one, recount.members) for one in expected}


def check_totals(recount, reader, scope):
    """Each total taken apart: its parts add up to it, and everything else has its reason."""
    judged = investments(reader, scope)
    for key, (amount, _parts) in recount.lines(recount.investments).items():
        rows = judged.of_line(*key)
        parts = list(rows.filter(not_counted_because=""))
        assert total([part.amount for part in parts], key[0]) == amount
        made = make_up(rows.filter(not_counted_because=""))
        stated = made.exact + made.between + made.open_above + made.open_below
        assert made.not_stated == amount.parts_not_stated
        # An exact amount that is only about so much is counted as approximate alone.
        assert stated <= len(parts) - made.not_stated <= stated + made.approximate
    reasons = {reason.code: reason.count for reason in left_out(judged)}
    assert reasons == recount.left_out()
    if reader.as_of is not None:
        later = not_yet(investments(replace(reader, as_of=None), scope), reader.as_of)
        assert {one.pk for one in later.investments} == recount.published_later()


def check_portfolio(recount, reader, scope):
    rows = project_rows(portfolio(reader, scope), reader, scope)
    assert [row.project.pk for row in rows] == [one.id for one in recount.projects]
    for row, project in zip(rows, recount.projects, strict=True):
        found = row.project
        assert found.stage == recount.stage(project)
        assert found.last_report_id == recount.last_report(project.id)
        assert found.silent == recount.silent(project)
        steps = [one for one in recount.world.milestones if one.project == project.id]
        assert found.overdue == any(recount.state(step) == "overdue" for step in steps)
        assert found.investment_stated == (project.id not in recount.without_investment())
        assert (row.stage_statement is None) == (found.stage == "not_stated")
        check_promised(recount, row)
    check_counts(recount, portfolio_counts(reader, scope))


def check_promised(recount, row):
    """A project's headline, and the bounds by which the table sorts."""
    own = [one for one in recount.investments if one.project == row.project.pk]
    line = recount.lines(own).get(("CNY", "once", False))
    assert (row.promised and (row.promised.amount, row.promised.parts)) == line
    amounts = [one.amount for one in own if recount.counts_in_headline(one)]
    lows = [amount.low for amount in amounts if amount.low is not None]
    highs = [amount.high for amount in amounts if amount.high is not None]
    assert row.project.promised_low == (sum(lows) if lows else None)
    assert row.project.promised_high == (sum(highs) if highs else None)


def check_counts(recount, counts):
    assert counts.projects == len(recount.projects)
    stages = [recount.stage(one) for one in recount.projects]
    assert {one.stage: one.count for one in counts.by_stage} == {
        stage: stages.count(stage) for stage in stages
    }
    assert counts.silent == sum(recount.silent(one) for one in recount.projects)


def check_delivery(recount, reader, scope):
    found = {row.pk: row.state for row in milestones(reader, scope)}
    assert found == recount.states
    counted = {one.state: one.count for one in state_counts(reader, scope) if one.count}
    states = list(recount.states.values())
    assert counted == {state: states.count(state) for state in states}


def check_provenance(recount, reader, scope):
    for kind in STATEMENTS:
        stands = {row.pk for row in statements(kind, reader) if row.stands}
        assert stands == {one.id for one in recount.standing(kind.kind_of_statement)}
    assert count_disagreements(reader, scope) == recount.disagreements()
    assert len(disagreements(reader, scope)) == recount.disagreements()
    assert {row.pk for row in sources(reader, scope)} == recount.sources_in_scope()
    assert {row.pk for row in organizations(reader, scope)} == recount.organizations
    assert {row.pk for row in agreements(reader, scope)} == recount.agreements


def check_roll_up(recount, reader):
    totals = roll_up(reader, recount.question.direct)
    for organization in recount.world.organizations:
        projects, headline = recount.roll_up(organization.id)
        found = totals[organization.id]
        assert found.projects == projects
        assert (found.promised.amount, found.promised.parts) == headline
