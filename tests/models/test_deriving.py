"""What is stored is what is defined, whichever way the portfolio was written."""

import os
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.reports.proving import differences
from tests.models.doors import write
from tests.reports.storing import store
from tests.reports.strategies import worlds

EXAMPLES = int(os.environ.get("DERIVING_EXAMPLES", "25"))
"""How many portfolios are written; set it high after a change to what is derived, or by whom."""
TODAY = date(2024, 12, 31)
DAYS = [date(2020, 4, 25), date(2020, 4, 26), date(2020, 4, 30), date(2021, 4, 16), TODAY]


def wrong():
    """What is stored wrongly, on the days on which the publications of these portfolios come."""
    return [str(one) for one in differences(TODAY, DAYS, everything=True)]


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_door_derives_what_follows(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("fixtures")
    with transaction.atomic():
        store(data.draw(worlds(), label="world"))
        doors = [write(data, folder) for _ in range(data.draw(st.integers(1, 4)))]
        assert (doors, wrong()) == (doors, [])
        transaction.set_rollback(True)
