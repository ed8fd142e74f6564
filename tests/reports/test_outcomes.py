"""How many targets fare at once, against the verdicts told statement by statement."""

import random
from datetime import date

import pytest

from projects.models import Indicator, Target
from projects.reports.changes.comparison import comparison
from projects.reports.changes.sides import Judged, judged_targets
from projects.reports.performance import indicators, performances
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of

DAYS = ("2021-03-01", "2021-09-01", "2022-06-01", "2023-06-01", "2024-06-01")
PERIODS = ("2021", "2021-01", "2021/..", "../2021", "2022")
STATUSES = ("final", "preliminary", "forecast", "to_date")
AMOUNTS = ("80亿元", "100亿元", "120亿元", "约100亿元", "近100亿元", "90亿元以上")


def compared(verdict):
    return (
        verdict.outcome,
        verdict.outlook,
        verdict.wider_outcome,
        verdict.attainment_low,
        verdict.attainment_high,
    )


def at_once(reader: Reader, scope: Scope = EVERYTHING) -> dict[int, Judged]:
    asked = comparison(reader, reader.day, scope)
    _then, now = judged_targets(asked)
    return {one.target: one for one in now.values()}


def one_by_one(reader: Reader, scope: Scope = EVERYTHING):
    found = performances(indicators(reader, scope), reader)
    return {one.target.pk: one.verdict for each in found for one in each.targets}


def check(reader: Reader) -> set[str]:
    """Compare both, and give the outcomes that there were."""
    found, expected = at_once(reader), one_by_one(reader)
    assert {pk: compared(one.said.verdict) for pk, one in found.items()} == {
        pk: compared(verdict) for pk, verdict in expected.items()
    }
    assert {pk: one.said.outcome for pk, one in found.items()} == {
        pk: verdict.outcome for pk, verdict in expected.items()
    }
    return {verdict.outcome for verdict in expected.values()}


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize("day", [None, "2020-05-01", "2021-06-01", "2022-12-01", "2023-12-01"])
def test_the_shipped_targets(day):
    check(as_of(day) if day else TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_made_up_targets(seed):
    drawn = random.Random(seed)
    sources = [make.source(published=day) for day in DAYS]
    wider = make.indicator()
    measured = [wider, make.indicator(wider=wider), make.indicator()]
    observations, targets = [], []
    for indicator in measured:
        for period in ("", *PERIODS):
            said = {"indicator": indicator, "period": period}
            targets.append(
                make.target(amount=drawn.choice(AMOUNTS), source=drawn.choice(sources), **said)
            )
            for status in drawn.sample(STATUSES, 3) if period else ():
                stated = make.observation(
                    amount=drawn.choice(AMOUNTS),
                    source=drawn.choice(sources),
                    status=status,
                    **said,
                )
                observations.append(stated)
                for how in drawn.sample(["superseded", "disputed"], drawn.randint(0, 2)):
                    observations.append(
                        make.observation(
                            amount=drawn.choice(AMOUNTS),
                            source=drawn.choice(sources),
                            status=status,
                            restates=stated,
                            restates_how=how,
                            **said,
                        )
                    )
    preferred = frozenset(("observation", one.pk) for one in drawn.sample(observations, 5))

    outcomes = set()
    for prefer in (frozenset(), preferred):
        for day in (None, *DAYS):
            outcomes |= check(Reader(TODAY.today, day and date.fromisoformat(day), prefer))

    assert outcomes == {"met", "missed", "not_decided"}


@pytest.mark.django_db
def test_they_stand_in_the_order_of_their_indicators_and_periods():
    first, second = make.indicator(), make.indicator()
    for period in ("2023", "", "2021", "../2021"):
        for indicator in (second, first):
            make.target(indicator=indicator, period=period)

    found = [Target.objects.get(pk=pk) for pk in at_once(TODAY)]

    assert [(one.indicator_id, one.period) for one in found] == [
        (indicator.pk, period)
        for indicator in Indicator.objects.order_by("pk")
        for period in ("../2021", "2021", "2023", "")
    ]
