"""Every search finds what Python finds: the wildcards of LIKE are letters like all others."""

from collections.abc import Iterator
from random import Random

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client

from projects.api.document import key_of
from projects.exports import EXPORTS
from projects.reports.search import search
from projects.urls import API
from projects.values.search_words import searchable
from tests import factories
from tests.admin.pages import address
from tests.reports.conftest import EVERYTHING, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

SEED = 20200426
LETTERS = "%_\\ab0重％＿＼*?[].^"
"""Wildcards of every kind of pattern, wide ones, and letters around them."""
TERMS = ["%", "_", "\\", "0%国", "a_b", "\\%"]
MORE_TERMS = ["%%", "\\_", "\\\\", "％", "＿", "＼", "*", "?", "[a]", ".", "a^b"]
TEXTS = ["100%国产化", "1000国产化", "a_b", "axb", "a\\b", "\\%", "x％＿＼"]
NAMED = ["project", "organization", "agreement", "place", "sector", "milestone", "indicator"]
SAID = ["participation", "agreement_party", "investment", "milestone_date", "target", "observation"]
LISTS = {name: page for name, page in API.items() if "q" in page.filterset_class.base_filters}

Outcome = Iterator[tuple[str, set, set]]
"""Of each search: what it was, the rows that it found, and those that Python finds."""


def build(texts: list[str]) -> None:
    """A row of every kind for each text, which stands in it or in what it refers to."""
    for text in texts:
        source = factories.source(title=text)
        for name in NAMED:
            getattr(factories, name)(name_zh=text)
        for name in SAID:
            getattr(factories, name)(as_written=text, source=source)
        factories.investment(project=factories.project(name_en=text))


def drawn(random: Random, number: int, longest: int) -> list[str]:
    """Texts by lot."""
    return ["".join(random.choices(LETTERS, k=random.randint(1, longest))) for _ in range(number)]


def has(row: Model, term: str, entities: tuple[str, ...] = ()) -> bool:
    """Whether a term occurs in a text of a row, or of what it refers to, in one spelling."""
    owners = [row, *filter(None, (getattr(row, name) for name in entities))]
    return any(
        searchable(term) in searchable(getattr(owner, column))
        for owner in owners
        for column in owner._meta.get_field("search_text").columns
    )


def texts_at(row: Model, path: str) -> Iterator[str]:
    """The texts at a look-up's path from a row."""
    name, _, rest = path.partition("__")
    found = getattr(row, name)
    for one in found.all() if hasattr(found, "all") else [found]:
        if one is not None:
            yield from texts_at(one, rest) if rest else [str(one)]


def tables(terms: list[str]) -> Outcome:
    """Those of the site, as rows of the API and as the number that the page says."""
    client = Client(headers={"accept-language": "en"})
    for name, page in LISTS.items():
        entities = page.filterset_class.base_filters["q"].entities
        rows = list(EXPORTS[name].model._default_manager.all())
        key, column = key_of(name), EXPORTS[name].columns[0]
        for term in terms:
            items = client.get(f"/api/v1/{name}/", {"q": term, "limit": 500}).json()["items"]
            expected = {getattr(row, key) for row in rows if has(row, term, entities)}
            yield f"{name} {term}", {item[column] for item in items}, expected
            shown = client.get(f"/{name}/", {"q": term})
            if shown.status_code != 404:  # some tables have no page
                yield f"page of {name} {term}", {shown.context["count"]}, {len(expected)}


def site(terms: list[str]) -> Outcome:
    """The search over everything that has a name."""
    for term in terms:
        hits = {one.kind: one.hits for one in search(term, TODAY, EVERYTHING, shown=1_000)}
        for name in ("projects", "organizations", "agreements", "indicators", "sources"):
            model = EXPORTS[name].model
            found = {hit.entity.pk for hit in hits.get(model._meta.model_name, ())}
            expected = {row.pk for row in model._default_manager.all() if has(row, term)}
            yield f"{name} {term}", found, expected


def data_entry(terms: list[str], client: Client) -> Outcome:
    """The lists of the admin."""
    for model, page in admin.site._registry.items():
        texts = {
            row.pk: [text.lower() for path in page.search_fields for text in texts_at(row, path)]
            for row in model._default_manager.all()
        }
        for term in terms:
            answer = client.get(address(model, "changelist"), {"q": term})
            found = set(answer.context["cl"].queryset.values_list("pk", flat=True))
            expected = {pk for pk, these in texts.items() if any(term in text for text in these)}
            yield f"{model.__name__} {term}", found, expected


def test_wildcards_are_letters(admin_client, figure, full_size):
    random = Random(SEED)
    build(TEXTS + drawn(random, 90 if full_size else 0, longest=6))
    terms = TERMS + (MORE_TERMS + drawn(random, 40, longest=3) if full_size else [])
    doors = {
        "in the tables of the site": tables(terms),
        "over the whole site": site(terms),
        "in the lists of data entry": data_entry(terms, admin_client),
    }
    for where, outcome in doors.items():
        searches = list(outcome)
        differing = [one for one in searches if one[1] != one[2]]
        figure(
            "A7",
            f"searches for %, _ and \\ {where}: other rows than Python finds",
            f"{len(differing)} of {len(searches)}",
            "0",
        )
        assert differing == []
        assert sum(len(found) for _search, found, _expected in searches) > len(terms) * 5
