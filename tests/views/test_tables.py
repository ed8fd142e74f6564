"""Filtering, sorting, paging and exporting the tables by the query string."""

import html
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.filters.kinds import LineFilter, WayFilter
from projects.filters.sets import FilterSet
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


@pytest.mark.parametrize(
    ("sort", "expected"), [("", ["c", "b", "a", "d"]), ("-", ["b", "c", "d", "a"])]
)
def test_an_agreement_of_drafts_alone_says_nothing_by_its_name(db, english, sort, expected):
    draft = factories.source(draft=True)
    agreements = {
        "a": factories.agreement(name_zh="一", entered_with=draft),
        "b": factories.agreement(name_zh="乙"),
        "c": factories.agreement(name_zh="丙"),
        "d": None,
    }
    for slug, agreement in agreements.items():
        factories.project(slug=slug, agreement=agreement)

    page = english.get(f"/projects/?sort={sort}agreement").context["page"]
    assert [project.slug for project in page] == expected
    rows = records(english.get(f"/projects.csv?sort={sort}agreement"))
    assert [row["slug"] for row in rows] == expected


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
        for value in some_values(declared):
            page = english.get(f"/{name}/", {parameter: value, "per_page": 100})
            assert page.context["problems"] == [], (parameter, value)
            exported = records(english.get(f"/{name}.csv", {parameter: value}))
            assert len(exported) == page.context["count"], (parameter, value)


def some_values(declared):
    """Values that a filter accepts."""
    if hasattr(declared, "queryset") and declared.queryset is not None:
        return [row.slug for row in declared.queryset(None)]
    choices = declared.extra.get("choices")
    if isinstance(declared, LineFilter):
        return ["cny-once-promised", "usd-year-paid"]
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
    words = text(english.get("/investments/?totals=1&basis=agreed"))
    assert "Promised, once CNY 2 billion to below 10 billion 1 investment" in words
    words = text(english.get("/investments/?totals=1&as_of=2020-03-31"))
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


class TestColumns:
    @pytest.mark.parametrize("name", TABLES)
    def test_each_column_can_be_the_only_one_beside_the_first(self, facts, english, name):
        first, *others = TABLES[name].table_class.base_columns
        for column in others:
            page = english.get(f"/{name}/?columns={column}")
            assert page.context["problems"] == []
            assert [one.name for one in page.context["table"].columns] == [first, column]

    def test_as_a_form_sends_them_and_as_a_person_writes_them(self, facts, english):
        for query in ("columns=project&columns=promised&columns=stage", "columns=promised,stage"):
            page = english.get(f"/projects/?{query}")
            names = [one.name for one in page.context["table"].columns]
            assert names == ["project", "stage", "promised"]
            words = text(page)
            assert "Kaifa smart-device industrial park" in words
            assert "Linkong Frontier" not in words

    def test_the_first_alone(self, facts, english):
        page = english.get("/projects/?columns=project")
        assert [one.name for one in page.context["table"].columns] == ["project"]

    @pytest.mark.parametrize("name", TABLES)
    def test_an_unknown_one_is_named(self, facts, english, name):
        page = english.get(f"/{name}/?columns=nosuch")
        assert [problem.name for problem in page.context["problems"]] == ["columns"]
        everything = list(TABLES[name].table_class.base_columns)
        assert [one.name for one in page.context["table"].columns] == everything
        assert f"columns are: {', '.join(everything)}." in text(page)

    def test_every_link_and_form_keeps_them(self, facts, english):
        query = "columns=stage&stage=started&per_page=50&sort=stage"
        page = english.get(f"/projects/?{query}").content.decode()
        links = re.findall(r'href="(\?[^"]*)"', page)
        kept = [link for link in links if "columns=stage" in link]
        # Sorting twice, the chip, clearing; only "All columns" lets go of them.
        assert len(links) - len(kept) == 1
        filters = page.partition('class="filter-form"')[2].partition("</form>")[0]
        for name, value in {"columns": "stage", "per_page": "50", "sort": "stage"}.items():
            assert f'<input type="hidden" name="{name}" value="{value}">' in filters
        columns = page.partition('class="columns-form"')[2].partition("</form>")[0]
        assert '<input type="hidden" name="stage" value="started">' in columns

    def test_an_export_takes_no_notice(self, facts, english):
        everything = records(english.get("/projects.csv"))
        assert records(english.get("/projects.csv?columns=stage")) == everything
        assert records(english.get("/projects.csv?columns=nosuch")) == everything
        page = english.get("/projects/?columns=stage&overdue=true").content.decode()
        assert 'href="/projects.csv?overdue=true"' in page

    def test_tables_of_one_entity_are_not_sorted_by_the_query_string(self, facts, english):
        page = english.get("/organizations/cec/").content.decode()
        assert "?sort=" not in page


def chips(response):
    """The filters that are set in words, and where each one's link leads."""
    found = re.findall(
        r'class="filter-chip" href="([^"]*)"[^>]*>(.*?)<strong>(.*?)</strong>',
        response.content.decode(),
    )
    return {
        f"{label}{value}".replace("  ", " "): html.unescape(href) for href, label, value in found
    }


class TestChips:
    def test_each_value_can_be_removed_by_itself(self, facts, english):
        page = english.get(
            "/investments/?basis=agreed&basis=announced&counted=true&project=software-park"
            "&q=%E5%8D%81%E4%BA%BF&page=1&sort=amount&per_page=50&as_of=2022-10-01"
        )
        rest = {
            "q": "q=%E5%8D%81%E4%BA%BF",
            "agreed": "basis=agreed",
            "announced": "basis=announced",
            "counted": "counted=true",
            "project": "project=software-park",
        }

        def without(*gone):
            order = ["agreed", "announced", "counted", "project", "q"]
            kept = [rest[name] for name in order if name not in gone]
            return "?" + "&".join([*kept, "sort=amount", "per_page=50", "as_of=2022-10-01"])

        assert chips(page) == {
            "Search: 十亿": without("q"),
            "Basis: announced": without("announced"),
            "Basis: agreed": without("agreed"),
            "Counted: yes": without("counted"),
            "Project: CEC Chongqing software park": without("project"),
        }
        everything = html.escape(without(*rest))
        assert f'<a href="{everything}">Clear all</a>' in page.content.decode()

    @pytest.mark.parametrize("name", TABLES)
    def test_every_filter_has_one_that_lets_go_of_it(self, facts, english, name):
        everything = english.get(f"/{name}/").context["count"]
        for parameter, declared in TABLES[name].filterset_class.base_filters.items():
            if isinstance(declared, WayFilter):
                continue  # it leaves no row out
            value = some_values(declared)[0]
            page = english.get(f"/{name}/", {parameter: value})
            [(_words, href)] = chips(page).items()
            assert href == f"/{name}/", parameter
            assert english.get(href).context["count"] == everything

    def test_none_where_nothing_is_set(self, facts, english):
        page = english.get("/projects/?stage=&q=&sort=stage")
        assert chips(page) == {}
        assert "Clear all" not in text(page)

    def test_what_cannot_be_used_has_none_and_the_others_do(self, facts, english):
        page = english.get("/projects/?stage=nosuch&overdue=true")
        assert list(chips(page)) == ["Overdue: yes"]
        assert page.context["count"] == 2
        assert 'href="/projects/">Clear<' in page.content.decode()


class TestCount:
    def test_in_words(self, facts, english, chinese):
        assert english.get("/projects/").context["count_words"] == "11 projects"
        assert english.get("/agreements/?q=plan").context["count_words"] == "1 of 3 agreements"
        assert chinese.get("/projects/?overdue=true").context["count_words"] == (
            "11个项目，其中2个符合条件"
        )

    def test_with_the_rows_of_the_page(self, many, english):
        words = english.get("/projects/?page=3").context["count_words"]
        assert words == "60 projects, rows 51 to 60"

    def test_of_one(self, db, english):
        factories.project()
        assert english.get("/projects/").context["count_words"] == "1 project"

    def test_of_the_part_looked_at(self, facts, english):
        page = english.get("/projects/?place=hitech-zone&stage=started")
        assert page.context["count_words"] == "1 of 4 projects"


class TestNothingFound:
    def test_which_filter_excludes_everything(self, facts, english):
        page = english.get("/projects/?overdue=true&stage=opened&silent=true")
        words = text(page)
        assert "Without “Stage” there are 2 rows" in words
        assert "Without “Overdue” there is 1 row" in words
        assert "Without “Silent”" not in words
        assert "?overdue=true&amp;silent=true" in page.content.decode()

    def test_where_one_alone_is_not_enough(self, facts, english):
        words = text(english.get("/projects/?q=nosuchword&stage=suspended"))
        assert "Leaving out one of them is not enough." in words

    def test_one_filter_is_the_one(self, facts, english):
        words = text(english.get("/projects/?q=nosuchword"))
        assert "Nothing matches these filters. Clear the filters" in words
        assert "Leaving out" not in words

    def test_in_the_part_looked_at(self, facts, english):
        words = text(english.get("/agreements/?group=kaifa"))
        assert "Nothing here belongs to the part that you are looking at." in words

    def test_before_the_first_publication(self, facts, english):
        page = english.get("/projects/?as_of=1999-01-01")
        assert "Nothing was published by that day. Show what is known today" in text(page)


class TestInPlace:
    """What htmx asks for is the inner part of the page; everybody else gets the page."""

    HTMX = {"HX-Request": "true", "HX-Target": "content"}

    @pytest.mark.parametrize("name", TABLES)
    def test_the_part_is_what_stands_in_the_page(self, facts, english, name):
        path = f"/{name}/?q=%E7%94%B5&columns=nosuch&as_of=2024-01-01"
        page, part = english.get(path), english.get(path, headers=self.HTMX)
        inner = page.content.decode().partition('<main id="content"')[2].partition("</main>")[0]
        assert part.content.decode().strip() == inner.partition(">")[2].strip()
        assert "<html" not in part.content.decode()

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"HX-Target": "content"},
            {"HX-Request": "true"},
            {"HX-Request": "true", "HX-Target": "elsewhere"},
            HTMX | {"HX-History-Restore-Request": "true"},
        ],
    )
    def test_a_whole_page_otherwise(self, facts, english, headers):
        page = english.get("/projects/", headers=headers)
        assert page.content.decode().lstrip().startswith("<!doctype html>")

    def test_no_cache_takes_one_for_the_other(self, facts, english):
        for headers in ({}, self.HTMX):
            varied = english.get("/projects/", headers=headers).headers["Vary"].split(", ")
            assert {"HX-Request", "HX-Target", "HX-History-Restore-Request"} <= set(varied)

    def test_totals_and_trees_are_in_it(self, facts, english):
        path = "/investments/?totals=1&basis=agreed"
        totals = english.get(path, headers=self.HTMX).content.decode()
        assert "Totals of this filter" in totals
        trees = english.get("/organizations/", headers=self.HTMX).content.decode()
        assert "Who controls whom" in trees


def test_each_parent_is_offered_once_and_all_by_their_names(db, english):
    for name, children in (("乙", 2), ("甲", 1), ("丙", 0)):
        parent = factories.organization(slug=f"of-{children}", name_zh=name, name_en="")
        for _ in range(children):
            factories.organization(parent=parent)

    form = english.get("/organizations/").content.decode()

    offered = re.findall(r'<option value="(of-\d)">(\w)', form)
    assert offered == [("of-2", "乙"), ("of-1", "甲")]


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
                cache.clear()
                english.get(f"/{name}/?{query}")
            counts.append(len(captured))
        assert counts[0] == counts[1], name
