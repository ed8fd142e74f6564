"""Every text comes back exactly, whatever a spreadsheet or a file could make of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.imports import check, store
from projects.models import Participation, Source, derive
from tests import factories
from tests.imports.files import exported, file

pytestmark = pytest.mark.django_db

TEXTS = 20_000
COLUMNS = ("inferred", "note", "as_written", "said_by", "locator")

MARKS = st.text("'\"=+-@\t\r\n ,;＝＋－＠\ufeff\u200b\u3000", max_size=6)
LETTERS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
SOME_TEXT = st.builds("{}{}{}".format, MARKS, LETTERS, MARKS)


@pytest.mark.proof
def test_random_texts_come_back(publisher, full_size, figure):
    """Out of one database row each, into another, and out again."""
    rows_of_texts = (TEXTS if full_size else TEXTS // 4) // len(COLUMNS)
    found = []

    @settings(
        max_examples=rows_of_texts * len(COLUMNS),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(SOME_TEXT)
    def collect(text):
        found.append(text)

    collect()
    texts = (found * 2)[: rows_of_texts * len(COLUMNS)]
    assert len(set(texts)) > len(texts) * 0.7
    sample = factories.participation()
    same = {name: getattr(sample, name) for name in ("project", "organization", "role", "source")}
    sample.delete()
    rows = [
        dict(zip(COLUMNS, texts[number * len(COLUMNS) :], strict=False))
        for number in range(rows_of_texts)
    ]
    stored = Participation.objects.bulk_create(
        Participation(key=f"k{number}", **same, **row) for number, row in enumerate(rows)
    )
    derive({Participation: [one.pk for one in stored]})
    (out,) = exported("participations")
    assert check([out], publisher).counts["same"] == rows_of_texts

    # Every row is emptied, and filled again from the file.
    Participation.objects.update(**dict.fromkeys(COLUMNS, ""))
    report = store([out], publisher)

    assert report.stored, report.refusals[:3]
    stored = {row.pop("key"): row for row in Participation.objects.values("key", *COLUMNS)}
    differ = [
        text
        for number, row in enumerate(rows)
        for name, text in row.items()
        if stored[f"k{number}"][name] != text
    ]
    figure(
        "C2",
        "random texts that differ after export and import",
        f"{len(differ)} of {len(texts)}",
        "0 of 20,000",
    )
    assert differ == []
    assert len(stored) == rows_of_texts
    assert exported("participations")[0].content == out.content


def test_texts_that_spreadsheets_run_or_strip(publisher):
    texts = ["=1+1", "'=1", "''x", "  a", "a  ", "\ta", "a\r\nb", "a\rb", '"a"', "＝1", ",;", "-"]
    lines = [
        {"slug": f"s{number}", "title": text, "published": "2020", "author": text}
        for number, text in enumerate(texts)
    ]
    for line in lines:
        factories.source(**line)
    (out,) = exported("sources")
    Source.objects.update(title="t", author="")
    assert store([out], publisher).stored
    assert dict(Source.objects.values_list("slug", "title")) == {
        line["slug"]: line["title"] for line in lines
    }


def test_a_hand_written_apostrophe_is_a_text(publisher):
    line = {"slug": "s", "title": "'quoted'", "published": "2020"}
    assert store([file("sources", line)], publisher).stored
    assert Source.objects.get().title == "'quoted'"
