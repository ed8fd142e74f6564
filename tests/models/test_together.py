"""Rows of several models by one query are those that each model's own query gives."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F, Value
from django.db.models.functions import Length

from projects.models import STATEMENTS, Organization, Place, Sector, Source
from projects.models.together import all_together, together
from projects.reports.provenance import statements
from projects.values.readers import Reader
from tests import factories as make

READER = Reader(date(2026, 1, 1))


@pytest.fixture
def said(db):
    """Statements of each kind: open, vague and large values, relations that point to nothing."""
    source = make.source(full_text="long", title='“两”\n"two"\\')
    project, agreement = make.project(), make.agreement()
    make.participation(project=project, source=source)
    make.agreement_party(agreement=agreement, source=source)
    whole = make.investment(project=project, amount_low=10**13, amount_high=10**13)
    whole.organizations.add(make.organization(), make.organization())
    make.investment(agreement=agreement, source=source, inferred="'")
    make.investment(project=project, restates=whole, restates_how="disputed", part_of=None)
    step = make.milestone(agreement=agreement, kind="signed")
    make.milestone_date(milestone=step, side="reached", date="2020-04-26", source=source)
    make.milestone_date(milestone=make.milestone(project=project), side="due", date="2020/..")
    indicator = make.indicator(place=make.place())
    for kind in (make.target, make.observation):
        kind(indicator=indicator, amount_low=Decimal("123456789.1234"), amount_high=None)
        kind(indicator=make.indicator(), amount_low=5, amount_high=5, source=source)
    return source


def columns(row):
    """All that was read of a row and of the rows to which it points, with the types."""
    own = {
        name: (type(value), value)
        for name, value in vars(row).items()
        if name not in ("_state", "_prefetched_objects_cache")
    }
    pointed = {name: other and columns(other) for name, other in row._state.fields_cache.items()}
    return own | {"→": pointed, "adding": row._state.adding, "of": row._state.db}


def test_they_are_those_of_each_model_s_own_query(said, django_assert_num_queries):
    sets = [statements(kind, READER) for kind in STATEMENTS]
    own = [list(rows) for rows in sets]

    with django_assert_num_queries(2):  # with the organizations of investments
        found = together(*sets)
        invested = [[one.pk for one in row.organizations.all()] for row in found[2]]

    assert min(map(len, own)) > 0
    assert [[columns(row) for row in rows] for rows in found] == [
        [columns(row) for row in rows] for rows in own
    ]
    assert sorted(map(len, invested)) == [0, 0, 2]
    assert found[0][0].source.full_text == "long"  # read once it is asked for


def test_what_they_prefetch_may_be_read_by_the_same_query(said, django_assert_num_queries):
    sets = [statements(kind, READER) for kind in STATEMENTS]
    own = [list(rows) for rows in sets]

    with django_assert_num_queries(1):
        found = all_together(*sets)
        invested = [list(row.organizations.all()) for row in found[2]]
        again = pickle.loads(pickle.dumps(found[2]))
        assert [list(row.organizations.all()) for row in again] == invested

    assert [[columns(row) for row in rows] for rows in found] == [
        [columns(row) for row in rows] for rows in own
    ]
    assert invested == [list(row.organizations.all()) for row in own[2]]


def test_a_set_may_be_empty_or_of_any_model(said, django_assert_num_queries):
    make.place(slug="below", parent=Place.objects.first())
    places = Place.objects.annotate(length=Length("slug"), also=Value("x")).order_by("-pk")

    with django_assert_num_queries(1):
        nothing, none, found, sources = together(
            Organization.objects.none(),
            Source.objects.filter(slug="nowhere"),
            places,
            Source.objects.all(),
        )

    assert nothing == none == []
    assert found == list(places)
    assert [(place.length, place.also) for place in found if place.slug == "below"] == [(5, "x")]
    assert said in sources


@pytest.mark.parametrize("cut", [slice(None), slice(1, 3), slice(2)])
def test_each_stands_in_its_own_order_and_is_cut_in_it(db, cut):
    for name, year in (("乙", "2020"), ("甲", "2022"), ("丁", "2019"), ("丙", "2021")):
        make.sector(name_zh=name)
        make.source(title=name, published=year)
    sets = [
        Sector.objects.order_by("-slug")[cut],
        Sector.objects.order_by("name_zh")[cut],
        Source.objects.order_by(F("title").desc(), "pk")[cut],
        Source.objects.all()[cut],
    ]

    assert together(*sets) == [list(rows) for rows in sets]


def test_a_set_of_distinct_rows_is_refused(db):
    with pytest.raises(ValueError, match="place of its own"):
        together(Organization.objects.filter(children__slug="a").distinct())


def test_nothing_is_asked_of_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert together(Place.objects.none(), Source.objects.none()) == [[], []]
