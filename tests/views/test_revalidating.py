"""A page that is kept is asked about: 304 until something on it changes, and nobody else's."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Project
from projects.urls import EXPORTED_ONLY, TABLES
from projects.views import revalidating
from tests import factories
from tests.views.reading import text
from tests.views.test_pages import WITHOUT_SLUG

DETAILS = ["/projects/software-park/", "/organizations/cec/", "/sources/f-press-2023-01/"]
FILES = [f"/{name}.csv" for name in (TABLES | EXPORTED_ONLY)]
PASSWORD = "only for tests"


@pytest.fixture(params=["public", "login"])
def browsing(request, settings):
    settings.BROWSING = request.param
    if request.param == "login":
        required = "django.contrib.auth.middleware.LoginRequiredMiddleware"
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, required]
    return request.param


@pytest.fixture
def account(django_user_model):
    """Makes accounts, and gives their clients."""

    def account(name, *permissions, **flags):
        user = django_user_model.objects.create_user(name, password=PASSWORD, **flags)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return account


def tag(client, path="/projects/", **headers):
    return client.get(path, headers=headers).headers.get("ETag")


def asked_again(client, path, kept, **headers):
    return client.get(path, headers={"if-none-match": kept, **headers})


def test_what_is_kept_is_still_right(facts, english):
    for path in (*WITHOUT_SLUG, *DETAILS, *FILES):
        kept = tag(english, path)
        with CaptureQueriesContext(connection) as captured:
            again = asked_again(english, path, kept)
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["ETag"] == kept, path
        assert again.headers["Cache-Control"] == "no-cache", path
        assert len(captured) == 1, path


def test_head_says_the_same(facts, english):
    head = english.head("/projects/")
    assert head.headers["ETag"] == tag(english)
    assert head.headers["Cache-Control"] == "no-cache"
    again = english.head("/projects/", headers={"if-none-match": head.headers["ETag"]})
    assert again.status_code == 304


def test_compressed_pages_have_the_same_tag(facts, english):
    kept = tag(english, **{"accept-encoding": "gzip"})
    assert kept.startswith('W/"')
    assert kept == tag(english)
    assert (
        asked_again(english, "/projects/", kept, **{"accept-encoding": "gzip"}).status_code == 304
    )
    assert asked_again(english, "/projects/", f'"other", {kept}').status_code == 304


def test_any_answer_at_all_is_not_enough(facts, english):
    assert asked_again(english, "/projects/", "*").status_code == 200
    assert asked_again(english, "/projects/nosuch/", "*").status_code == 404
    assert asked_again(english, "/projects/", 'W/"other"').status_code == 200


def test_what_is_not_there_has_no_tag(facts, english):
    assert "ETag" not in english.get("/projects/nosuch/").headers
    assert "ETag" not in english.get("/projects.csv?sort=nosuch").headers


def test_a_write_makes_it_old_and_the_page_shows_it_at_once(facts, english):
    for path in ("/projects/", "/"):
        kept = tag(english, path)
        before = text(english.get(path))
        Project.objects.filter(slug="software-park").update(name_en=f"Renamed for {path}")
        again = asked_again(english, path, kept)
        assert again.status_code == 200
        assert again.headers["ETag"] != kept
        assert text(again) != before
        assert f"Renamed for {path}" in text(again)


def test_the_figures_of_a_page_follow_each_write(facts, english):
    assert "12 projects" not in text(english.get("/projects/"))
    before = text(english.get("/investments/"))
    factories.investment(amount="777亿元")
    after = text(english.get("/investments/"))
    assert "77.7 billion" in after
    assert "77.7 billion" not in before


def test_midnight_makes_it_old(facts, english, monkeypatch):
    kept = tag(english)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2030, 1, 1))
    assert asked_again(english, "/projects/", kept).status_code == 200


def test_a_release_makes_it_old(facts, english, monkeypatch):
    kept = tag(english)
    monkeypatch.setattr(revalidating, "release", lambda: "the next one")
    assert asked_again(english, "/projects/", kept).status_code == 200


def test_each_address_language_host_and_part_has_its_own(facts, english, chinese):
    paths = ["/projects/", "/", "/projects/?q=a", "/projects/?q=a&q=b", "/projects/?q=b&q=a"]
    tags = [tag(english, path) for path in paths]
    tags.append(tag(chinese))
    tags.append(tag(english, host="localhost"))
    part = {"hx-request": "true", "hx-target": "content"}
    tags.append(tag(english, **part))
    tags.append(tag(english, **part, **{"hx-history-restore-request": "true"}))
    assert None not in tags
    assert len(set(tags)) == len(tags)
    assert tag(english, "/projects/?q=a&sort=name") == tag(english, "/projects/?sort=name&q=a")
    assert tag(english, "/projects/?lang=zh-hans") != tag(chinese)


def test_caches_are_told_on_what_it_depends(facts, english):
    whole = english.get("/projects/")
    for answer in (whole, asked_again(english, "/projects/", whole.headers["ETag"])):
        varies = {name.strip().lower() for name in answer.headers["Vary"].split(",")}
        assert varies >= {"cookie", "accept-language", "accept-encoding", "hx-request"}


def test_a_visitor_gets_no_cookie(facts, english):
    for path in (*WITHOUT_SLUG, *DETAILS):
        assert not english.get(path).cookies, path


@pytest.mark.parametrize("path", ["/", "/disagreements/", "/projects/", "/projects.csv"])
def test_nothing_private_is_given_to_another(facts, account, browsing, path):
    one, other = account("one", "swap_standing"), account("other")
    kept = tag(one, path)
    answer = asked_again(one, path, kept)
    assert answer.status_code == 304
    assert "private" in answer.headers["Cache-Control"]
    assert asked_again(other, path, kept).status_code == 200
    anonymous = asked_again(Client(), path, kept)
    if browsing == "login":
        assert anonymous.status_code == 302
        assert "ETag" not in anonymous.headers
    else:
        assert anonymous.status_code == 200
        assert "private" not in anonymous.headers["Cache-Control"]
        assert asked_again(one, path, anonymous.headers["ETag"]).status_code == 200


def test_what_an_account_may_do_is_part_of_it(facts, account, django_user_model):
    client = account("one")
    kept = tag(client, "/disagreements/")
    assert "stand/" not in client.get("/disagreements/").content.decode()
    user = django_user_model.objects.get()
    user.user_permissions.add(Permission.objects.get(codename="swap_standing"))
    again = asked_again(client, "/disagreements/", kept)
    assert again.status_code == 200
    assert "stand/" in again.content.decode()


def test_what_was_seen_before_logging_out_is_not_kept_after_it(facts, account):
    client = account("one", "swap_standing")
    kept = tag(client, "/disagreements/")
    client.logout()
    assert asked_again(client, "/disagreements/", kept).status_code == 200


def test_a_page_with_a_message_is_shown_once(facts, account, english):
    swap = account("one", "swap_standing")
    kept = tag(swap, "/disagreements/")
    rival = Project.objects.get(slug="mobile-finance").investments.get(restates__isnull=False)
    swap.post(
        f"/statements/investment/{rival.pk}/stand/",
        {"instead_of": rival.restates_id, "becomes": "disputed", "reason": "why"},
    )
    first = asked_again(swap, "/disagreements/", kept)
    assert "It stands now." in text(first)
    assert "ETag" not in first.headers
    second = swap.get("/disagreements/")
    assert "It stands now." not in text(second)
    assert asked_again(swap, "/disagreements/", second.headers["ETag"]).status_code == 304


def test_a_page_with_a_token_is_made_anew(facts, account):
    client = account("one", "swap_standing")
    rival = Project.objects.get(slug="mobile-finance").investments.get(restates__isnull=False)
    page = client.get(f"/statements/investment/{rival.pk}/stand/")
    assert "csrfmiddlewaretoken" in page.content.decode()
    assert "ETag" not in page.headers
    assert "no-store" in page.headers["Cache-Control"]


def test_the_full_text_for_editors_is_not_kept(facts, account):
    page = account("one", "change_source").get("/sources/f-press-2023-01/")
    assert "no-store" in page.headers["Cache-Control"]
    assert "ETag" not in page.headers


def test_while_developing_pages_are_made_anew(facts, english, settings):
    settings.DEBUG = True
    assert tag(english) is None


def test_the_second_page_asks_little(facts, english):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            english.get("/")
        return len(captured)

    cache.clear()
    assert queries() > 10
    # The version of the data alone.
    assert queries() == 1


@pytest.mark.parametrize("path", ["/", "/projects/", "/projects.csv"])
def test_pages_without_end_are_not_to_be_indexed(facts, english, path):
    rival = Project.objects.get(slug="mobile-finance").investments.get(restates__isnull=False)
    queries = {"as_of": "2023-07-01", "since": "2022-10-01", "prefer": rival.code}
    for name, value in queries.items():
        answer = english.get(path, {name: value})
        assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex")
        again = english.get(path, {name: value}, headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, again.headers["X-Robots-Tag"]) == (304, "noindex")
    assert "X-Robots-Tag" not in english.get(path).headers
