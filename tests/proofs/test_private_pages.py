"""What one account is given is given to no other: every address, asked by several in turn.

The site remembers what it makes and browsers keep pages, as in production.
"""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tests.admin.people import account, client_of
from tests.cooperation.permissions import QUERIES, Record
from tests.cooperation.test_login import OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

NEVER_THE_SAME = re.compile(rb'name="(?:csrfmiddlewaretoken|made_up)" value="\w+"')
NOT_OF_READERS = {"livez", "healthz", "readyz", "metrics", "robots.txt"}
"""What tells of the server and its processes."""


@pytest.fixture
def readers():
    """Who asks, in this order."""
    return {
        "ann-the-publisher": client_of(account("publisher", "ann-the-publisher")),
        "ben-the-editor": client_of(account("editor", "ben-the-editor")),
        "": Client(headers={"accept-language": "en"}),
    }


@pytest.fixture
def addresses(readers, full_size):
    """Every address that may be asked for, with its pattern; some of them at the small size."""
    found = {}
    for one in Record().asked():
        query = QUERIES.get(one.pattern)
        if one.pattern not in NOT_OF_READERS:
            found[f"{one.path}?{query}" if query else one.path] = one.pattern
    return found if full_size else dict(list(found.items())[::12])


@pytest.fixture
def closed(settings):
    """A site on which browsing needs an account."""
    settings.BROWSING = "login"
    required = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, required]


def page(answer):
    """Status and content of an answer, but for what is never the same."""
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, NEVER_THE_SAME.sub(b"", content)


def alone(client, path):
    """The page of somebody before whom nobody was there."""
    cache.clear()
    client.cookies.pop("messages", None)
    return page(client.get(path))


def leaks(readers, path):
    """What is wrong with the answers to several who ask the same, one after another."""
    expected = {name: alone(client, path) for name, client in readers.items()}
    cache.clear()
    kept = ""
    for name, client in readers.items():
        answer = client.get(path, headers={"if-none-match": kept} if kept else {})
        kept = answer.headers.get("ETag", kept)
        found = page(answer)
        if found != expected[name]:
            yield f"{path} for {name or 'nobody'}: another page than alone"
        yield from (
            f"{path} for {name or 'nobody'}: names {other}"
            for other in readers
            if other
            and other != name
            and other.encode() in found[1]
            and not path.startswith("/admin/auth/")
        )


@pytest.mark.parametrize("browsing", ["public", "login"])
def test_no_page_of_one_reader_is_given_to_another(readers, addresses, browsing, request, figure):
    if browsing == "login":
        request.getfixturevalue("closed")
    found = [leak for path in addresses for leak in leaks(readers, path)]
    what = f"addresses, {browsing} browsing: page of one account given to another or to nobody"
    figure("B5", what, f"{len(found)} of {len(addresses) * len(readers)}", "0")
    assert found == [], "\n".join(found)


def test_what_needs_an_account_is_kept_by_no_cache_of_others(
    readers, addresses, closed, full_size, figure
):
    asked, shared = 0, []
    for path, pattern in addresses.items():
        for name, client in readers.items():
            answer = client.get(path)
            if pattern in OPEN or answer.status_code != 200:
                continue
            asked += 1
            if not {"private", "no-store"} & set(told(answer)):
                shared.append(f"{path} {name}: {answer.headers.get('Cache-Control')}")
    what = "pages behind the log-in: neither private nor no-store"
    figure("B5", what, f"{len(shared)} of {asked}", "0")
    assert shared == [], "\n".join(shared)
    assert asked > (300 if full_size else 0)


def told(answer):
    """What caches are told of an answer."""
    return re.split(r",\s*", answer.headers.get("Cache-Control", ""))
