"""Every page in every state: facts, nothing at all, drafts, wrong addresses, both languages."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import (
    STATEMENTS,
    Agreement,
    Indicator,
    Investment,
    Organization,
    Project,
    Source,
)
from projects.urls import EXPORTED_ONLY, TABLES
from tests import factories
from tests.views.reading import text

WITHOUT_SLUG = [
    "/",
    *(f"/{name}/" for name in TABLES),
    "/timeline/",
    "/search/",
    "/changes/",
    "/changes/statements/",
    "/disagreements/",
    "/quality/",
    "/method/",
]
FILES = [f"/{name}.csv" for name in (TABLES | EXPORTED_ONLY)]


def details():
    """The address of every entity and every statement."""
    for model in (Project, Organization, Agreement, Indicator, Source, *STATEMENTS):
        yield from (row.get_absolute_url() for row in model.objects.all())


def test_every_page_answers(facts, english, chinese):
    for client in (english, chinese):
        for path in [*WITHOUT_SLUG, *details()]:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert answer.context["problems"] == [], path


def test_every_page_and_file_answers_without_data(db, english, chinese):
    for client in (english, chinese):
        for path in WITHOUT_SLUG:
            assert client.get(path).status_code == 200, path
        for path in FILES:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert b"".join(answer.streaming_content).count(b"\r\n") == 1, path


def test_empty_pages_say_how_to_go_on(db, english):
    assert "There is nothing here yet. Enter data in the administration" in text(
        english.get("/projects/")
    )
    assert "Nothing matches these filters. Clear the filters" in text(english.get("/projects/?q=x"))


@pytest.mark.parametrize(
    "path",
    [
        "/projects/nosuch/",
        "/organizations/nosuch/",
        "/agreements/nosuch/",
        "/indicators/nosuch/",
        "/sources/nosuch/",
        "/statements/investment/999999/",
        "/statements/investment/99999999999999999999999/",
        "/statements/nosuch/1/",
        "/nosuch/",
        "/projects/中文/",
    ],
)
def test_unknown_addresses_say_so(facts, english, chinese, path):
    answer = english.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in text(answer)
    assert "没有这个页面" in text(chinese.get(path))


def test_what_is_not_out_yet_is_not_there(facts, english):
    assert english.get("/projects/software-park/?as_of=2020-03-31").status_code == 404
    assert english.get("/sources/c-groundbreaking-2021/?as_of=2020-12-31").status_code == 404
    assert english.get("/sources/c-groundbreaking-2021/?as_of=2021-04-16").status_code == 200


def test_drafts_appear_nowhere(facts, english):
    source = Source.objects.get(slug="c-groundbreaking-2021")
    source.draft = True
    source.save()
    assert english.get("/sources/c-groundbreaking-2021/").status_code == 404
    assert "2021" not in text(english.get("/projects/software-park/"))
    draft = Source.objects.get(slug="c-groundbreaking-2021")
    for model in STATEMENTS:
        for statement in model.objects.filter(source=draft):
            assert english.get(statement.get_absolute_url()).status_code == 404
    for path in FILES:
        body = b"".join(english.get(path).streaming_content).decode()
        assert "c-groundbreaking-2021" not in body, path


def test_a_project_says_what_is_known_and_what_is_not(facts, english):
    words = text(english.get("/projects/software-park/"))
    assert "Promised CNY 2 billion to below 10 billion" in words
    assert "Stage started 15 April 2021" in words
    assert "overdue" in words
    assert "about 500,000 m²" in words
    words = text(english.get("/projects/industry-consulting/"))
    assert "Stage not stated" in words
    assert "No investment is stated." in words
    assert "No milestone of the project itself is stated." in words


def test_rivals_stand_side_by_side(facts, english):
    words = text(english.get("/projects/mobile-finance/"))
    assert "CEC Investment" in words
    assert "CEC Credit disputed" in words
    assert "restates another statement" in words


def test_preferring_the_rival_is_a_view(facts, english):
    rival = Investment.objects.get(restates_how="disputed")
    page = english.get(f"/projects/mobile-finance/?prefer=investment-{rival.pk}")
    assert "This is a view, not the whole record" in text(page)
    assert "preferred: Mobile Finance restructuring, citizen services: CEC Credit" in text(page)
    assert "CEC Credit, investor" in text(page)
    assert "CEC Investment, investor" not in text(page)


def test_organizations_roll_up_once(facts, english):
    words = text(english.get("/organizations/cec/"))
    assert "Projects (11)" in words
    assert "CNY 5.2 billion to below 13.2 billion besides, 2 investments without an amount" in words
    words = text(english.get("/organizations/cec/?direct=1"))
    assert "This organization alone." in words
    assert "CNY 2 billion to below 10 billion" in words


def test_a_source_lists_what_it_states(facts, english):
    words = text(english.get("/sources/f-press-2023-01/"))
    assert "Main business revenue of software and information services" in words
    assert "“力争3500亿元”" in words


def test_a_statement_opens_its_words_and_its_group(facts, english):
    standing = Investment.objects.get(restated_by__restates_how="disputed")
    words = text(english.get(standing.get_absolute_url()))
    assert "In its group stands CEC Credit, announced, not stated, February 2020 disputed" in words


def test_search_finds_names_in_both_languages_and_aliases(facts, english):
    for words, slug in {
        "长城网际": "/organizations/cecgw/",
        "great wall internet": "/organizations/cecgw/",
        "市经信委": "/organizations/chongqing-eic/",
        "ＣＥＣ": "/organizations/cec/",
        "软件产业园": "/projects/software-park/",
        "software park": "/projects/software-park/",
        "行动计划": "/agreements/software-action-plan/",
    }.items():
        page = english.get("/search/", {"q": words}).content.decode()
        assert f'href="{slug}"' in page, words


def test_wildcards_are_searched_as_they_are(facts, english):
    assert english.get("/projects/?q=%25").context["count"] == 0
    assert english.get("/projects/?q=_").context["count"] == 0


def test_the_language_of_a_passed_on_link(facts, chinese):
    page = chinese.get("/projects/?lang=en")
    assert '<html lang="en">' in page.content.decode()
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="zh-hans">' in chinese.get("/projects/").content.decode()


def test_the_language_is_remembered(facts, english):
    answer = english.post("/i18n/setlang/", {"language": "zh-hans", "next": "/projects/?q=x"})
    assert answer.headers["Location"] == "/projects/?q=x"
    assert '<html lang="zh-hans">' in english.get("/projects/").content.decode()


def test_hostile_query_strings_never_break_a_page(facts, english):
    hostile = [
        "'",
        '"><script>',
        "\u202e",
        "9" * 30,
        "-1",
        "../..",
        "%",
        "\ufeff",
        "=1+1",
        "ü" * 150,
    ]
    for name in TABLES:
        parameters = (*TABLES[name].filterset_class.base_filters, "sort", "prefer", "group")
        for value in hostile:
            # All at once: what breaks one of them breaks the page.
            answer = english.get(f"/{name}/", dict.fromkeys(parameters, value))
            assert answer.status_code == 200, (name, value)
            assert b"<script>" not in answer.content.replace(b'<script src="', b"").replace(
                b"<script defer", b""
            )


@pytest.mark.parametrize("path", ["/", "/projects/", "/organizations/", "/sources/"])
def test_queries_do_not_grow_with_the_facts(db, path):
    client = Client(headers={"accept-language": "en"})
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    source = factories.source()
    for _number in range(10):
        project = factories.project()
        factories.participation(project=project, source=source)
        factories.investment(project=project, source=source)
    with CaptureQueriesContext(connection) as more:
        client.get(path)
    assert len(more) <= len(few)
