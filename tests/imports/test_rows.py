"""What becomes of single rows: matched, added, changed, refused by line and column."""

import pytest
from django.utils.translation import override

from projects.imports import File, check, store
from projects.models import Agreement, Investment, Place, Project, Source, Target
from tests import factories
from tests.imports.files import contents, file, outcomes, said, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def refused(*files, user, **options):
    """What is said against these files; nothing of them is stored."""
    before = contents()
    found = check(files, user, **options)
    assert not found.accepted
    report = store(files, user, **options)
    assert not report.stored
    assert said(report) == said(found)
    assert contents() == before
    return said(report)


def test_a_row_is_changed_in_the_columns_that_the_file_has(publisher):
    row = factories.agreement(slug="a", name_en="Old", summary_en="Kept", kind="plan")

    report = stored(file("agreements", {"slug": "a", "name_en": "New"}), user=publisher)

    assert outcomes(report) == {"a": "changed"}
    assert [(c.column, c.before, c.after) for c in report.rows[0].changes] == [
        ("name_en", "Old", "New")
    ]
    row.refresh_from_db()
    assert (row.name_en, row.summary_en, row.kind) == ("New", "Kept", "plan")
    states = row.history.order_by("history_id").values_list(
        "name_en", "history_user_name", "history_change_reason"
    )
    assert list(states)[-1] == ("New", "publisher", "Import of agreements.csv")


def test_the_reason_is_kept_with_every_row_and_link(publisher):
    factories.place(slug="here")
    stored(
        file("projects", {"slug": "p", "name_en": "P", "places": "here"}),
        user=publisher,
        reason="Report of\0 May",
    )
    row = Project.objects.get()
    for one in (row, row.projectplace_set.get()):
        (state,) = one.history.values_list("history_change_reason", "history_user_name")
        assert state == ("Report of May", "publisher")


def test_a_missing_column_is_the_default_for_a_new_row(publisher):
    source = factories.source(slug="s")
    project = factories.project(slug="p")
    line = {"statement_id": "k", "project": "p", "amount_low": "5", "source": "s"}

    stored(file("investments", line), user=publisher)

    row = Investment.objects.get()
    assert (row.project, row.source, row.unit, row.basis) == (project, source, "CNY", "announced")
    assert (row.amount_low_included, row.amount_high_included) == (True, False)


def test_ids_and_derived_columns_are_passed_over(publisher):
    row = factories.investment(key="k")
    line = {"statement_id": "k", "id": "999", "counted": "x", "source_title": "y", "note": "n"}

    stored(file("investments", line), user=publisher)

    assert Investment.objects.get() == row


@pytest.mark.parametrize(
    ("table", "line", "expected"),
    [
        ("places", {"slug": "a", "name_en": "A", "nme": ""}, (1, "nme", "has no column")),
        ("places", {"slug": "", "name_en": "A"}, (2, "slug", "Give a slug")),
        ("places", {"slug": "a b", "name_en": "A"}, (2, "slug", "valid")),
        ("places", {"slug": "a", "name_en": ""}, (2, "name_zh", "Give a name")),
        ("places", {"slug": "a", "name_en": "x" * 201}, (2, "name_en", "200")),
        ("places", {"slug": "a", "name_en": "A", "parent": "b"}, (2, "parent", "There is no “b”")),
        ("places", {"slug": "a", "name_en": "A", "parent": "a"}, (2, "", "circle: a, a")),
        ("sources", {"slug": "a", "published": "2020"}, (2, "title", "required")),
        ("sources", {"slug": "a", "title": "t", "published": "2020/.."}, (2, "published", "last")),
        (
            "sources",
            {"slug": "a", "title": "t", "published": "2020", "address": "javascript:alert(1)"},
            (2, "address", "URL"),
        ),
        (
            "sources",
            {"slug": "a", "title": "t", "published": "2020", "kind": "rumour"},
            (2, "kind", "none of: interview"),
        ),
        (
            "sources",
            {"slug": "a", "title": "t", "published": "2020", "accessed_on": "2024-02-30"},
            (2, "accessed_on", "2020-04-26"),
        ),
        (
            "sources",
            {"slug": "a", "title": "t", "published": "2020", "published_latest": "2020-11-30"},
            (2, "published_latest", "2020-12-31"),
        ),
    ],
)
def test_a_bad_cell_is_named(publisher, table, line, expected):
    (refusal,) = refused(file(table, line), user=publisher)

    number, column, words = expected
    assert refusal[:3] == (table, number, column)
    assert words in refusal[3]


INVESTMENT = {"statement_id": "k", "project": "p", "source": "s", "as_written": "w"}


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"amount_low": "数十亿元"}, "amount_low", "words are not read here"),
        ({"amount_low": "4.3E+09"}, "amount_low", "shortened"),
        ({"amount_low": "4,300,000"}, "amount_low", "without separators"),
        ({"amount_low": "NaN"}, "amount_low", "plain number"),
        ({"amount_low": "9223372036854775808"}, "amount_low", ""),
        ({"amount_low": "12.5"}, "amount_low", "whole"),
        ({"amount_low": "-1"}, "", "0 up to"),
        ({"amount_low": "9" * 5000}, "amount_low", "plain number"),
        ({"amount_low": "5", "amount_high": "4"}, "", "both in order"),
        ({"amount_low": "5", "amount_stated": "false"}, "amount_stated", "follows"),
        ({"amount_stated": "true"}, "amount_stated", "follows"),
        ({"amount_approximate": "yes"}, "amount_approximate", "neither true nor false"),
        ({"amount_approximate": "true"}, "", "not stated"),
        ({"unit": "yuan"}, "unit", ""),
        ({"date": "Apr-20"}, "date", "2018-10-15"),
        ({"date": "2020/4/31"}, "date", "2020-04-26"),
        ({"date": "2020-04", "date_earliest": "2020-04-02"}, "date_earliest", "2020-04-01"),
        ({"organizations": "nobody"}, "organizations", "There is no “nobody”"),
        ({"agreement": "nothing"}, "agreement", "There is no “nothing”"),
        ({"project": ""}, "", "choose one"),
        ({"source": ""}, "source", "required"),
        ({"restates": "k2"}, "restates", "There is no “k2”"),
        ({"restates_how": "repeats"}, "", "says how"),
    ],
)
def test_a_bad_cell_of_a_statement_is_named(publisher, cells, column, words):
    factories.project(slug="p")
    factories.source(slug="s")

    found = refused(file("investments", INVESTMENT | cells), user=publisher)

    assert found[0][:3] == ("investments", 2, column)
    assert words in found[0][3]


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"amount_low": "4300000000.0"}, "amount_low", 4_300_000_000),
        ({"amount_low": "007"}, "amount_low", 7),
        ({"amount_low": "1", "amount_low_included": "FALSE"}, "amount_low_included", False),
        ({"date": "2020/4/6"}, "date", "2020-04-06"),
        ({"date": "2020/04/26", "date_latest": "2020/4/26"}, "date", "2020-04-26"),
        ({"date": "2016/2018"}, "date", "2016/2018"),
        ({"note": "'=1+1"}, "note", "=1+1"),
        ({"note": "''=1"}, "note", "'=1"),
        ({"note": "'kept"}, "note", "'kept"),
        ({"note": "  a\r\nb\n "}, "note", "  a\r\nb\n "),
    ],
)
def test_what_spreadsheets_make_of_a_cell_is_understood(publisher, cells, column, value):
    factories.project(slug="p")
    factories.source(slug="s")
    files = [file("investments", INVESTMENT | cells)]

    stored(*files, user=publisher)

    assert getattr(Investment.objects.get(), column) == value
    assert check(files, publisher).counts["same"] == 1


def test_a_key_that_is_there_twice_names_both_rows(publisher):
    lines = [{"slug": "a", "name_en": "A"}, {"slug": "a", "name_en": "B"}]

    (refusal,) = refused(file("places", *lines), user=publisher)

    assert refusal[:3] == ("places", 3, "slug")
    assert "row 2 of places.csv" in refusal[3]


def test_statements_without_a_key_are_added_once(publisher):
    factories.project(slug="p")
    factories.source(slug="s")
    line = {"project": "p", "source": "s", "amount_low": "5", "organizations": ""}
    files = [file("investments", line, line, line | {"amount_low": "6"})]

    assert stored(*files, user=publisher).counts["added"] == 3
    assert stored(*files, user=publisher).counts == {
        "added": 0,
        "changed": 0,
        "same": 3,
        "refused": 0,
    }
    assert Investment.objects.count() == 3


def test_a_unit_that_is_not_the_indicators_is_refused(publisher):
    factories.indicator(slug="i", unit="m²")
    factories.source(slug="s")
    line = {"indicator": "i", "period": "2022", "amount_low": "5", "source": "s"}

    (refusal,) = refused(file("targets", line | {"unit": "CNY"}), user=publisher)
    assert refusal[2] == "unit"
    stored(file("targets", line | {"unit": "m²"}), user=publisher)
    assert Target.objects.get().amount_low == 5


def test_one_refused_row_keeps_all_out(publisher):
    lines = [{"slug": "a", "name_en": "A"}, {"slug": "b", "name_en": ""}]
    assert len(refused(file("places", *lines), user=publisher)) == 1
    assert not Place.objects.exists()


def test_rows_that_name_a_refused_one_say_so(publisher):
    files = [
        file("agreements", {"slug": "a", "kind": "promise", "name_en": "A"}),
        file("projects", {"slug": "p", "name_en": "P", "agreement": "a"}),
    ]

    found = refused(*files, user=publisher)

    assert [(one[0], one[2]) for one in found] == [
        ("agreements", "kind"),
        ("projects", "agreement"),
    ]
    assert "refused itself" in found[1][3]


def test_what_a_file_cannot_show_is_kept(publisher):
    """The export shows no agreement of which only drafts speak."""
    hidden = factories.agreement(slug="hidden")
    factories.agreement_party(agreement=hidden, source=factories.source(draft=True))
    factories.project(slug="p", agreement=hidden, name_en="P")

    same = file("projects", {"slug": "p", "name_en": "P", "agreement": ""})
    assert stored(same, user=publisher).counts["same"] == 1
    stored(file("projects", {"slug": "p", "name_en": "Q", "agreement": ""}), user=publisher)
    assert Project.objects.get().agreement == hidden


def test_a_reference_that_the_file_can_show_is_taken_away(publisher):
    factories.project(slug="p", agreement=factories.agreement())
    stored(file("projects", {"slug": "p", "agreement": ""}), user=publisher)
    assert Project.objects.get().agreement is None


def test_links_are_added_and_taken_away(publisher):
    a, b, c = (factories.place(slug=slug) for slug in "abc")
    row = factories.project(slug="p", places=[a, b])

    report = stored(file("projects", {"slug": "p", "places": "c ; b"}), user=publisher)

    (change,) = report.rows[0].changes
    assert (change.before, change.after) == ("a;b", "b;c")
    assert set(row.places.all()) == {b, c}


def test_new_sources_are_drafts_unless_published(publisher):
    line = {"title": "T", "published": "2020"}
    stored(file("sources", line | {"slug": "a"}), user=publisher)
    stored(file("sources", line | {"slug": "b"}), user=publisher, publish=True)
    stored(file("sources", {"slug": "a", "title": "U"}), user=publisher, publish=True)

    assert dict(Source.objects.values_list("slug", "draft")) == {"a": True, "b": False}


def test_a_file_of_nothing_known_says_what_to_do(publisher):
    (refusal,) = refused(File("list.csv", b"slug,name_zh,name_en\r\na,A,\r\n"), user=publisher)
    assert "choose the table" in refusal[3]
    asked = File("list.csv", b"slug,name_zh,name_en\r\na,A,\r\n", table="sectors")
    stored(asked, user=publisher)
    assert not Agreement.objects.exists()
