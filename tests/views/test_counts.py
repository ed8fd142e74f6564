"""Every count leads to as many rows, in whatever part of everything is asked."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.views.counting import BOUND
from tests import factories as make


@pytest.mark.parametrize(
    "scope", ["", "group=kaifa", "group=cec", "group=cec&direct=1", "place=yubei"]
)
def test_every_count_leads_to_as_many_rows(facts, english, scope):
    for name in ("agreements", "organizations"):
        page = english.get(f"/{name}/?{scope}&per_page=100")
        links = re.findall(r'<a href="(/projects/[^"]+)">(\d+)</a>', page.content.decode())
        for address, count in links:
            found = english.get(html.unescape(address))
            assert found.context["count"] == int(count), address
        assert links or name == "agreements", scope


def test_an_organization_in_a_place_is_that_of_the_place(facts, english):
    page = english.get("/organizations/cec/?place=yubei").context
    assert [row.project.slug for row in page["projects"].data] == ["kaifa-smart-device-park"]
    assert page["funding"].headline.amount.low == page["funding"].headline.amount.high == 32 * 10**8
    assert {one.project.slug for one in page["investments"]} == {"kaifa-smart-device-park"}
    assert {one.project.slug for one in page["participations"]} == {"kaifa-smart-device-park"}
    listed = english.get("/investments/?group=cec&place=yubei")
    assert listed.context["count"] == len(page["investments"])


def test_rows_are_counted_once_for_all_pages_of_a_filter(db, english):
    source = make.source()
    for _ in range(30):
        make.investment(source=source)

    def counted(address):
        with CaptureQueriesContext(connection) as captured:
            context = english.get(address).context
        counts = [query["sql"] for query in captured if f"LIMIT {BOUND + 1}" in query["sql"]]
        return context["counted"].number, len(counts)

    assert counted("/investments/?stands=true") == (30, 2)  # with the filter, and without
    assert counted("/investments/?stands=true&page=2") == (30, 0)
    # Another filter is counted by itself; how many there are without one is known.
    assert counted("/investments/?counted=true") == (30, 1)
    make.investment(source=source)
    assert counted("/investments/?stands=true") == (31, 2)
