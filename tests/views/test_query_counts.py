"""Every page asks the database as often for many rows as for few, and at most fifteen times."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import (
    STATEMENTS,
    Agreement,
    Indicator,
    Investment,
    Organization,
    Place,
    Project,
    Source,
)
from projects.reports.findings import Finding
from projects.urls import TABLES
from projects.views.counting import Count, count_rows
from tests import factories as make

MOST = 15
VERSION = 1
"""Before all else the version of the data is asked."""


def grow(number):
    """As many projects as asked, with all that a page shows of them."""
    said = {"source": Source.objects.filter(slug="all").first() or make.source(slug="all")}
    city = Place.objects.first() or make.place()
    root = Organization.objects.filter(slug="root").first() or make.organization(slug="root")
    for _ in range(number):
        agreement = make.agreement(sectors=[make.sector()])
        project = make.project(places=[city], sectors=[make.sector()], agreement=agreement)
        company = make.organization(parent=root)
        make.agreement_party(agreement=agreement, organization=company, **said)
        make.participation(project=project, organization=company, **said)
        whole = make.investment(project=project, organizations=[company], amount="1亿元", **said)
        make.investment(
            project=project, organizations=[company], restates=whole, restates_how="disputed"
        )
        make.investment(project=project, part_of=whole, **said)
        for owner, kind in (({"project": project}, "opened"), ({"agreement": agreement}, "signed")):
            step = make.milestone(**owner, kind=kind)
            make.milestone_date(milestone=step, side="due", date="2020", **said)
        wider = make.indicator(place=city)
        for indicator in (wider, make.indicator(place=city, wider=wider)):
            make.target(indicator=indicator, **said)
            make.observation(indicator=indicator, amount=f"{indicator.pk}亿元", **said)


def addresses():
    """The address of every page, each entity's by its last row."""
    plain = ["dashboard", *TABLES, "timeline", "changes", "disagreements", "superseded"]
    yield from (reverse(f"projects:{name}") for name in [*plain, "method", "quality"])
    yield from (reverse("projects:finding", args=[finding]) for finding in Finding)
    yield reverse("projects:total", args=["cny-once-promised"])
    yield reverse("projects:search") + "?q=a"
    yield reverse("projects:statement-changes")
    for model in (Project, Organization, Agreement, Indicator, Source):
        yield model.objects.order_by("pk").last().get_absolute_url()
    yield from (kind.objects.order_by("pk").last().get_absolute_url() for kind in STATEMENTS)


def views(rivals):
    """What can be asked of every page, by words: a day, a part of everything, another day beside.

    No publication of what grows is later, so that all of it is on every page.
    """
    everything = {
        "group": "root",
        "place": Place.objects.get().slug,
    }
    day, since = {"as_of": "2026-01-01"}, {"since": "2019-01-01"}
    prefer = {"prefer": [one.code for one in rivals]}
    return {
        "the record": {},
        "as of a day": day,
        "of a group": {"group": everything["group"]},
        "of a group and place, as of a day": everything | day,
        "compared": since,
        "of a group and place, compared": everything | day | since,
        "with rivals of all kinds preferred": prefer,
        "all of it together": everything | day | since | prefer,
    }


def queries(client, view):
    """How often each page asks, by the pattern of its address."""
    found = {}
    for address in addresses():
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(
                address + ("&" if "?" in address else "?") + urlencode(view, doseq=True)
            )
        assert answer.status_code == 200, address
        assert answer.context["problems"] == [], (address, view)
        found[answer.resolver_match.view_name, *answer.resolver_match.captured_kwargs] = found.get(
            answer.resolver_match.view_name, 0
        ) or len(captured)
    return found


def test_no_page_asks_more_for_more_rows(db, english):
    grow(1)
    asked = views([rival_of(kind) for kind in STATEMENTS])
    grow(2)  # the pages asked are of these, of which none has a rival more than others
    few = {words: queries(english, view) for words, view in asked.items()}
    assert {
        (words, page): count
        for words, pages in few.items()
        for page, count in pages.items()
        if count > MOST + VERSION
    } == {}
    grow(30)
    for words, view in asked.items():
        more = {
            page: count
            for page, count in queries(english, view).items()
            if count > few[words][page]
        }
        assert more == {}, words  # fewer where a kind of statement no longer fits on the page


def rival_of(kind):
    """A rival of a statement of this kind, in a publication of its own."""
    standing = kind.objects.filter(restates=None).order_by("pk").last()
    said = {
        field.name: getattr(standing, field.name)
        for field in kind._meta.concrete_fields
        if field.name not in ("id", "key")
    }
    own = {"source": make.source(), "restates": standing, "restates_how": "disputed"}
    return kind.objects.create(**said | own)


@pytest.fixture
def bound(monkeypatch):
    """A bound that few rows pass."""
    monkeypatch.setattr("projects.views.counting.BOUND", 20)


class TestCounting:
    def test_up_to_the_bound_exactly(self, db, bound):
        grow(6)
        assert count_rows(Investment.objects.all()) == Count(18)
        assert count_rows(Investment.objects.none()) == Count(0)

    def test_beyond_it_as_the_planner_thinks_or_more(self, db, bound, english):
        grow(7)
        counted = count_rows(Investment.objects.all())
        assert not counted.exact
        assert counted.number >= 20
        page = english.get("/investments/")
        said = "about" if counted.expected else "more than"
        assert page.context["count_words"].startswith(f"{said} ")
        assert f"{said} " in page.content.decode().partition("CSV")[2][:60]

    def test_every_page_is_reached_and_the_last_one_told(self, db, bound, english):
        grow(20)
        first = english.get("/investments/")
        assert first.context["page"].has_next()
        last = english.get("/investments/?page=3")
        assert (len(last.context["page"]), last.context["page"].has_next()) == (10, False)
        behind = english.get("/investments/?page=4")
        assert behind.context["problems"][0].message.endswith("the pages are 1 to 3.")
        assert len(behind.context["page"]) == 10


def test_parts_of_an_order_follow_each_other(db, english):
    """First what goes into projects, by their names, then what goes under agreements."""
    for number in range(30):
        make.investment(project=make.project(name_zh=f"乙{number % 7}"))
    for name in ("丙", "甲"):
        make.investment(agreement=make.agreement(name_zh=name))
    for sort, expected in (("subject", ["丙", "甲"]), ("-subject", ["甲", "丙"])):
        rows = [
            row
            for number in (1, 2)
            for row in english.get(f"/investments/?sort={sort}&page={number}").context["page"]
        ]
        assert len({row.pk for row in rows}) == len(rows) == 32
        names = [row.project.name_zh for row in rows[:30]]
        assert names == sorted(names, reverse=sort.startswith("-"))
        assert [row.agreement.name_zh for row in rows[30:]] == expected
