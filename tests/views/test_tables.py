"""Filtering, sorting, paging and exporting the tables by the query string."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.filters import FilterSet
from projects.tables import sortable
from projects.urls import EXPORTED_ONLY, TABLES
from tests import factories
from tests.views.reading import keys, records, text

SLUGGED = ("projects", "organizations", "agreements", "sources", "milestones", "indicators")


def every_page(client, path):
    """The keys of the rows over all pages of 25."""
    join = "&" if "?" in path else "?"
    first = client.get(path)
    found = keys(first)
    for number in range(2, first.context["page"].paginator.num_pages + 1):
        found += keys(client.get(f"{path}{join}page={number}"))
    return found


@pytest.fixture
def many(db):
    """Sixty projects, investments and milestones that tie in every column but the key."""
    source = factories.source()
    place, sector = factories.place(), factories.sector()
    agreement = factories.agreement()
    organization = factories.organization()
    for _number in range(60):
        project = factories.project(name_zh="同名", name_en="Same name", agreement=agreement)
        project.projectplace_set.create(place=place)
        project.projectsector_set.create(sector=sector)
        factories.investment(
            project=project, source=source, amount="1亿元", organizations=[organization]
        )
        milestone = factories.milestone(project=project, kind="opened", name_zh="同名")
        factories.milestone_date(milestone=milestone, side="due", date="2021", source=source)


@pytest.mark.parametrize("name", ["projects", "investments", "milestones"])
def test_no_row_is_lost_or_repeated_between_pages(many, english, name):
    for column in sorted(sortable(TABLES[name].table_class)):
        for sort in (column, f"-{column}"):
            found = every_page(english, f"/{name}/?sort={sort}")
            assert len(found) == 60, sort
            assert len(set(found)) == 60, sort


@pytest.mark.parametrize("name", [*TABLES, *EXPORTED_ONLY])
def test_export_has_the_rows_of_the_page(facts, english, name):
    page = (TABLES | EXPORTED_ONLY)[name]
    everything = records(english.get(f"/{name}.csv"))
    assert everything
    for column in sorted(sortable(page.table_class)):
        exported = records(english.get(f"/{name}.csv?sort=-{column}"))
        shown = every_page(english, f"/{name}/?sort=-{column}")
        identifier = "slug" if name in SLUGGED else "id"
        listed = english.get(f"/{name}/?sort=-{column}&per_page=100").context["page"].object_list
        expected = [str(getattr(row, identifier)) for row in listed]
        assert [record[identifier] for record in exported] == expected
        assert len(shown) == len(exported) == len(everything)


@pytest.mark.parametrize("name", TABLES)
def test_filtered_export_has_the_filtered_rows(facts, english, name):
    filters: type[FilterSet] = TABLES[name].filterset_class
    for parameter, declared in filters.base_filters.items():
        for value in _some_values(declared):
            page = english.get(f"/{name}/", {parameter: value, "per_page": 100})
            assert page.context["problems"] == [], (parameter, value)
            exported = records(english.get(f"/{name}.csv", {parameter: value}))
            assert len(exported) == page.context["count"], (parameter, value)


def _some_values(declared):
    """Values that a filter accepts."""
    if hasattr(declared, "queryset") and declared.queryset is not None:
        return [row.slug for row in declared.queryset.all()]
    choices = declared.extra.get("choices")
    if choices:
        return [code for code, _label in (choices() if callable(choices) else choices)]
    return ["2016", "not_dated"] if "validators" in declared.extra else ["电", "CNY"]


def test_sort_and_filter_by_hand(facts, english):
    promised = english.get("/projects/?sort=-promised").context["page"].object_list
    assert [row.slug for row in promised[:2]] == ["kaifa-smart-device-park", "software-park"]
    overdue = english.get("/milestones/?state=overdue&sort=due").context["page"].object_list
    assert [row.slug for row in overdue] == [
        "software-park-opened",
        "itai-demonstration-centre-opened",
    ]
    agreed = english.get("/investments/?basis=agreed")
    assert "CNY 2 billion to below 10 billion" in text(agreed)
    assert agreed.context["count"] == 1


def test_investment_totals_follow_the_filter(facts, english):
    words = text(english.get("/investments/?basis=agreed"))
    assert "Promised, once CNY 2 billion to below 10 billion 1 investment" in words
    words = text(english.get("/investments/?as_of=2020-03-31"))
    assert "Promised, once nothing stated" in words


def test_narrowed_to_a_group_and_a_place(facts, english):
    assert english.get("/projects/?group=cec-optics-valley").context["count"] == 2
    assert english.get("/projects/?group=cec-optics-valley&direct=1").context["count"] == 2
    assert english.get("/projects/?group=chongqing-cec-optics-valley").context["count"] == 1
    assert english.get("/investments/?group=cec-credit").context["count"] == 1
    assert english.get("/projects/?place=hitech-zone").context["count"] == 4
    assert len(records(english.get("/projects.csv?place=hitech-zone&stage=started"))) == 1


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("sort=nosuch", "sort"),
        ("page=0", "page"),
        ("page=abc", "page"),
        ("page=99999999999999999999", "page"),
        ("page=7", "page"),
        ("per_page=7", "per_page"),
        ("per_page=1000000000", "per_page"),
        ("as_of=2020-02-30", "as_of"),
        ("as_of=2999-01-01", "as_of"),
        ("group=nosuch", "group"),
        ("place=nosuch", "place"),
        ("prefer=investment-0", "prefer"),
        ("direct=maybe", "direct"),
        ("lang=fr", "lang"),
        ("nosuch=1", "nosuch"),
        ("q=" + "x" * 300, "q"),
    ],
)
def test_what_cannot_be_used_is_named(facts, english, chinese, name, query, parameter):
    for client in (english, chinese):
        page = client.get(f"/{name}/?{query}")
        assert page.status_code == 200
        problems = page.context["problems"]
        assert [problem.name for problem in problems] == [parameter]
        assert problems[0].message in page.content.decode().replace("&quot;", '"')
        if parameter == "page":
            continue
        export = client.get(f"/{name}.csv?{query}")
        assert export.status_code == 400
        assert export.content.decode().startswith(f"{parameter}: ")
        assert export.content.decode().count("\n") == 1


def test_tracking_parameters_are_ignored(facts, english):
    assert english.get("/projects/?utm_source=mail").context["problems"] == []
    assert english.get("/projects.csv?utm_source=mail").status_code == 200


def test_every_link_carries_the_reader_on(facts, english):
    page = english.get("/projects/?as_of=2022-10-01&group=cec&lang=en").content.decode()
    carried = "as_of=2022-10-01&amp;group=cec&amp;lang=en"
    assert f'href="{reverse("projects:investments")}?{carried}"' in page
    assert f'href="/projects/software-park/?{carried}"' in page
    assert f'href="/projects.csv?{carried}"' in page


def test_queries_do_not_grow_with_the_rows(many, english):
    for name in ("projects", "investments", "milestones", "sources", "organizations"):
        counts = []
        for query in ("per_page=25&page=3", "per_page=100"):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                english.get(f"/{name}/?{query}")
            counts.append(len(captured))
        assert counts[0] == counts[1], name
