"""On every page: the day shown, the preferred rival and the day compared with, and the way back."""

import html
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Investment, Project
from projects.urls import EXPORTED_ONLY, TABLES
from tests import factories
from tests.views.reading import records, text
from tests.views.test_pages import WITHOUT_SLUG

DETAILS = [
    "/projects/software-park/",
    "/organizations/cec/",
    "/agreements/strategic-cooperation/",
    "/indicators/software-business-revenue/",
    "/sources/f-press-2023-01/",
]
FILES = [f"/{name}.csv" for name in (TABLES | EXPORTED_ONLY)]
CONTROLS = re.compile(
    r'<section class="day-bar">.*?</section>|<div class="notice notice-view".*?</div>', re.DOTALL
)


@pytest.fixture
def rival(facts):
    return Investment.objects.get(restates_how="disputed")


def asked(rival):
    return {"as_of": "2023-07-01", "since": "2022-10-01", "prefer": rival.code}


def pages(rival):
    """Each type of page, in its simplest form."""
    return [*WITHOUT_SLUG, *DETAILS, rival.get_absolute_url()]


def links(answer, outside_controls=True):
    """Where the page leads on this site, but for its own controls of what is shown.

    The parameters of each address are in the order of their names.
    """
    content = answer.content.decode()
    if outside_controls:
        content = CONTROLS.sub("", content)
    found = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', content)]
    return [
        in_order(link)
        for link in found
        if link.startswith(("/", "?")) and not link.startswith(("/static/", "/admin/"))
    ]


def in_order(link):
    path, _mark, query = link.partition("?")
    query, mark, fragment = query.partition("#")
    query = "&".join(sorted(query.split("&")))
    return f"{path}{'?' if query else ''}{query}{mark}{fragment}"


def test_every_page_is_marked_and_carries_all_of_it(rival, english):
    for path in pages(rival):
        answer = english.get(path, asked(rival))
        words = text(answer)
        assert answer.status_code == 200, path
        assert answer.context["problems"] == [], path
        assert "This is a view, not the whole record: as known on 2023-07-01 today" in words, path
        assert "preferred: Mobile Finance restructuring, citizen services: CEC Credit" in words
        assert "compared with 2022-10-01: see what changed" in words, path
        assert 'content="noindex"' in answer.content.decode(), path
        for link in links(answer):
            if path == "/disagreements/" and link == "/?as_of=2023-07-01&since=2022-10-01":
                continue  # to the record, from the one that stands in it
            if path.startswith("/changes/") and link.startswith("/?") and "since" not in link:
                continue  # to either of the two days
            for name, value in asked(rival).items():
                assert f"{name}={value}" in link, (path, link)


def test_the_record_itself_is_not_marked(facts, english):
    answer = english.get("/projects/")
    assert 'class="notice notice-view' not in answer.content.decode()
    assert "noindex" not in answer.content.decode()
    assert answer.context["frame"].preferred == ()


def test_search_engines_find_the_page_in_the_other_language(client, facts):
    page = client.get("/projects/?silent=true&lang=en").content.decode()
    found = re.findall(r'<link rel="alternate" hreflang="(.*?)" href="(.*?)">', page)
    assert [(code, html.unescape(address)) for code, address in found] == [
        ("zh-hans", "http://testserver/projects/?silent=true&lang=zh-hans"),
        ("en", "http://testserver/projects/?silent=true&lang=en"),
    ]
    past = client.get("/projects/?as_of=2020-04-30").content.decode()
    assert "hreflang" not in past


def test_every_file_takes_the_day_and_the_rival(rival, english):
    for path in FILES:
        assert english.get(path, asked(rival)).status_code == 200, path
    rows = records(english.get("/investments.csv", asked(rival)))
    standing = {row["id"]: (row["stands"], row["counted"]) for row in rows}
    assert standing[str(rival.pk)] == ("true", "true")
    assert standing[str(rival.restates_id)] == ("false", "false")


def test_forms_carry_all_of_it(rival, english):
    content = english.get("/projects/", asked(rival) | {"stage": "started"}).content.decode()
    for form in re.findall(r"<form(?! action=\"/i18n).*?</form>", content, re.DOTALL):
        for name, value in asked(rival).items():
            field = re.search(rf'name="{name}" value="([^"]*)"', form)
            assert field and field[1] == value, form


class TestDay:
    def test_the_field_keeps_filters_and_drops_the_page(self, facts, english):
        page = english.get("/projects/?stage=started&page=1&as_of=2022-10-01").content.decode()
        form = re.search(r'<form class="day-form" action="/projects/">.*?</form>', page, re.DOTALL)
        assert form
        assert '<input type="hidden" name="stage" value="started">' in form[0]
        assert 'name="page"' not in form[0]
        assert 'type="date" name="as_of" value="2022-10-01"' in form[0]

    def test_steps_keep_the_query_and_drop_the_page(self, facts, english):
        answer = english.get("/projects/?stage=started&page=1&as_of=2022-10-01")
        found = links(answer, outside_controls=False)
        assert "/projects/?as_of=2022-09-21&stage=started" in found
        assert "/projects/?as_of=2023-01-10&stage=started" in found
        assert "/projects/?stage=started" in found

    def test_today_leads_back_only(self, facts, english):
        found = links(english.get("/projects/"), outside_controls=False)
        assert "/projects/?as_of=2025-12-31" in found
        assert not any("as_of=2026" in link for link in found)

    def test_a_step_before_the_day_compared_with_drops_that(self, facts, english):
        answer = english.get("/?as_of=2022-10-01&since=2022-09-22")
        found = links(answer, outside_controls=False)
        assert "/?as_of=2022-09-21" in found
        assert "/?as_of=2023-01-10&since=2022-09-22" in found

    def test_a_page_that_is_not_there_on_the_day_has_the_steps_too(self, facts, english):
        answer = english.get("/projects/software-park/?as_of=2020-04-01")
        assert answer.status_code == 404
        found = links(answer, outside_controls=False)
        assert "/projects/software-park/?as_of=2020-04-30" in found
        assert "/projects/software-park/" in found

    def test_the_disclosure_is_open_while_a_day_is_asked(self, facts, english):
        assert '<details class="day-compare">' in english.get("/").content.decode()
        open_ = english.get("/?since=2022-10-01").content.decode()
        assert '<details class="day-compare" open>' in open_

    def test_a_day_after_the_day_shown_is_named_and_not_carried(self, facts, english):
        answer = english.get("/projects/?as_of=2022-10-01&since=2022-10-02")
        assert "2022-10-02 lies after 2022-10-01, the day shown" in text(answer)
        assert "compared with" not in text(answer)
        assert "/projects/software-park/?as_of=2022-10-01" in links(answer)
        assert "/?as_of=2022-10-01" in links(answer)


class TestPreferred:
    def test_one_of_several_can_be_dropped(self, rival, english):
        other = factories.investment()
        answer = english.get(f"/projects/?page=1&q=x&prefer={other.code}&prefer={rival.code}")
        found = links(answer, outside_controls=False)
        assert f"/projects/?prefer={rival.code}&q=x" in found
        assert f"/projects/?prefer={other.code}&q=x" in found
        assert "/projects/?q=x" in found
        assert "back to the record" in text(answer)

    def test_one_that_is_not_out_says_so(self, facts, english):
        late = Investment.objects.get(key="a-kaifa-park-total")
        answer = english.get(f"/?as_of=2020-04-01&prefer={late.code}")
        assert "(not published by that day)" in text(answer)
        assert "not published by that day" not in text(english.get(f"/?prefer={late.code}"))

    def test_two_queries_a_kind_at_most(self, rival, english):
        def queries(codes):
            with CaptureQueriesContext(connection) as captured:
                english.get("/method/", {"prefer": codes})
            return len(captured)

        few = queries([rival.code])
        assert queries([factories.investment().code for _ in range(9)] + [rival.code]) == few

    def test_the_other_one_and_back(self, rival, english):
        found = links(english.get("/disagreements/?as_of=2023-07-01"))
        there = f"/?as_of=2023-07-01&prefer={rival.code}"
        assert there in found
        back = links(english.get("/disagreements/", {"prefer": rival.code}))
        assert "/" in back
        assert f"/?prefer={rival.code}&prefer={rival.restates.code}" not in back

    def test_another_rival_takes_the_place_of_the_first(self, rival, english):
        third = factories.investment(
            project=rival.project, restates=rival.restates, restates_how="disputed"
        )
        other = factories.investment()
        query = {"prefer": [rival.code, other.code]}
        found = links(english.get("/disagreements/", query))
        assert in_order(f"/?prefer={other.code}&prefer={third.code}") in found
        assert f"/?prefer={other.code}" in found
        assert not any(rival.code in link and third.code in link for link in found)


def test_no_page_asks_more_on_another_day(rival, english):
    """The facts are all known on the later day, so that the same rows are drawn."""

    def queries(path, **query):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert english.get(path, query).status_code == 200
        return len(captured)

    for path in pages(rival):
        today = queries(path)
        assert queries(path, as_of="2025-12-31") == today, path
        # Something falls due soon then, and the first screen asks who answers for it.
        assert queries(path, as_of="2023-07-01") <= today + (path == "/"), path
        compared = queries(path, since="2022-10-01", as_of="2023-07-01")
        assert queries(path, since="2022-10-01", as_of="2023-06-30") == compared, path


@pytest.mark.parametrize(
    "path", ["/changes/", "/changes/statements/", "/changes/?project=software-park"]
)
def test_what_changed_asks_no_more_for_more_rows(facts, english, path):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert english.get(f"{path}{'&' if '?' in path else '?'}since=2020-04-29").context
        return len(captured)

    grow()
    ten = queries()
    grow()
    assert queries() <= ten  # fewer where a kind of statement no longer fits on the page


def grow():
    source = factories.source(published="2024")
    park = Project.objects.get(slug="software-park")
    for project in [*(factories.project() for _number in range(10)), park]:
        factories.participation(project=project, source=source)
        old = factories.investment(project=project)
        factories.investment(project=project, source=source, restates=old)
        step = factories.milestone(project=project)
        factories.milestone_date(milestone=step, source=source)
        factories.target(indicator=factories.indicator(project=project), source=source)
        factories.agreement_party(source=source)
        factories.observation(
            indicator=factories.indicator(project=project), source=source, period="2021"
        )
