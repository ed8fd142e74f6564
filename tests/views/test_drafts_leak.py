"""A draft is on no page, in no file, total, list, choice or search, whoever reads the site."""

import re
from difflib import unified_diff

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from projects.models import STATEMENTS, Investment, MilestoneDate, Observation, Sector
from projects.reports.findings import Finding
from projects.urls import EXPORTED_ONLY, TABLES
from tests import factories
from tests.models.builders import ABOUT, STATEMENT
from tests.views.patterns import api_rows, patterns

pytestmark = pytest.mark.django_db

CANARY = "金丝雀"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
WAYS = ("project", "group", "sector", "place", "year")


@pytest.fixture
def record():
    """One of everything that is published, all named alike."""
    source = factories.source(title="报道", slug="same", published="2020-04-26")
    said = {"source": source}
    city = factories.place(slug="same")
    paper = factories.agreement(slug="same", sectors=[factories.sector(slug="same")])
    project = factories.project(
        slug="same", places=[city], sectors=list(Sector.objects.all()), agreement=paper
    )
    group = factories.organization(slug="group")
    member = factories.organization(slug="same", parent=group, parent_source=source)
    factories.participation(project=project, organization=member, **said)
    factories.agreement_party(agreement=paper, organization=member, **said)
    factories.investment(project=project, organizations=[member], amount="3亿元", **said)
    step = factories.milestone(project=project, slug="same", kind="started")
    factories.milestone_date(milestone=step, date="2020-01", **said)
    factories.milestone_date(milestone=step, side="due", date="2019-12", **said)
    measured = factories.indicator(slug="same", place=city)
    factories.target(indicator=measured, period="2019", **said)
    factories.observation(indicator=measured, period="2019", **said)
    return {row.slug: row for row in (source,)} | {
        "city": city, "paper": paper, "project": project, "group": group, "member": member,
        "step": step, "measured": measured,
    }  # fmt: skip


def named(word: str, **more):
    """The texts of an entity, all of which would be recognised."""
    return {
        "slug": f"canary-{word}",
        "name_zh": f"{CANARY}{word}",
        "name_en": f"Canary {word}",
    } | more


def draft_everything(record):
    """A draft of everything: of what is published, and of what only it speaks of."""
    draft = factories.source(
        slug="canary", title=f"{CANARY}报道", outlet=f"{CANARY}报", author=f"{CANARY}记者",
        published="2020-05-01", draft=True, full_text=f"{CANARY}说，投资5亿元。",
    )  # fmt: skip
    said = {
        "source": draft, "locator": f"{CANARY}段", "said_by": f"{CANARY}说", "note": f"{CANARY}注",
        "inferred": f"{CANARY}推断",
    }  # fmt: skip
    entered = {"entered_with": draft}
    place = factories.place(**named("place", parent=record["city"], **entered))
    sector = factories.sector(**named("sector", **entered))
    stated = {"summary_zh": f"{CANARY}概述", "summary_en": "Canary summary"}
    paper = factories.agreement(sectors=[sector], **named("paper", **stated))
    project = factories.project(
        places=[place], sectors=[sector], agreement=record["paper"],
        **named("project", **stated, **entered),
    )  # fmt: skip
    firm = factories.organization(
        parent=record["group"], parent_source=draft,
        **named("firm", aliases=f"{CANARY}别名", short_name=f"{CANARY}简称", **stated),
    )  # fmt: skip
    factories.organization(**named("company", **entered))
    step = factories.milestone(project=project, kind="started", **named("step", **entered))
    other = factories.milestone(project=record["project"], kind="completed", **named("other"))
    counted = factories.indicator(
        place=record["city"], wider=record["measured"], unit="CNY", **named("measure", **entered)
    )
    counted_of = factories.indicator(project=project, **named("figure"))

    for one in (record["project"], project):
        factories.participation(project=one, organization=firm, key=f"canary-p{one.pk}", **said)
        factories.investment(
            project=one, organizations=[firm], amount="5亿元", key=f"canary-i{one.pk}", **said
        )
    factories.agreement_party(agreement=record["paper"], organization=firm, key="canary-1", **said)
    factories.agreement_party(agreement=paper, organization=firm, key="canary-2", **said)
    factories.milestone_date(milestone=step, date="2020-02", key="canary-3", **said)
    factories.milestone_date(milestone=other, side="due", date="2020-06", key="canary-4", **said)
    for one in (counted, counted_of):
        factories.target(
            indicator=one, period="2021", stands_in=paper, key=f"canary-t{one.pk}", **said
        )
        factories.observation(indicator=one, period="2021", key=f"canary-o{one.pk}", **said)
    for kind, words in ABOUT.items():
        standing = kind.objects.filter(source__draft=False).order_by("pk").first()
        same = {name: getattr(standing, name) for name in words} | CHANGED.get(kind, {})
        STATEMENT[kind](
            **same, restates=standing, restates_how="disputed", proposed="superseded",
            as_written=f"{CANARY}字样", key=f"canary-proposed-{standing.pk}", **said,
        )  # fmt: skip


CHANGED = {
    Investment: {"amount_low": 9, "amount_high": 9},
    MilestoneDate: {"date": "2020-03"},
    Observation: {"amount_low": 10**13, "amount_high": 10**13},
}
"""What the proposed ones say instead."""


def addresses():
    """Every address that readers may ask, with the views that show most."""
    rows = [row for kind in STATEMENTS for row in kind.objects.filter(source__draft=False)]
    arguments = {
        (): [{}],
        ("slug",): [{"slug": "same"}],
        ("line",): [{"line": "cny-once-promised"}],
        ("finding",): [{"finding": finding} for finding in Finding],
        ("kind", "pk"): [{"kind": row.kind_of_statement, "pk": row.pk} for row in rows],
    }
    for name, names in patterns(get_resolver()):
        asked = api_rows(name, names)
        asked = arguments[names] if asked is None else asked
        yield from (reverse(name, kwargs=given) for given in asked)
    yield from (f"/investments/?totals=1&by={way}" for way in WAYS)
    yield from (f"/timeline/?range=all&by={way}" for way in ("organization", "sector", "place"))
    yield from ("/organizations/group/", "/changes/?since=2019-12-31", "/?as_of=2021-01-01")
    yield from ("/?group=group", "/?place=same", "/investments/?group=group", "/search/?q=a")
    yield from (f"/{name}/?q=a" for name in TABLES)


def readers() -> list[Client]:
    """Nobody, in Chinese; an account that may do everything, in English."""
    root = User.objects.create_superuser("root", password="only for tests")
    nobody, everything = (Client(headers={"accept-language": code}) for code in ("zh-hans", "en"))
    everything.force_login(root)
    return [nobody, everything]


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    content = b"".join(answer) if answer.streaming else answer.content
    return TOKEN.sub("", content.decode())


def test_every_page_and_file_stays_as_it_is(record):
    """To the last character: no text of the draft, and nothing that is counted with it."""
    paths, clients = list(addresses()), readers()
    before = [[read(client, path) for path in paths] for client in clients]
    assert all("same" in "".join(pages) for pages in before)
    draft_everything(record)
    told = [
        (path, difference(page, read(client, path)))
        for client, pages in zip(clients, before, strict=True)
        for path, page in zip(paths, pages, strict=True)
    ]
    assert [one for one in told if one[1]] == []


def difference(before: str, now: str) -> list[str]:
    """The lines that are not as they were, the first few."""
    lines = list(unified_diff(before.splitlines(), now.splitlines(), "", "", n=0, lineterm=""))
    return [line[:300] for line in lines[2:8]]


WORDS = {
    "source": "canary",
    "project": "canary-project",
    "agreement": "canary-paper",
    "organization": "canary-firm",
    "indicator": "canary-measure",
    "milestone": "canary-step",
    "sector": "canary-sector",
    "parent": "canary-firm",
    "in_group": "canary-company",
    "in_sector": "canary-sector",
    "in_place": "canary-place",
}
"""The filters that name an entity, each with one that is a draft."""


def guessed() -> list[str]:
    """Addresses that name what is a draft, as one would who guesses."""
    found = [f"/{name}s/{WORDS[name]}/" for name in list(WORDS)[:5]]
    found += ["/organizations/canary-company/", "/?group=canary-firm", "/?group=canary-company"]
    found += ["/?place=canary-place", "/projects.csv?place=canary-place"]
    for name in [*TABLES, *EXPORTED_ONLY]:
        filters = resolve(f"/{name}.csv").func.view_class.filterset_class.base_filters
        for what in WORDS.keys() & filters.keys():
            found.append(f"/{name}.csv?{what}={WORDS[what]}")
            found += [f"/{name}/?{what}={WORDS[what]}"] if name in TABLES else []
    for kind in STATEMENTS:
        row = kind.objects.filter(source__draft=True).latest("pk")
        page = row.get_absolute_url()
        found += [page, f"{page}stand/", f"/?prefer={row.code}"]
    return found


def test_asking_for_it_by_name_tells_nothing(record):
    """Neither a name of it, nor that there is one: what is not known is named as it was asked."""
    draft_everything(record)
    names = re.compile(rf"{CANARY}|Canary [a-z]")
    for client in readers():
        told = [path for path in guessed() if names.search(read(client, path))]
        assert told == []


def test_no_word_of_it_is_found(record):
    draft_everything(record)
    for client in readers():
        for word in (CANARY, "canary", "别名"):
            assert client.get("/search/", {"q": word}).context["results"] == []
            for name in TABLES:
                answer = client.get(f"/{name}/", {"q": word})
                assert answer.context["count"] == 0, name
