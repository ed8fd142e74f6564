"""The words of statements in the full text of their source: numbered, and marked in the text."""

import pytest

from projects.reports.passages import marked, quote, quoted
from projects.reports.provenance import all_said_by, said_by
from tests import factories
from tests.reports.conftest import TODAY

pytestmark = pytest.mark.django_db

TEXT = "项目总投资32亿元，年销售收入40亿元。"


def pieces(*words, text=TEXT):
    """The pieces of a text: their text, whose they are, and the numbers that end with them."""
    statements = [
        quote(factories.investment(as_written=one), number, text)
        for number, one in enumerate(words, 1)
    ]
    numbers = {one.statement: one.number for one in statements}
    found = marked(text, statements, lambda statement: f"/{numbers[statement]}/")
    return [
        (piece.text, piece.address.strip("/"), "".join(str(note.number) for note in piece.notes))
        for piece in found
    ]


def test_a_text_without_passages_is_one_piece():
    assert pieces() == [(TEXT, "", "")]
    assert pieces("33亿元") == [(TEXT, "", "")]


def test_a_passage_leads_to_its_statement():
    assert pieces("32亿元") == [
        ("项目总投资", "", ""),
        ("32亿元", "1", "1"),
        ("，年销售收入40亿元。", "", ""),
    ]


def test_the_shortest_of_several_passages_leads():
    assert pieces("总投资32亿元，", "32亿元", "年") == [
        ("项目", "", ""),
        ("总投资", "1", ""),
        ("32亿元", "2", "2"),
        ("，", "1", "1"),
        ("年", "3", "3"),
        ("销售收入40亿元。", "", ""),
    ]


def test_passages_that_cross():
    assert pieces("投资32亿", "亿元，年销售") == [
        ("项目总", "", ""),
        ("投资32", "1", ""),
        ("亿", "1", "1"),
        ("元，年销售", "2", "2"),
        ("收入40亿元。", "", ""),
    ]


def test_equal_passages_have_a_number_each():
    assert pieces("32亿元", "32亿元")[1] == ("32亿元", "1", "12")


def test_the_first_number_of_each_statement_is_told_from_its_others():
    one = quote(factories.investment(as_written="32亿元…40亿元"), 1, TEXT)
    notes = [note for piece in marked(TEXT, [one], str) for note in piece.notes]
    assert [(note.number, note.first) for note in notes] == [(1, True), (1, False)]


def test_statements_are_numbered_throughout():
    source = factories.source()
    for words in ("32亿元", "", "33亿元"):
        factories.investment(source=source, as_written=words)
    subjects = quoted(said_by(source, TODAY), TEXT)
    found = [one for subject in subjects for one in subject.statements]
    assert len(subjects) == 3
    assert [one.number for one in found] == [1, 2, 3]
    assert [[said.words for said in one.quotes] for one in found] == [["32亿元"], [], ["33亿元"]]
    assert [bool(said.context) for one in found for said in one.quotes] == [True, False]


def test_editors_see_what_a_draft_states():
    draft = factories.source(draft=True)
    one, two = factories.target(source=draft), factories.participation(source=draft)
    factories.participation()
    assert all_said_by(draft) == [two, one]
    assert said_by(draft, TODAY) == []
