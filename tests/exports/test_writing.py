"""The form of a file, down to its bytes."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from projects.exports import EXPORTS, file_name, table, writing
from projects.exports import lines as lines_of_a_select
from projects.exports.writing import written
from projects.models import Sector
from projects.values.amounts import Amount
from projects.values.cells import restore
from tests import factories
from tests.exports.reading import asked, by, content, lines


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-5, "-5"),
        (10_000_000_000_000, "10000000000000"),
        (Decimal("35.0000"), "35"),
        (Decimal("100.0000"), "100"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.0001"), "0.0001"),
        (Decimal("0E-8"), "0"),
        (Decimal("-0.0000"), "0"),
        (Decimal("-3.50"), "-3.5"),
        (Decimal("1234567890123456.7890"), "1234567890123456.789"),
        (date(2020, 4, 26), "2020-04-26"),
        ("-3", "'-3"),
        ("=1+1", "'=1+1"),
        ("../2020-04", "../2020-04"),
    ],
)
def test_cells(value, cell):
    """Text is made inert, a negative number is not: each by its type."""
    assert written(value) == cell


AWKWARD = [
    'He said "yes"',
    "a,b;c",
    "two\nlines",
    "two\r\nlines",
    "'=x",
    '"',
    "=HYPERLINK(1)",
    "\t＝1",
    "-",
    "数" * 33_000,
    " lead and trail ",
]


@pytest.mark.django_db
def test_the_bytes_of_a_file():
    """Quotes are doubled, only what needs them is quoted, and every line ends with CRLF."""
    factories.sector(slug="a", name_zh="信创", name_en="")
    factories.sector(slug="b", name_zh='“双”"引号"', name_en="one, two")
    factories.sector(slug="c", name_zh="=1+1", name_en="two\nlines")

    assert (
        content("sectors")
        == (
            "\ufeffslug,name_zh,name_en\r\n"
            "a,信创,\r\n"
            'b,"“双”""引号""","one, two"\r\n'
            'c,\'=1+1,"two\nlines"\r\n'
        ).encode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("text", AWKWARD)
def test_text_comes_back_exactly(text):
    factories.project(slug="p", summary_zh=text, summary_en="after")

    (line,) = lines("projects")

    assert restore(line["summary_zh"]) == text
    assert line["summary_en"] == "after"


@pytest.mark.django_db
def test_the_bytes_of_a_statement():
    """The same on both databases, which keep decimals and truth values differently."""
    spot = factories.place(slug="cq")
    measured = factories.indicator(slug="area", place=spot, unit="m²")
    paper = factories.source(
        slug="news", title="报道", published="2021-12", address="https://a.example/?b=1,2"
    )
    factories.observation(
        pk=41,
        key="o-1",
        indicator=measured,
        source=paper,
        period="2021-33",
        amount=Amount(low=Decimal("12.5"), high_included=False, unit="m²"),
        amount_approximate=True,
        growth=Decimal("-3.50"),
        growth_as_written="-3.5%",
        growth_since="2019",
    )
    factories.observation(
        pk=42,
        key="o-2",
        indicator=measured,
        source=paper,
        period="2021",
        status="preliminary",
        amount=Amount(low=Decimal("35.0000"), high=Decimal("350000.0000"), unit="m²"),
    )

    assert content("observations").decode().split("\r\n")[1:] == [
        "o-1,41,area,2021-33,2021-01-01,2021-03-31,final,true,12.5,,true,false,true,m²,"
        '-3.5,\'-3.5%,2019,,,,,,,news,,true,报道,2021-12,"https://a.example/?b=1,2"',
        "o-2,42,area,2021,2021-01-01,2021-12-31,preliminary,true,35,350000,true,true,false,m²,"
        ',,,,,,,,,news,,true,报道,2021-12,"https://a.example/?b=1,2"',
        "",
    ]


@pytest.mark.django_db
def test_rows_keep_the_order_and_the_choice_of_the_page():
    for slug in "abc":
        factories.sector(slug=slug)

    rows = Sector.objects.exclude(slug="b").order_by("-slug")

    assert [line["slug"] for line in lines("sectors", rows=rows)] == ["c", "a"]


@pytest.mark.django_db
def test_what_the_page_follows_does_not_get_in_the_way():
    agreed = factories.agreement(slug="pact")
    factories.project(agreement=agreed, places=[factories.place(slug="cq")])
    rows = table("projects", asked()).select_related("agreement").prefetch_related("places")

    (line,) = lines("projects", rows=rows)

    assert (line["agreement"], line["places"]) == ("pact", "cq")


@pytest.mark.django_db
def test_files_in_chunks_are_the_same_files(shipped, monkeypatch):
    whole = {name: content(name) for name in EXPORTS}
    monkeypatch.setattr(writing, "CHUNK", 3)
    monkeypatch.setattr(lines_of_a_select, "ROWS", 3)

    assert {name: content(name) for name in EXPORTS} == whole


@pytest.mark.django_db
def test_lines_with_and_without_breaks_end_alike():
    """PostgreSQL ends a line with LF alone, and is asked for many at a time."""
    for number in range(5):
        factories.sector(
            slug=f"s{number}", name_zh="two\nlines" if number == 3 else "one", name_en=""
        )

    assert content("sectors").decode().split("\r\n")[1:] == [
        "s0,one,", "s1,one,", "s2,one,", 's3,"two\nlines",', "s4,one,", ""
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPORTS)
def test_no_rows_at_all_are_a_header(name):
    rows = table(name, asked()).none()

    assert content(name, rows=rows).decode() == "\ufeff" + ",".join(EXPORTS[name].columns) + "\r\n"


@pytest.mark.django_db
def test_codes_have_labels(shipped):
    with override("en"):
        project = by("slug", lines("projects"))["kaifa-smart-device-park"]
        milestone = by("slug", lines("milestones"))["kaifa-smart-device-park-at-capacity"]

    assert (project["stage"], project["stage_label"]) == ("started", "started")
    assert (milestone["state"], milestone["state_label"]) == ("not_dated", "not dated")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, "cooperation-agreement-parties-2026-01-31.csv"),
        (date(2020, 4, 30), "cooperation-agreement-parties-2026-01-31-as-of-2020-04-30.csv"),
    ],
)
def test_the_file_name_carries_the_table_and_the_days(as_of, expected):
    assert file_name(EXPORTS["agreement-parties"], asked(as_of=as_of)) == expected
