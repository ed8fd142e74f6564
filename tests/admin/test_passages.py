"""Words that do not occur in the full text are refused on the page, and its passages are shown."""

import re

import pytest

from projects.models import (
    Agreement,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Project,
    Source,
    Target,
)
from tests import factories
from tests.admin.pages import address, problems, submit
from tests.models.builders import STATEMENT

pytestmark = pytest.mark.django_db

FULL = "4月26日签约。\n项目总投资 ３２亿元，力争2022年软件业务收入达到3000亿元，增长一成。"
MONEY = {"basis": "announced", "per": "once", "unit": "CNY"}
OBSERVED = {"period": "2022", "amount_low": 3000, "status": "final"}


@pytest.fixture
def source():
    """A draft with a full text."""
    return factories.source(full_text=FULL, draft=True)


@pytest.mark.parametrize("kind", STATEMENT, ids=lambda kind: kind.__name__)
def test_a_statement(staff, source, kind):
    row = STATEMENT[kind]()
    page = address(kind, "change", row.pk)
    said = problems(submit(staff, page, {"source": source, "as_written": "33亿元"}))
    assert "“33亿元” does not occur in the full text of the source." in said
    assert "项目总投资 ３２亿元" in said
    assert submit(staff, page, {"source": source, "as_written": "32亿元"}).status_code == 302
    row.refresh_from_db()
    assert (row.source, row.as_written) == (source, "32亿元")


@pytest.mark.parametrize(
    ("owner", "kind", "build", "values"),
    [
        (Project, Investment, factories.project, MONEY),
        (Agreement, Investment, factories.agreement, MONEY),
        (Milestone, MilestoneDate, factories.milestone, {"side": "due", "date": "2022"}),
        (Indicator, Target, factories.indicator, {"period": "2022", "amount_low": 3000}),
        (Indicator, Observation, factories.indicator, OBSERVED),
    ],
)
def test_a_row_in_the_page_of_its_subject(staff, source, owner, kind, build, values):
    subject = build()
    page = address(owner, "change", subject.pk)
    inlines = staff.get(page).context["inline_admin_formsets"]
    (prefix,) = {one.formset.prefix for one in inlines if one.formset.model is kind}
    row = values | {"source": source, "as_written": "3300亿元"}
    said = problems(submit(staff, page, {}, {prefix: [row]}))
    assert "“3300亿元” does not occur in the full text of the source." in said
    row["as_written"] = "3000亿元"
    assert submit(staff, page, {}, {prefix: [row]}).status_code == 302
    assert kind.objects.get().as_written == "3000亿元"


def test_a_part_in_the_page_of_its_whole(staff, source):
    whole = factories.investment()
    rows = {"parts": [{"source": source, "as_written": "1亿元", "amount_low": 1}]}
    said = problems(submit(staff, address(Investment, "change", whole.pk), {}, rows))
    assert "“1亿元” does not occur" in said


def test_words_that_fill_as_written_have_to_occur_too(staff, source):
    values = {"project": factories.project(), "source": source}
    page = address(Investment, "add")
    said = problems(submit(staff, page, values | {"amount_words": "CNY 3.2 billion"}))
    assert "“CNY 3.2 billion” does not occur" in said
    assert submit(staff, page, values | {"amount_words": "32亿元"}).status_code == 302
    assert Investment.objects.get().as_written == "32亿元"


def test_other_words_of_a_target_and_of_an_observation(staff, source):
    target, observed = factories.target(), factories.observation()
    page = address(Target, "change", target.pk)
    values = {"source": source, "period": "", "period_as_written": "达产后"}
    assert "“达产后” does not occur" in problems(submit(staff, page, values))
    page = address(Observation, "change", observed.pk)
    values = {"source": source, "growth_as_written": "增长二成"}
    assert "“增长二成” does not occur" in problems(submit(staff, page, values))


def test_a_source(staff):
    row = factories.investment(as_written="33亿元", key="the-one")
    page = address(Source, "change", row.source_id)
    response = submit(staff, page, {"full_text": FULL})
    said = problems(response)
    assert "The words of 1 statement do not occur in this text." in said
    assert "the-one: “33亿元” does not occur." in said
    assert "３２亿元" in said
    # Closed, the section would hide what is wrong with it.
    assert b"<details" not in response.content
    assert Source.objects.get(pk=row.source_id).full_text == ""
    assert submit(staff, page, {"full_text": FULL.replace("３２", "33")}).status_code == 302
    assert "33亿元" in Source.objects.get(pk=row.source_id).full_text


def test_the_form_of_a_draft_shows_its_passages(staff, source):
    for build in STATEMENT.values():
        build(source=source, as_written="32亿元")
    one = Investment.objects.get()
    page = staff.get(address(Source, "change", source.pk)).content.decode()
    (shown,) = re.findall(r'<div class="full-text">(.*?)</div>', page, re.S)
    assert "4月26日签约。\n项目总投资 <a" in shown
    assert re.findall(r"(\d+)</a>", shown) == ["1", "2", "3", "4", "5", "6"]
    for kind in STATEMENT:
        assert f'href="{address(kind, "change", kind.objects.get().pk)}"' in shown
    assert one.get_absolute_url() not in shown
    assert "css/passages.css" in page


def test_a_form_without_a_full_text_shows_no_passages(staff):
    empty = factories.source()
    for page in (address(Source, "change", empty.pk), address(Source, "add")):
        content = staff.get(page).content.decode()
        assert 'name="full_text"' in content
        assert "full-text" not in content


def test_lists_do_not_read_full_texts(staff, source, django_assert_max_num_queries):
    one = factories.investment(source=source, as_written="32亿元")
    for model in (Source, *STATEMENT):
        with django_assert_max_num_queries(50) as queries:
            assert staff.get(address(model, "changelist")).status_code == 200
        assert not [query for query in queries if "full_text" in query["sql"]], model
    assert submit(staff, address(Source, "change", source.pk), {"title": "新"}).status_code == 302
    source.refresh_from_db()
    assert (source.title, source.full_text) == ("新", FULL)
    assert one.source_id == source.pk
