"""Tables as JSON: the rows of the file, page by page, and what is refused."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.exports import EXPORTS
from projects.exports.kinds import described
from projects.models import Project
from projects.tables import sortable
from projects.urls import API
from tests import factories

ROOT = "/api/v1"
MADE = {"agreement-parties": "agreement_party"}
"""The builder of a table whose name is not its own."""


def every_item(client, path):
    """The items of all pages from one on, and how many pages there are."""
    found, pages = [], 0
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.content)
        content = answer.json()
        assert set(content) == {"items", "next"}
        found += content["items"]
        path, pages = content["next"], pages + 1
    return found, pages


def lines(client, path):
    text = b"".join(client.get(path)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def written(value):
    """A value as a file has it, where no text of it would run."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("name", API)
def test_the_items_are_the_lines_of_the_file_in_its_order(facts, english, name):
    for column in ["", *sorted(sortable(API[name].table_class))]:
        for sort in {f"?sort={column}", f"?sort=-{column}"} if column else {""}:
            join = "&" if sort else "?"
            items, pages = every_item(english, f"{ROOT}/{name}/{sort}{join}limit=2")
            expected = lines(english, f"/{name}.csv{sort}")
            assert expected
            assert pages == -(-len(expected) // 2)
            assert [list(item) for item in items] == [list(line) for line in expected]
            for item, line in zip(items, expected, strict=True):
                plain = {one: written(value) for one, value in item.items()}
                if "aliases" in line:  # blanks around the semicolons are no part of a name
                    line["aliases"] = line["aliases"].replace("; ", ";")
                assert plain == line


@pytest.mark.parametrize("name", API)
def test_a_row_is_the_item(facts, english, name):
    (item,) = english.get(f"{ROOT}/{name}/?limit=1").json()["items"]
    key = item.get("statement_id") or item["slug"]
    assert english.get(f"{ROOT}/{name}/{key}/").json() == item


def test_values_have_their_types(facts, english):
    row = english.get(f"{ROOT}/investments/a-kaifa-park-total/").json()
    assert (row["amount_low"], row["amount_high"]) == (3_200_000_000, 3_200_000_000)
    assert (row["counted"], row["amount_approximate"]) == (True, False)
    assert (row["not_counted_because"], row["restates"]) == (None, None)
    assert row["organizations"] == ["kaifa"]
    kinds = {one.name: one.kind for one in described(EXPORTS["observations"])}
    assert (kinds["amount_low"], kinds["growth"], kinds["stands"]) == (
        "number",
        "number",
        "boolean",
    )


def test_text_that_a_spreadsheet_would_run_is_given_as_it_is(db, english):
    factories.sector(slug="formula", name_en="=1+1", name_zh="'=1")
    row = english.get(f"{ROOT}/sectors/formula/").json()
    assert (row["name_en"], row["name_zh"]) == ("=1+1", "'=1")


def test_vague_numbers_keep_their_decimals(db, english):
    factories.observation(key="some", amount="12.5亿元")
    row = english.get(f"{ROOT}/observations/some/").json()
    assert row["amount_low"] == 1_250_000_000
    assert isinstance(row["amount_low"], int)


@pytest.mark.parametrize(
    "asked",
    ["group=kaifa", "place=shapingba", "as_of=2020-12-31", "q=软件", "stage=started&stage=opened"],
)
def test_the_same_filters(facts, english, asked):
    items, _pages = every_item(english, f"{ROOT}/projects/?{asked}&limit=1")
    assert [one["slug"] for one in items] == [
        line["slug"] for line in lines(english, f"/projects.csv?{asked}")
    ]


def test_a_preferred_statement_stands(facts, english):
    rival = Project.objects.get(slug="mobile-finance").investments.get(restates__isnull=False)
    path = f"{ROOT}/investments/{rival.key}/"
    assert english.get(path).json()["stands"] is False
    assert english.get(path, {"prefer": rival.code}).json()["stands"] is True


def test_a_child_alone_has_the_group_that_it_has_among_all(facts, english):
    everything, _pages = every_item(english, f"{ROOT}/organizations/?limit=500")
    for one in everything:
        assert english.get(f"{ROOT}/organizations/{one['slug']}/").json() == one


def test_ties_are_neither_lost_nor_repeated_and_new_rows_shift_nothing(db, english):
    source = factories.source()
    rows = [factories.investment(source=source, key=f"k{n}", amount="1亿元") for n in range(7)]
    first = english.get(f"{ROOT}/investments/?sort=-amount&limit=3").json()
    assert [one["id"] for one in first["items"]] == [row.pk for row in rows[:3:-1]]
    factories.investment(source=source, amount="9亿元")
    rest, _pages = every_item(english, first["next"])
    assert [one["id"] for one in rest] == [row.pk for row in rows[3::-1]]


def test_empty_values_come_last_both_ways(db, english):
    amounts = {"a": "2亿元", "b": "未说明", "c": "1亿元", "d": "未说明", "e": "超过1亿元"}
    for key, amount in amounts.items():
        factories.investment(key=key, amount=amount)
    for sort, order in (("amount", "ceabd"), ("-amount", "acedb")):
        items, _pages = every_item(english, f"{ROOT}/investments/?sort={sort}&limit=1")
        assert "".join(one["statement_id"] for one in items) == order


def test_rows_of_agreements_follow_those_of_projects(db, english):
    for key, name in (("b", "乙"), ("a", "甲")):
        factories.investment(key=f"p{key}", project=factories.project(name_zh=name))
        factories.investment(key=f"a{key}", agreement=factories.agreement(name_zh=name))
    for sort, order in (("subject", "pb pa ab aa"), ("-subject", "pa pb aa ab")):
        for limit in (1, 2, 3):
            path = f"{ROOT}/investments/?sort={sort}&limit={limit}"
            items, _pages = every_item(english, path)
            assert " ".join(one["statement_id"] for one in items) == order


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("projects/?nonsense=1", "nonsense"),
        ("projects/?page=2", "page"),
        ("investments/?totals=1", "totals"),
        ("projects/?as_of=2020-13-01", "as_of"),
        ("projects/?group=nosuch", "group"),
        ("projects/?prefer=investment-0", "prefer"),
        ("projects/?stage=nosuch", "stage"),
        ("projects/?agreement=nosuch", "agreement"),
        ("projects/?sort=nosuch", "sort"),
        ("projects/?limit=501", "limit"),
        ("projects/?limit=0", "limit"),
        ("projects/?limit=٣", "limit"),
        ("projects/?after=x", "after"),
        ("projects/?after=WzAsMl0.x", "after"),
        ("projects/?q=%00", "q"),
        ("projects/software-park/?q=a", "q"),
        ("projects/nosuch/?as_of=x", "as_of"),
        ("openapi.json?nonsense=1", "nonsense"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(facts, path, parameter):
    english = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    answer = english.get(f"{ROOT}/{path}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "ETag" not in answer.headers
    assert answer.json()["parameter"] == parameter
    assert answer.json()["detail"]
    assert b"\n" not in answer.content


def test_a_cursor_is_good_for_what_was_asked_alone(facts, english):
    after = english.get(f"{ROOT}/projects/?limit=1").json()["next"].partition("after=")[2]
    assert english.get(f"{ROOT}/projects/?after={after}").status_code == 200
    assert english.get(f"{ROOT}/projects/?limit=5&lang=en&after={after}").status_code == 200
    for other in ("projects/?sort=stage&", "projects/?q=a&", "places/?"):
        answer = english.get(f"{ROOT}/{other}after={after}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, "after")


def test_a_page_of_the_api_counts_nothing_and_skips_nothing(facts, english):
    after = english.get(f"{ROOT}/investments/?sort=amount&limit=2").json()["next"]
    with CaptureQueriesContext(connection) as captured:
        english.get(after)
    asked = [one["sql"].upper() for one in captured]
    assert not any("COUNT(" in sql or "OFFSET" in sql for sql in asked)


@pytest.mark.parametrize("name", API)
def test_twice_the_rows_ask_no_more(db, english, name):
    made = getattr(factories, MADE.get(name, name.removesuffix("s").replace("-", "_")))

    def grow():
        for _ in range(5):
            made()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert english.get(f"{ROOT}/{name}/?limit=500").status_code == 200
        return len(captured)

    grow()
    few = queries()
    grow()
    assert queries() == few <= 15


def test_what_is_not_there(facts):
    english = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    for path in ("projects/nosuch/", "nosuch/", "projects/software-park/?as_of=2001-01-01"):
        answer = english.get(f"{ROOT}/{path}")
        assert (answer.status_code, answer.json()["status"]) == (404, 404), path
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", ["projects/", "projects/software-park/", "openapi.json"])
def test_it_only_reads(facts, method, path):
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(f"{ROOT}/{path}")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["projects/", "projects/software-park/", "openapi.json"])
def test_what_is_kept_is_asked_about(facts, english, path):
    first = english.get(f"{ROOT}/{path}")
    kept = {"if-none-match": first.headers["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        again = english.get(f"{ROOT}/{path}", headers=kept)
    assert (again.status_code, again.content, len(captured)) == (304, b"", 1)
    assert "Cookie" in again.headers["Vary"]
    Project.objects.filter(slug="software-park").update(name_en="Renamed")
    assert english.get(f"{ROOT}/{path}", headers=kept).status_code == 200
    head = english.head(f"{ROOT}/{path}")
    assert (head.status_code, head.content) == (200, b"")


def test_other_days_are_not_to_be_indexed(facts, english):
    answer = english.get(f"{ROOT}/projects/?as_of=2021-01-01")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in english.get(f"{ROOT}/projects/").headers


def test_browsing_that_needs_an_account(facts, settings, admin_client):
    settings.BROWSING = "login"
    required = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, required]
    for path in ("projects/", "projects/software-park/", "openapi.json"):
        assert Client().get(f"{ROOT}/{path}").status_code == 302
        answer = admin_client.get(f"{ROOT}/{path}")
        assert answer.status_code == 200
        assert "private" in answer.headers["Cache-Control"]


def test_messages_are_in_the_language_asked(db, client):
    answer = client.get(f"{ROOT}/projects/?limit=0&lang=zh-hans")
    assert "500" in answer.json()["detail"]
    assert "请" in answer.json()["detail"]


def test_the_method_page_leads_to_the_document(facts, english, chinese):
    for client in (english, chinese):
        assert 'href="/api/v1/openapi.json' in client.get("/method/").content.decode()
