"""Words of statements have to occur in the full text of their source, where it carries one."""

import pytest
from django.utils.translation import override

from projects.models import STATEMENTS, Source
from projects.models.passages import WORDS
from tests import factories
from tests.models.builders import ANY_STATEMENT
from tests.models.refusing import problems

pytestmark = pytest.mark.django_db

TEXT = "今年前4月，重庆软件业务收入达\n８０６．５ 亿元，同比增长16.5%。全年力争达到3600亿元。"


@pytest.fixture(autouse=True)
def in_english():
    """What is said is said in English, unless a test asks for Chinese."""
    with override("en"):
        yield


def carrying(text=TEXT):
    """A source that carries a full text."""
    return factories.source(full_text=text)


@ANY_STATEMENT
def test_words_that_occur_are_taken(build):
    for words in ("806.5亿元", "８０６.５　亿元", "力争…3600亿元", "", "……"):
        assert problems(build(source=carrying(), as_written=words)) == {}, words


@ANY_STATEMENT
def test_words_that_do_not_occur_are_refused_with_the_nearest_passage(build):
    row = build(source=carrying(), as_written="力争全年3600亿元")
    assert problems(row) == {
        "as_written": [
            "“力争全年3600亿元” does not occur in the full text of the source. "
            "The nearest passage: “…亿元，同比增长16.5%。全年力争达到3600亿元。…”."
        ]
    }
    with override("zh-hans"):
        assert problems(row) == {
            "as_written": [
                "来源全文中没有“力争全年3600亿元”。最接近的一段：“…亿元，同比增长16.5%。全年力争达到3600亿元。…”。"
            ]
        }


def test_a_part_of_a_number_is_not_what_the_text_says():
    row = factories.investment(source=carrying(), as_written="600亿元")
    assert "全年力争达到3600亿元" in problems(row)["as_written"][0]


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_without_a_full_text_any_words_are_taken(text):
    row = factories.investment(source=factories.source(full_text=text), as_written="32亿元")
    assert problems(row) == {}
    assert problems(row.source) == {}


def test_nothing_like_the_words():
    row = factories.investment(source=carrying("别的事情"), as_written="32亿元")
    assert problems(row)["as_written"] == [
        "“32亿元” does not occur in the full text of the source. Nothing in it is like them."
    ]


def test_the_words_of_growth_and_of_a_period_are_compared_too():
    observed = factories.observation(source=carrying(), growth_as_written="约16%")
    assert list(problems(observed)) == ["growth_as_written"]
    observed.growth_as_written = "增长16.5％"
    assert problems(observed) == {}
    target = factories.target(
        source=carrying(), period="", period_as_written="达产后", as_written="2000亿元"
    )
    assert list(problems(target)) == ["as_written", "period_as_written"]
    target.period_as_written, target.as_written = "全年", "3600亿元"
    assert problems(target) == {}


def test_every_column_of_words_is_compared():
    columns = {
        field.name
        for kind in STATEMENTS
        for field in kind._meta.fields
        if field.name.endswith("as_written")
    }
    assert columns == set(WORDS)


def test_a_statement_without_a_source_is_refused_for_that():
    row = factories.investment(as_written="32亿元")
    row.source = None
    assert list(problems(row)) == ["source"]


@ANY_STATEMENT
def test_a_source_is_refused_where_the_words_of_a_statement_do_not_occur(build):
    row = build(as_written="3500亿元", key="the-one")
    row.source.full_text = TEXT
    assert problems(row.source) == {
        "full_text": [
            "The words of 1 statement do not occur in this text.",
            "the-one: “3500亿元” does not occur. "
            "The nearest passage: “…亿元，同比增长16.5%。全年力争达到3600亿元。…”.",
        ]
    }
    row.source.full_text = TEXT + "到2025年，3500 亿元。"
    assert problems(row.source) == {}


def test_of_many_statements_the_first_are_named_and_the_others_counted():
    source = factories.source()
    for number in range(5):
        factories.investment(source=source, as_written="九牛一毛", key=f"money-{number}")
    factories.observation(
        source=source, as_written="806.5亿元", growth_as_written="涨", key="growth"
    )
    source.full_text = TEXT
    said = problems(source)["full_text"]
    named = {line.partition(":")[0] for line in said[1:-1]}
    assert said[0] == "The words of 6 statements do not occur in this text."
    assert len(named) == len(said) - 2 == 3
    assert named < {"growth", *(f"money-{number}" for number in range(5))}
    assert said[-1] == "And 3 more statements."
    with override("zh-hans"):
        said = problems(source)["full_text"]
    assert said[0] == "有6条陈述的字样不见于这段全文。"
    assert "money-0：没有“九牛一毛”。文中没有与之相近的字样。" in said
    assert said[-1] == "另有3条陈述。"


def test_only_its_own_statements_are_compared():
    factories.investment(as_written="32亿元")
    assert problems(carrying()) == {}


def test_a_new_source_has_no_statements():
    new = Source(slug="new", title="新", published="2020-04-26", full_text=TEXT)
    assert problems(new) == {}
