"""The full text of a source is for editors: it is on no page, in no file and in no search."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from projects.models import STATEMENTS, Source
from projects.reports.findings import Finding
from projects.urls import TABLES
from tests import factories
from tests.views.patterns import api_rows, patterns

pytestmark = pytest.mark.django_db

CANARY = "金丝雀四二七号只给编辑看"
DRAFTED = "金丝雀四二八号还是草稿"
REFUSED = {"projects:swap", "login"}
"""The pages that send readers away."""


@pytest.fixture
def record():
    """One of everything, all named alike, all stated by a source with a full text; and a draft."""
    stating = factories.source(title="报道", slug="same")
    place = factories.place(slug="same")
    project = factories.project(
        slug="same", places=[place], agreement=factories.agreement(slug="same")
    )
    member = factories.organization(
        slug="same", parent=factories.organization(), parent_source=stating
    )
    measured = factories.indicator(slug="same", project=project)
    said = {"source": stating, "as_written": "32亿元"}
    factories.participation(project=project, organization=member, **said)
    factories.agreement_party(agreement=project.agreement, organization=member, **said)
    standing = factories.investment(project=project, organizations=[member], **said)
    factories.investment(project=project, restates=standing, restates_how="disputed", **said)
    factories.milestone_date(milestone=factories.milestone(project=project), **said)
    factories.target(indicator=measured, period="", period_as_written="达产后", **said)
    factories.observation(indicator=measured, growth_as_written="增长一成", **said)
    draft = factories.source(draft=True, full_text=f"{DRAFTED}，{'甲' * 60}32亿元。")
    factories.investment(project=project, source=draft, as_written="32亿元")
    # Saved, so that it would also be in what is stored to be searched.
    stating.full_text = f"{CANARY}。{'甲' * 60}投资32亿元，增长一成，达产后。{'乙' * 60}{CANARY}。"
    stating.save()


def addresses():
    """The addresses of every pattern that readers may ask, with all that it may name."""
    rows = [row for kind in STATEMENTS for row in kind.objects.filter(source__draft=False)]
    named = {
        (): [{}],
        ("slug",): [{"slug": "same"}],
        ("line",): [{"line": "cny-once-promised"}],
        ("finding",): [{"finding": finding} for finding in Finding],
        ("kind", "pk"): [{"kind": row.kind_of_statement, "pk": row.pk} for row in rows],
    }
    for name, arguments in patterns(get_resolver()):
        asked = api_rows(name, arguments)
        asked = named[arguments] if asked is None else asked
        yield from ((name, reverse(name, kwargs=given)) for given in asked)


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def readers():
    """Nobody, in Chinese; an account that may look at sources and not change them, in English."""
    account = User.objects.create_user("reader", is_staff=True)
    account.user_permissions.add(Permission.objects.get(codename="view_source"))
    known = Client(headers={"accept-language": "en"})
    known.force_login(account)
    return [Client(headers={"accept-language": "zh-hans"}), known]


def test_it_is_on_no_page_and_in_no_file(record):
    """Nor read for one that does not need it: whole articles, once for every row of a page."""
    asked = list(addresses())
    assert {name for name, _path in asked} >= {"projects:source", "projects:sources-csv"}
    for client in readers():
        for name, path in asked:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(path)
                content = body(answer).decode()
            assert answer.status_code == 200 or name in REFUSED, path
            assert "金丝雀" not in content, path
            assert "甲" * 40 not in content, path
            reading = [query["sql"] for query in queries if "full_text" in query["sql"]]
            assert len(reading) == (name == "projects:source"), path


def test_it_is_not_searched(record):
    for client in readers():
        assert client.get("/search/", {"q": CANARY}).context["results"] == []
        assert client.get("/search/", {"q": "乙乙乙"}).context["results"] == []
        for name in TABLES:
            for parameter in ("q", "search"):
                answer = client.get(f"/{name}/", {parameter: CANARY})
                asks = parameter in answer.context["filterset"].filters
                assert answer.context["count"] == 0 or not asks, name


def test_who_may_only_look_sees_none_in_the_admin(record):
    _anonymous, known = readers()
    source = Source.objects.get(slug="same")
    page = known.get(reverse("admin:projects_source_change", args=[source.pk]))
    assert page.status_code == 200
    assert "金丝雀" not in page.content.decode()
