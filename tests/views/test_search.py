"""The page of results, and the suggestions while one types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.filters import kinds
from tests import factories
from tests.views.reading import text

TYPING = {"HX-Request": "true", "HX-Target": "suggestions"}


def words(response):
    """The words of a part of a page, which has no main element."""
    response.content = b'<main id="content">' + response.content + b"</main>"
    return text(response)


def test_results_say_what_matched_where_it_is_not_the_name(facts, english):
    found = text(english.get("/search/", {"q": "市经信委"}))
    assert "Organizations" in found
    assert "Chongqing Economic and Information Commission 市经信委" in found


def test_more_than_are_shown_stand_in_the_table(db, english):
    for _number in range(21):
        factories.organization(name_zh="同名", name_en="")
    page = english.get("/search/?q=%E5%90%8C%E5%90%8D&lang=en")
    assert "There are more: see them all as a table" in text(page)
    href = "/organizations/?lang=en&amp;q=%E5%90%8C%E5%90%8D"
    assert f'href="{href}"' in page.content.decode()
    assert english.get(href.replace("&amp;", "&")).context["count"] == 21


def test_suggestions_are_a_part_of_the_page(facts, english):
    page = english.get("/search/?q=CEC&lang=en", headers=TYPING)
    body = page.content.decode()
    assert "<html" not in body
    assert (
        body.count("<li>")
        == page.context["count"]
        == sum(min(5, len(found.hits)) for found in page.context["results"])
    )
    assert 'href="/organizations/cec/?lang=en"' in body
    assert 'href="/search/?lang=en&amp;q=CEC"' in body
    assert f'data-announcement="{page.context["count"]} suggestions"' in body
    assert "HX-Target" in page.headers["Vary"]


def test_suggestions_say_that_there_are_none(facts, english):
    page = english.get("/search/?q=nosuchword", headers=TYPING)
    assert 'data-announcement="Nothing found."' in page.content.decode()
    assert "Nothing has all of these words" in words(page)


@pytest.mark.parametrize(
    "headers", [{}, {"HX-Request": "true"}, TYPING | {"HX-History-Restore-Request": "true"}]
)
def test_the_page_is_a_page(facts, english, headers):
    page = english.get("/search/?q=CEC", headers=headers)
    assert page.content.decode().lstrip().startswith("<!doctype html>")
    assert "HX-Target" in page.headers["Vary"]


@pytest.mark.parametrize("path", ["/projects/", "/projects.csv"])
def test_tables_find_as_the_search_box_does(db, english, path):
    factories.project(slug="school", name_zh="ＡＢＣ（二期）", name_en="École")
    for query in ("école", "abc(二", "ａｂｃ（", "school", "二期 ÉCOLE"):
        answer = english.get(path, {"q": query})
        found = (
            b"".join(answer.streaming_content).count(b"\r\n") - 1
            if path.endswith(".csv")
            else answer.context["count"]
        )
        assert found == 1, query


@pytest.mark.parametrize("most", [0, 1000])
def test_investments_and_milestones_are_found_by_their_project(db, english, monkeypatch, most):
    monkeypatch.setattr(kinds, "FEW", most)
    project = factories.project(name_zh="", name_en="École")
    factories.investment(project=project, as_written="约１０亿元")
    factories.milestone_date(milestone=factories.milestone(project=project))
    for path in ("/investments/", "/milestones/"):
        assert english.get(path, {"q": "ÉCOLE"}).context["count"] == 1
    assert english.get("/investments/", {"q": "约10亿"}).context["count"] == 1
    assert english.get("/investments/", {"q": "约20亿"}).context["count"] == 0


def test_where_none_is_found_rows_are_not_read_twice(db, english):
    factories.investment()
    with CaptureQueriesContext(connection) as asked:
        assert list(english.get("/investments/", {"q": "无此词"}).context["page"]) == []

    searches = [query["sql"] for query in asked.captured_queries if "无此词" in query["sql"]]
    assert len([sql for sql in searches if 'FROM "projects_investment"' in sql]) == 1
