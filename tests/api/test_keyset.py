"""Pages that begin after a row: every row once, whatever its keys, each read from an index."""

import random
from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from projects.api.keyset import Place, page, read_place
from projects.models import Investment, Source
from tests import factories

pytestmark = pytest.mark.django_db

ORDERS = {
    "by the key alone": ["pk"],
    "descending": ["-pk"],
    "with ties": ["basis", "pk"],
    "two that may be empty": [
        F("amount_low").asc(nulls_last=True),
        F("amount_high").desc(nulls_last=True),
        "pk",
    ],
    "days, and down": [
        F("date_latest").desc(nulls_last=True),
        F("date_earliest").asc(nulls_last=True),
        "-pk",
    ],
    "of another table": [F("project__name_zh").asc(nulls_last=True), "basis", "-pk"],
}


@pytest.fixture
def many():
    """Forty investments, with ties and empty columns of every kind, in no order."""
    chosen = random.Random(4)
    source = factories.source()
    projects = [factories.project(name_zh=name) for name in ("甲", "乙", "甲")]
    agreement = factories.agreement()
    for _ in range(40):
        project = chosen.choice([*projects, None])
        factories.investment(
            source=source,
            amount=chosen.choice(["1亿元", "2亿元", "超过1亿元", "不到2亿元", "未说明"]),
            basis=chosen.choice(["announced", "agreed", "paid"]),
            date=chosen.choice(["", "2020", "2020-12", "2020/..", "../2021"]),
            **({"project": project} if project else {"agreement": agreement}),
        )


@pytest.mark.parametrize("limit", [1, 3, 7, 39, 40, 41])
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_pages_are_the_rows_in_their_order(many, order, limit):
    rows = Investment.objects.order_by(*order)
    found, place = page([rows], None, limit)
    while place is not None:
        assert len(found) % limit == 0
        more, place = page([rows], place, limit)
        found += more
    assert found == list(rows.values_list("pk", flat=True))


def test_parts_follow_each_other(many):
    parts = [
        Investment.objects.filter(agreement__isnull=True).order_by("-pk"),
        Investment.objects.none().order_by("pk"),
        Investment.objects.filter(project__isnull=True).order_by("pk"),
    ]
    expected = [pk for part in parts for pk in part.values_list("pk", flat=True)]
    for limit in (1, 3, 40):
        found, place = page(parts, None, limit)
        while place is not None:
            more, place = page(parts, place, limit)
            found += more
        assert found == expected


def test_a_row_that_was_deleted_is_still_a_place(many):
    rows = Investment.objects.order_by("basis", "pk")
    first, place = page([rows], None, 10)
    expected = list(rows.values_list("pk", flat=True)[10:])
    Investment.objects.filter(pk__in=first).delete()
    assert page([rows], place, 100) == (expected, None)


def test_it_asks_no_more_than_two_queries_a_key(many):
    rows = Investment.objects.order_by(*ORDERS["two that may be empty"])
    _found, place = page([rows], None, 1)
    with CaptureQueriesContext(connection) as captured:
        page([rows], place, 100)
    assert len(captured) <= 2 * 3 - 1
    with CaptureQueriesContext(connection) as captured:
        page([rows.order_by("pk")], Place(0, (0,)), 2)
    assert len(captured) == 1


def test_a_place_is_read_as_it_was_written():
    rows = Source.objects.order_by(F("published_latest").desc(), "pk")
    assert read_place([rows], [0, "2020-04-26", 7]) == Place(0, (date(2020, 4, 26), 7))
    assert read_place([rows], [0, None, 7]) == Place(0, (None, 7))


@pytest.mark.parametrize(
    "given",
    [None, 5, [], [1, "2020-04-26", 7], [0, 7], [0, "x", 7], [0, "2020-04-26", "x"], ["a", 1, 2]],
)
def test_what_is_no_place_is_refused(given):
    with pytest.raises(ValueError):
        read_place([Source.objects.order_by(F("published_latest").desc(), "pk")], given)


def test_an_order_that_leaves_ties_is_a_fault():
    with pytest.raises(ValueError):
        page([Investment.objects.order_by("basis")], None, 1)
