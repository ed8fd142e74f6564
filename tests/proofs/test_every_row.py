"""Every row of a list is on one of its pages, and only once, and the file has the same rows."""

from collections import Counter
from random import Random
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.http import HttpResponse, QueryDict
from django.test import Client

from projects.exports import EXPORTS
from projects.parameters import read_parameters
from projects.tables import sortable
from projects.urls import TABLES
from tests import factories
from tests.admin.people import account, client_of
from tests.exports.test_headers import HEADERS
from tests.views.reading import records
from tests.views.test_tables import SLUGGED, some_values

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

SEED = 20200426
ROLES = ["anonymous", "viewer", "editor", "publisher", "administrator"]
CARRIED = {
    "as_of": ["2020-04-30", "2022-10-01"],
    "group": ["cec", "kaifa"],
    "place": ["hitech-zone"],
    "direct": ["1"],
    "lang": ["en", "zh-hans"],
}
"""Values of the parameters that every page understands."""


@pytest.fixture
def readers():
    """A client of every role."""
    known = {role: client_of(account(role)) for role in ROLES[1:]}
    return {"anonymous": Client(headers={"accept-language": "en"})} | known


@pytest.fixture
def portfolio(full_size):
    """A made-up portfolio; at full size with 20,000 investments that are no drafts."""
    call_command("generate_portfolio", projects=2_150 if full_size else 15, verbosity=0)


@pytest.fixture
def facts():
    """The shipped facts, a made-up portfolio of some pages, and drafts of everything."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    call_command("generate_portfolio", projects=12, verbosity=0)
    draft = factories.source(draft=True)
    for make in (factories.project, factories.organization, factories.agreement):
        make(entered_with=draft)
    factories.milestone(entered_with=draft)
    factories.indicator(entered_with=draft)
    factories.investment(source=draft)


def drawn(random):
    """A list and a query of it: at most two filters, at most two columns to sort by, a scope."""
    name = random.choice(list(TABLES))
    page = TABLES[name]
    filters = list(page.filterset_class.base_filters.items())
    query = {}
    for parameter, declared in random.sample(filters, random.choice([0, 1, 1, 2])):
        query[parameter] = random.choice(some_values(declared))
    columns = sorted(sortable(page.table_class))
    ways = [random.choice(["", "-"]) + one for one in random.sample(columns, min(2, len(columns)))]
    if sort := ",".join(ways[: random.choice([0, 1, 2])]):
        query["sort"] = sort
    for parameter in random.sample(list(CARRIED), random.choice([0, 0, 1])):
        query[parameter] = random.choice(CARRIED[parameter])
    return name, query


def listed(client, name, query):
    """What a file names the rows by, over all pages of a list, in their order."""
    found, number, more = [], 1, True
    while more:
        answer = client.get(f"/{name}/", query | {"page": number, "per_page": 25})
        page = answer.context["page"]
        assert [one.name for one in answer.context["problems"]] in ([], ["page"]), query
        rows = answer.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
        assert rows.count("<tr") == len(page.object_list), (name, query)
        found += [str(getattr(row, identifier(name))) for row in page.object_list]
        number, more = number + 1, page.has_next()
    return found


def identifier(name):
    return "slug" if name in SLUGGED else "id"


def test_a_file_has_the_rows_of_all_pages(facts, readers, full_size, figure):
    random = Random(SEED)
    differing, columns, rows = [], [], Counter()
    combinations = 200 if full_size else 10
    for _ in range(combinations):
        name, query = drawn(random)
        role = random.choice(ROLES)
        exported = records(readers[role].get(f"/{name}.csv", query))
        shown = listed(readers[role], name, query)
        rows[name] += len(shown)
        if [row[identifier(name)] for row in exported] != shown:
            differing.append((name, query, role))
        if exported and ",".join(exported[0]) != HEADERS[name]:
            columns.append((name, role))
    what = "random filters, sorts and roles: files with other rows than all pages of the list"
    figure("B2", what, f"{len(differing)} of {combinations}", "0 of 200")
    what = "files with another column than the documented ones, which are for everybody"
    figure("B2", what, f"{len(columns)} of {combinations}", "0 of 200")
    assert (differing, columns) == ([], [])
    if full_size:
        assert min(rows[name] for name in TABLES) > 10, rows


def walked(name, sort, most):
    """How often each row was on a page, over all pages of a list."""
    seen = Counter()

    def render(_page, context):
        page = context["page"]
        seen.update(row.pk for row in page.object_list)
        render.more = page.has_next()
        return HttpResponse()

    client, number, render.more = Client(), 0, True
    # Drawing the rows would take most of the time, and change nothing.
    with patch.object(TABLES[name], "render", render):
        while render.more and number <= most:
            number += 1
            client.get(f"/{name}/", {"sort": sort, "per_page": 100, "page": number})
    return seen


def test_no_row_is_lost_or_repeated(portfolio, full_size, figure):
    lost = repeated = walks = 0
    sizes = {}
    for name, page in TABLES.items():
        rows = EXPORTS[page.export].rows(read_parameters(QueryDict()))
        there = set(rows.order_by().values_list("pk", flat=True))
        sizes[name] = len(there)
        for column in sorted(sortable(page.table_class)):
            for sort in (column, f"-{column}"):
                seen = walked(name, sort, most=len(there) // 100 + 2)
                walks += 1
                lost += len(there - set(seen))
                repeated += sum(seen.values()) - len(there & set(seen))
    what = "rows lost or repeated over all pages, every column, both ways, 20,000 rows"
    figure("B3", what, f"{lost} and {repeated} in {walks} walks", "0 and 0")
    assert (lost, repeated) == (0, 0)
    assert sizes["investments"] >= (20_000 if full_size else 100)
