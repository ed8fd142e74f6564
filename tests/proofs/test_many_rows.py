"""Every public page of a large portfolio, asked in the hardest way: none is slow, none is large."""

from datetime import timedelta
from io import StringIO
from random import Random
from urllib.parse import parse_qs, quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Model
from django.urls import resolve
from django.utils import timezone

from projects.api.document import key_of
from projects.exports import EXPORTS
from projects.models import (
    STATEMENTS,
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    Source,
    Statement,
)
from projects.parameters import CARRIED
from projects.reports.findings import Finding
from projects.reports.money import Way
from projects.urls import API
from tests.cooperation.permissions import ARGUMENT
from tests.cooperation.test_permissions import table
from tests.proofs.walking import LANGUAGES, Hostile, Walk

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

SEED = 20200426
PROJECTS = 2_000
"""With ten investments each."""
LINES = ["cny-once-promised", "cny-once-paid"]
STATED = {
    Project: Investment,
    Organization: Participation,
    Agreement: AgreementParty,
    Indicator: Observation,
    Source: Investment,
}
"""Statements by whose number an entity is the busiest one."""
WORDS = ["项目", "1", " ".join(["项目"] * 60), " ".join(["ab"] * 1_300), "a" * 4_000, "%_" * 100]


def busiest(model: type[Model]) -> Model:
    """The row of which the most statements are."""
    rows = STATED[model]._default_manager.filter(source__draft=False)
    name = next(one.attname for one in rows.model._meta.fields if one.related_model is model)
    most = rows.exclude(**{name: None}).values(name).annotate(number=Count("pk"))
    return model._default_manager.get(pk=most.order_by("-number", name)[0][name])


def pages() -> dict[str, list[str]]:
    """What anybody may ask, files apart: addresses of each pattern."""
    found: dict[str, list[str]] = {
        "/investments/total/<slug:line>/": [f"/investments/total/{line}/" for line in LINES],
        "/quality/<slug:finding>/": [f"/quality/{code}/" for code in Finding.values],
        "/statements/<slug:kind>/<int:pk>/": [],
    }
    for model in STATEMENTS:
        rows = model._default_manager.filter(restates__source__draft=False)
        most = rows.values("restates").annotate(number=Count("pk")).order_by("-number", "restates")
        for one in most[:1]:
            path = f"/statements/{model.kind_of_statement}/{one['restates']}/"
            found["/statements/<slug:kind>/<int:pk>/"].append(path)
    for model in STATED:
        name = f"{model._meta.model_name}s"
        found[f"/{name}/<slug:slug>/"] = [f"/{name}/{busiest(model).slug}/"]
    for name in API:
        key = key_of(name)
        row = EXPORTS[name].model._default_manager.order_by("pk")[0]
        found[f"/api/v1/{name}/<slug:{key}>/"] = [f"/api/v1/{name}/{getattr(row, key)}/"]
    asked = [pattern for (pattern, _of), row in table().items() if row["GET anonymous"] == "200"]
    for pattern in asked:
        if not pattern.startswith("/admin/") and not pattern.endswith(".csv"):
            found.setdefault(pattern, [pattern])
    assert not any(ARGUMENT.search(path) for paths in found.values() for path in paths)
    return found


def preferring(kind: type[Statement], most: int) -> str:
    """What prefers so many rivals of a kind."""
    rivals = kind._default_manager.filter(source__draft=False).exclude(restates=None)
    preferred = rivals.order_by("pk").values_list("pk", flat=True)[:most]
    return "&".join(f"prefer={kind.kind_of_statement}-{pk}" for pk in preferred)


def queries() -> list[str]:
    """The hardest of each parameter, and of several at once."""
    today = timezone.localdate()
    days = [today - timedelta(days=number) for number in (1, 400, 2_000)]
    amounts, dates = preferring(Investment, 20), preferring(MilestoneDate, 20)
    both = f"{preferring(Investment, 5)}&{preferring(MilestoneDate, 5)}"
    group = busiest(Organization).slug
    [place] = Place.objects.annotate(number=Count("project")).order_by("-number")[:1]
    within = f"group={group}&place={place.slug}"
    years = ["1", "2020", "9999", "between", "not_dated"]
    return [
        "", "per_page=1000000000", "per_page=100", "per_page=100&page=1000000000",
        "per_page=100&page=200", "limit=500", "columns=",
        "sort=" + ",".join(["name", "-name", "-amount", "title"] * 125),
        "sort=" + ",".join(f"k{number}" for number in range(500)),
        *(f"q={quote(words)[:4_000]}" for words in WORDS),
        *(f"in_year={year}&by=year" for year in years), *(f"by={way}" for way in Way),
        "by=organization&range=all", "by=agreement", "range=0001-9999", "range=decade",
        *(f"as_of={day}" for day in days), "as_of=0001-01-01", "since=0001-01-01",
        *(f"since={day}" for day in days), f"as_of={days[0]}&since={days[2]}",
        amounts, dates, both, f"{dates}&since={days[1]}",
        f"group={group}", f"group={group}&direct=1", f"place={place.slug}", within,
        *(
            f"{within}&as_of={days[1]}&since={days[2]}&per_page=100&sort=-name&{preferred}"
            for preferred in (amounts, dates, both)
        ),
        "stands=true", "counted=false&sort=-amount&per_page=100", "overdue=true&silent=true",
    ]  # fmt: skip


def of_page(path: str, queries: list[str]) -> list[str]:
    """Those of which the page at a path reads something."""
    view = getattr(resolve(path).func, "view_class", None)
    read = {*view().known, *CARRIED} if view and hasattr(view, "known") else set()
    return [query for query in queries if not query or read & parse_qs(query, True).keys()]


def test_no_page_of_20_000_investments_is_slow_or_large(figure, full_size):
    call_command("generate_portfolio", projects=PROJECTS if full_size else 30, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database of a site is, some minutes later
    random, known = Random(SEED), queries()
    with Walk(cold=True) as walk:
        for pattern, paths in pages().items():
            for path in paths:
                asked = of_page(path, known)
                for query in asked if full_size else random.sample(asked, 1):
                    walk.ask(Hostile(pattern, path, query), "anonymous", random.choice(LANGUAGES))
    what = "of any public page of 20,000 investments, asked in the hardest ways"
    figure("A4", f"bytes {what}", f"{walk.largest[0]:,}", "1,000,000")
    assert walk.failed == []
    assert walk.largest[0] <= 1_000_000, walk.largest
    if full_size:
        figure("A4", f"seconds {what}", f"{walk.slowest[0]:.2f}", "2.0")
        assert Investment.objects.count() == 20_000
        assert walk.slowest[0] <= 2, walk.slowest
