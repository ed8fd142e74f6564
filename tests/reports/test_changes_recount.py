"""What changed in a random small portfolio, against two recounts in plain Python."""

import os
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.reports.changes.comparison import comparison
from projects.values.dates import VagueDate
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests.reports.brute_force import Recount
from tests.reports.comparing import changes
from tests.reports.storing import store
from tests.reports.strategies import DAYS, questions, worlds

EXAMPLES = int(os.environ.get("RECOUNT_EXAMPLES", "25"))
"""How many portfolios are tried; set it high after a change to what counts or stands."""


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_changes_equal_two_recounts(data):
    world = data.draw(worlds(), label="world")
    question = data.draw(questions(world), label="question")
    asked = question.as_of or question.today
    since = data.draw(st.sampled_from([day for day in DAYS if day <= asked]), label="since")
    then, now = Recount(world, replace(question, as_of=since)), Recount(world, question)
    reader = Reader(question.today, question.as_of, question.prefer)
    with transaction.atomic():
        store(world)
        found = changes(comparison(reader, since, Scope(now.members)))
        check_statements(found.statements, then, now)
        check_outcome(found.outcome, then, now)
        check_numbers(found.outcome, then, now)
        published = {row.source.pk for row in found.publications.rows}
        transaction.set_rollback(True)
    later = {one.id for one in world.sources if VagueDate(one.published).latest > since}
    assert published == now.sources_in_scope() & later


def check_statements(found, then, now):
    came, replaced, went = set(), set(), set()
    for kind in now.world.statements:
        old, new = standing(then, kind), standing(now, kind)
        for root in old.keys() | new.keys():
            before, after = old.get(root), new.get(root)
            if before == after:
                continue
            before = before if before and then.statement_in_scope(kind, before) else None
            after = after if after and now.statement_in_scope(kind, after) else None
            if before and after:
                replaced.add((kind, before.id, after.id))
            elif after:
                came.add((kind, after.id))
            elif before:
                went.add((kind, before.id))
    assert {row.code for row in found.came.rows} == {f"{kind}-{pk}" for kind, pk in came}
    assert {row.code for row in found.went.rows} == {f"{kind}-{pk}" for kind, pk in went}
    assert {
        (row.now.kind_of_statement, row.then.pk, row.now.pk) for row in found.replaced.rows
    } == replaced


def standing(recount, kind):
    """What stands, by the id of the statement that stands for the editors."""
    return {one.restates or one.id: one for one in recount.standing(kind)}


def check_outcome(found, then, now):
    steps = {row.milestone.pk: states_of(row) for row in found.steps.rows}
    assert steps == differing(then.states, now.states)
    projects = {row.project.pk: stands_of(row) for row in found.projects.rows}
    assert projects == differing(project_stands(then), project_stands(now))
    totals = {
        (row.now.unit, row.now.per, row.now.paid): tuple(
            (line.amount, line.parts) if line.parts else None for line in (row.then, row.now)
        )
        for row in found.totals
    }
    assert totals == differing(then.lines(then.investments), now.lines(now.investments))


def differing(old, new):
    return {
        key: (old.get(key), new.get(key))
        for key in old.keys() | new.keys()
        if old.get(key) != new.get(key)
    }


def states_of(row):
    return tuple(stand and stand.state for stand in (row.then, row.now))


def stands_of(row):
    return tuple(
        stand and (stand.stage, stand.overdue, stand.silent) for stand in (row.then, row.now)
    )


def project_stands(recount):
    return {
        one.id: (
            recount.stage(one),
            any(
                recount.state(step) == "overdue"
                for step in recount.world.milestones
                if step.project == one.id
            ),
            recount.silent(one),
        )
        for one in recount.projects
    }


def check_numbers(found, then, now):
    numbers = {row.code: (row.then, row.now) for row in found.numbers}
    for judged in ("targets", "met", "missed"):
        numbers.pop(judged, None)
    assert numbers == differing(counts(then), counts(now))


def counts(recount):
    states = list(recount.states.values())
    reasons = ("restates", "part_of", "cancelled", "joint")
    return {
        "projects": len(recount.projects),
        "without-investment": len(recount.without_investment()),
        "silent": sum(recount.silent(one) for one in recount.projects),
        "milestones": len(states),
        "reached": states.count("reached"),
        "overdue": states.count("overdue"),
        "disagreements": recount.disagreements(),
        "organizations": len(recount.organizations),
        "agreements": len(recount.agreements),
        "sources": len(recount.sources_in_scope()),
        **{f"left-out-{reason}": recount.left_out()[reason] for reason in reasons},
    }
