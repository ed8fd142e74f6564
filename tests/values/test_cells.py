"""Text in cells: nothing begins a formula, and everything comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projects.values.cells import neutralise, restore

TRIGGERS = "=+-@\t\r\n\0＝＋－＠"
SKIPPED = " \u3000\xa0\ufeff\u200b'\""

texts = st.text(
    st.one_of(
        st.sampled_from(TRIGGERS + SKIPPED + "|;,a1中"),
        st.characters(codec="utf-8"),
    )
)


@given(texts)
@example("'=x")
@example("''=x")
@example("'")
@example("")
def test_every_text_comes_back(text):
    assert restore(neutralise(text)) == text


@given(texts)
def test_no_cell_begins_a_formula(text):
    """Behind blanks, marks and quotes neither, unless an apostrophe stands before all of it."""
    cell = neutralise(text)

    assert cell[:1] == "'" or cell.lstrip(SKIPPED + " \x0b\x0c")[:1] not in {*TRIGGERS}


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("skipped", ["", *SKIPPED, "\ufeff \"'"])
def test_a_formula_gets_one_apostrophe(trigger, skipped):
    text = f"{skipped}{trigger}HYPERLINK(1)"

    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "../2020-04",
        "2016-01/2016-04",
        "2020-04-26",
        "cec;kaifa",
        "'中电'",
        "“智造”",
        "a=1",
        "3-5年",
    ],
)
def test_other_text_stays_as_it_is(text):
    assert neutralise(text) == text
    assert restore(text) == text


def test_a_cell_that_we_did_not_make_inert_keeps_its_apostrophe():
    assert restore("'90s") == "'90s"
    assert restore("''=x") == "'=x"
