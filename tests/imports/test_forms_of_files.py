"""Encodings, separators and line ends, as spreadsheets write them, and files that are none."""

import pytest
from django.utils.translation import override

from projects.imports import MOST_ROWS, File, check, store
from projects.imports.decoding import LARGEST_FILE
from projects.imports.splitting import LONGEST_CELL
from projects.models import Place
from tests.imports.files import said

pytestmark = pytest.mark.django_db

TEXT = 'slug,name_zh,name_en\r\na,"上,海","Line\nBreak"\r\nb,北京,\r\n'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_form_says_the_same(publisher, encoding, separator, end):
    text = TEXT.replace("上,海", "上|海").replace(",", separator).replace("\r\n", end)
    text = text.replace("上|海", f"上{separator}海")
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    report = store([File("places.csv", mark + text.encode(encoding))], publisher)

    assert said(report) == []
    assert dict(Place.objects.values_list("name_zh", "name_en")) == {
        f"上{separator}海": "Line\nBreak",
        "北京": "",
    }


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nslug;name_en\r\na;A\r\n",
        "sep=|\rslug|name_en\ra|A",
        "slug,name_en,,\r\na,A,,\r\n,,,\r\n\r\n",
        "slug,name_en\r\n\r\na,A",
        " slug , name_en \r\na,A\r\n",
        '"slug","name_en"\r\n"a","A"\r\n',
    ],
)
def test_what_spreadsheets_add_is_passed_over(publisher, text):
    assert said(store([File("places.csv", text.encode())], publisher)) == []
    assert list(Place.objects.values_list("slug", "name_en")) == [("a", "A")]


def test_rows_are_numbered_as_a_spreadsheet_does(publisher):
    """A cell of two lines is one row, an empty row is one too."""
    text = 'slug,name_en\r\na,"A\r\nB"\r\n\r\nb,\r\n'
    (refusal,) = said(check([File("places.csv", text.encode())], publisher))
    assert refusal[1] == 4


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 0, "empty"),
        (b"\xef\xbb\xbf", 0, "empty"),
        (b" \r\n\r\n", 0, "empty"),
        (b"slug,name_en\r\n", 0, "no row"),
        (b"PK\x03\x04 anything", 0, "save it as CSV"),
        (b"\xd0\xcf\x11\xe0 anything", 0, "save it as CSV"),
        (b"a,1\r\nb,2\r\n", 1, "names no column"),
        (b'sep="\r\nslug"name_en\r\na"A\r\n', 1, ""),
        (b"slug,,name_en\r\na,,b\r\n", 1, "some are empty"),
        (b"slug,name_en,slug\r\na,A,b\r\n", 1, "twice"),
        (b"slug,name_en\r\na,A,b\r\n", 2, "3 cells"),
        (b'slug,name_en\r\na,A\r\nb,"B\r\nc,C\r\n', 3, "quotation marks"),
        (b'slug,name_en\r\na,"A"B\r\n', 2, "quotation marks"),
        (b"slug,name_en\r\na,A\0\r\n", 2, "NUL"),
        (b"slug,name_en\r\na,A\r\nb,\xff\xff\r\n", 3, "Line 3 is neither"),
        ("slug,name_en\r\na,é".encode("utf-8-sig") + b"\xff", 2, "Line 2 is neither"),
        (b"slug,name_en\r\na," + b"x" * (LONGEST_CELL + 1), 2, "longer than"),
        (b"name_en\r\nA\r\n", 1, "is missing"),
        (b"x" * (LARGEST_FILE + 1), 0, "larger than 50 MB"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_such_file_is_refused(publisher, content, line, words):
    with override("en"):
        (refusal,) = said(store([File("places.csv", content)], publisher))
    assert refusal[1] == line
    assert words in refusal[3]
    assert not Place.objects.exists()


def test_more_rows_than_a_file_may_have_are_refused(publisher, monkeypatch):
    assert MOST_ROWS >= 200_000
    monkeypatch.setattr("projects.imports.splitting.MOST_ROWS", 2)
    content = b"slug,name_en\r\n" + b"a,A\r\n" * 3
    with override("en"):
        (refusal,) = said(check([File("places.csv", content)], publisher))
    assert refusal[1] == 4
    assert "more than 2 rows" in refusal[3]


@pytest.mark.parametrize(
    "name",
    [
        "places.csv",
        "cooperation-places-2026-11-24.csv",
        "cooperation-places-2026-11-24-as-of-2020-04-30.csv",
        "C:\\files\\PLACES (1).CSV",
    ],
)
def test_the_name_of_a_file_says_its_table(publisher, name):
    assert check([File(name, b"slug,name_en\r\na,A\r\n")], publisher).rows[0].table == "places"


def test_the_header_says_it_where_the_name_does_not(publisher):
    content = b"slug,title,outlet,author,kind,published\r\na,T,,,,2020\r\n"
    assert check([File("mine.csv", content)], publisher).rows[0].table == "sources"


def test_a_message_is_in_the_language_that_is_active(publisher):
    with override("zh-hans"):
        (refusal,) = said(check([File("places.csv", b"")], publisher))
    assert refusal[3] == "文件是空的。"
