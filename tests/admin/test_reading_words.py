"""What words are read as, shown before saving; and one field for the words of each value."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import (
    STATEMENTS,
    Agreement,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Place,
    Project,
    Source,
    Target,
)
from tests import factories
from tests.admin.pages import address, as_opened, problems, submit, told
from tests.values.test_examples import (
    AMOUNTS,
    DATES,
    ENDS,
    REFUSED_AMOUNTS,
    REFUSED_DATES,
)

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:read-words")


@pytest.fixture
def source():
    """The publication of the table of words."""
    return factories.source(published="2020-04")


def read(client: Client, language: str = "en", **asked) -> str:
    """What the preview says, without its markup and with single blanks."""
    response = client.get(PAGE, asked, headers={"accept-language": language})
    assert response.status_code == 200, response.content.decode()
    return plain(response)


def plain(response) -> str:
    """The text of a piece of a page."""
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_amount_of_the_table(staff, language):
    for words, chinese, english in AMOUNTS:
        asked = {"kind": "amount", "words": words, "unit": "m²" if "m²" in english else "CNY"}
        assert f"{chinese} {english}" in read(staff, language, **asked)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_date_of_the_table(staff, source, language):
    for place, (words, _edtf, chinese, english) in enumerate(DATES):
        counted = {"counted_from": "2020-04-26"} if place >= len(DATES) - 2 else {}
        said = read(staff, language, kind="date", words=words, source=source.pk, **counted)
        assert f"{chinese} {english}" in said


def test_the_days_of_a_date_are_shown(staff, source):
    for words, first, last in ENDS:
        said = read(staff, kind="date", words=words, source=source.pk)
        days = f"first possible day {first or 'open'} last possible day {last}"
        assert days in said, words


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("32亿元", "lower bound 3,200,000,000, included upper bound 3,200,000,000, included"),
        (
            "数十亿元",
            "lower bound 2,000,000,000, included upper bound 10,000,000,000, not included",
        ),
        ("超5000亿元", "lower bound 500,000,000,000, not included upper bound open"),
        ("不超过5亿元", "lower bound open upper bound 500,000,000, included"),
    ],
)
def test_the_bounds_of_an_amount_are_shown(staff, words, bounds):
    assert bounds in read(staff, kind="amount", words=words, unit="CNY")


def test_an_amount_that_is_not_stated_has_no_bounds(staff):
    assert read(staff, kind="amount", words="未说明") == "未说明 not stated"


def test_a_period_is_a_whole_stretch(staff, source):
    said = read(staff, kind="period", words="上半年", source=source.pk)
    assert "first day 2020-01-01 last day 2020-06-30" in said
    assert "截至2020年 up to 2020" in read(staff, kind="period", words="截至2020年")


@pytest.mark.parametrize(
    ("language", "named"), [("zh-hans", "中的“{}”无法识别"), ("en", "“{}” in “")]
)
def test_the_part_that_is_not_understood_is_named(staff, source, language, named):
    for words, part in REFUSED_AMOUNTS.items():
        assert named.format(part) in read(staff, language, kind="amount", words=words, unit="CNY")
    for words, part in REFUSED_DATES.items():
        asked = {"kind": "date", "words": words, "source": source.pk}
        assert named.format(part) in read(staff, language, **asked)


def test_words_are_seen_from_the_source(staff):
    later = factories.source(published="2021-04-16")
    assert "2021-04-15 last" in read(staff, kind="date", words="4月15日", source=later.pk)
    assert "Choose the source too" in read(staff, kind="date", words="4月15日", source="")
    # The form of a source has no source itself.
    assert "was not understood" in read(staff, kind="date", words="4月15日")
    assert "2016-01-01" in read(staff, kind="date", words="2016年初", source="")
    assert "first possible day 2016-01-01" in read(staff, kind="date", words="2016-33")
    assert "“2016-13” is not a date" in read(staff, kind="date", words="2016-13")


def test_an_amount_in_the_unit_of_its_indicator(staff):
    area = factories.indicator(unit="m²")
    asked = {"kind": "amount", "indicator": area.pk}
    assert "500,000, included" in read(staff, words="50万", **asked)
    assert "The words are in organizations, the indicator in m²." in read(
        staff, words="5家", **asked
    )
    assert "the indicator in –" in read(staff, kind="amount", words="5家", indicator="")
    # That of an indicator whose form is open, and says another unit than is stored or none yet.
    assert "5家 5 organizations" in read(staff, words="5家", unit="organizations", **asked)


def test_a_sum_of_money(staff):
    assert "name no sum of money" in read(staff, kind="amount", words="5家", unit="CNY")
    assert "whole units" in read(staff, kind="amount", words="0.5元", unit="CNY")
    assert "5亿美元 USD 500 million" in read(staff, kind="amount", words="5亿美元", unit="CNY")


def test_nothing_typed_is_nothing_read(staff):
    for words in ("", "   "):
        response = staff.get(PAGE, {"kind": "amount", "words": words})
        assert (response.status_code, plain(response)) == (200, "")


def test_what_is_typed_comes_back_as_text(staff):
    response = staff.get(PAGE, {"kind": "amount", "words": "<script>alert(1)</script>"})
    assert b"<script" not in response.content


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({}, "kind: This field is required."),
        ({"kind": "sum"}, "kind: Select a valid choice."),
        ({"kind": "date", "source": "abc"}, "source: Select a valid choice."),
        ({"kind": "date", "source": "9" * 30}, "source: Select a valid choice."),
        ({"kind": "date", "source": "-1"}, "source: Select a valid choice."),
        ({"kind": "amount", "indicator": "0"}, "indicator: Select a valid choice."),
        ({"kind": "date", "counted_from": "some day"}, "counted from: Enter a valid date."),
        ({"kind": "amount", "unit": "m" * 21}, "unit: Ensure this value has at most 20"),
        ({"kind": "amount", "words": "一" * 501}, "words: Ensure this value has at most 500"),
    ],
)
def test_parameters_that_cannot_be_read(staff, asked, named):
    response = staff.get(PAGE, asked)
    assert response.status_code == 400
    assert named in plain(response)


@pytest.mark.parametrize(
    "words",
    [
        "%00",
        "%ED%A0%80",
        "%FF",
        "9" * 400,
        "1e400",
        "NaN",
        "亿" * 400,
        "\U0001f600" * 100,
        "-" * 500,
    ],
)
@pytest.mark.parametrize("kind", ["amount", "date", "period"])
def test_hostile_words(staff, kind, words):
    response = staff.get(f"{PAGE}?kind={kind}&words={words}")
    assert response.status_code in (200, 400)


def test_who_may_ask(db, client, staff):
    asked = {"kind": "amount", "words": "32亿元"}
    assert client.get(PAGE, asked).status_code == 302
    viewer = User.objects.create_user("viewer", is_staff=True)
    client.force_login(viewer)
    assert client.get(PAGE, asked).status_code == 403
    viewer.user_permissions.add(Permission.objects.get(codename="change_source"))
    response = client.get(PAGE, asked)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert client.post(PAGE, asked).status_code == 405


# One field for the words


@pytest.fixture
def shipped(db):
    """The shipped facts."""
    call_command("loaddata", "signing", "follow_ups", verbosity=0)


def stored() -> dict[tuple[str, int], dict]:
    """All that is stored of statements, but for the count of their states."""
    rows = {
        (kind.__name__, values.pop("id")): values
        for kind in STATEMENTS
        for values in kind.objects.values()
    }
    return {
        key: {name: row[name] for name in row if name != "version"} for key, row in rows.items()
    }


@pytest.mark.parametrize(
    ("language", "kinds"),
    [
        ("zh-hans", STATEMENTS),
        ("en", (Investment, MilestoneDate, Target, Observation)),
        ("zh-hans", (Source, Project, Indicator, Milestone, Agreement)),
    ],
)
def test_saving_an_untouched_form_changes_nothing(shipped, staff, language, kinds):
    staff.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    before = stored()
    for kind in kinds:
        for row in kind.objects.all():
            response = submit(staff, address(kind, "change", row.pk), {})
            assert response.status_code == 302, (row, problems(response))
            assert not [line for line in told(response) if "识别为" in line or "read as" in line]
    assert stored() == before


@pytest.mark.parametrize(
    ("kind", "key", "shown"),
    [
        (Investment, "a-kaifa-park-total", {"amount_words": "32亿元", "amount_low": None}),
        (Investment, "b-software-park-total", {"amount_words": "数十亿元", "amount_high": None}),
        (Investment, "a-mobile-finance-deal", {"amount_words": None, "date": "今年2月"}),
        (MilestoneDate, "b-itai-centre-opened", {"date": "未来3-5年"}),
        (MilestoneDate, "c-software-park-opened", {"date": "2023年"}),
        (MilestoneDate, "a-base-signed", {"date": "2020-04"}),
        (MilestoneDate, "a-kaifa-park-started", {"date": "../2020-04"}),
        (Target, "b-software-revenue-2022",
         {"amount_words": "at least CNY 300 billion", "amount_low": 300_000_000_000}),
        (Target, "c-software-park-floor-area",
         {"amount_words": "约50万平方米", "amount_approximate": False}),
        (Observation, "e-software-revenue-2022", {"amount_words": "超3000亿元", "period": "2022"}),
    ],
)  # fmt: skip
def test_a_stored_value_shows_the_words_that_give_it_back(shipped, staff, kind, key, shown):
    row = kind.objects.get(key=key)
    form = staff.get(address(kind, "change", row.pk)).context["adminform"].form
    assert {name: form[name].value() for name in shown} == shown


def investing(**values):
    return {"project": factories.project(), "source": factories.source()} | values


def changed(staff, row, **typed):
    """Change a stored row through its form."""
    response = submit(staff, address(type(row), "change", row.pk), typed)
    assert response.status_code == 302, problems(response)
    row.refresh_from_db()
    return told(response)


def folded(page) -> bool:
    """Whether the bounds of the record itself, which come before those of its rows, are folded."""
    (bounds,) = [part for part in page.context["adminform"] if "amount_low" in part.fields]
    return bounds.is_collapsible


def test_other_words_replace_what_is_stored(staff):
    row = factories.investment(amount="32亿元", as_written="项目总投资32亿元，分两期投入")
    messages = changed(staff, row, amount_words="不低于33亿元")
    assert (row.amount_low, row.amount_high) == (3_300_000_000, None)
    # What the publication has is not ours to overwrite.
    assert row.as_written == "项目总投资32亿元，分两期投入"
    assert "“不低于33亿元” was read as at least CNY 3.3 billion." in messages


def test_other_words_replace_bounds_by_hand(staff):
    row = factories.target(amount="CNY 300 billion", as_written="达到3000亿元规模")
    row.amount_high = None
    row.save()
    changed(staff, row, amount_words="超3100亿元")
    assert (row.amount_low, row.amount_high) == (310_000_000_000, None)
    assert not row.amount_low_included


def test_bounds_by_hand_replace_words_that_were_left_alone(staff):
    row = factories.investment(amount="32亿元")
    changed(staff, row, amount_low=3_000_000_000)
    assert (row.amount_low, row.amount_high) == (3_000_000_000, None)
    assert row.as_written == "32亿元"
    page = staff.get(address(Investment, "change", row.pk))
    form = page.context["adminform"].form
    assert form["amount_words"].value() == "at least CNY 3 billion"
    assert form["amount_low"].value() == 3_000_000_000
    assert not folded(page)
    assert "entered by hand" in page.content.decode()
    changed(staff, row, amount_low=3_200_000_000, amount_high=3_200_000_000)
    page = staff.get(address(Investment, "change", row.pk))
    assert folded(page)
    assert "entered by hand" not in page.content.decode()


def test_words_and_bounds_that_were_both_changed_have_to_agree(staff):
    row = factories.investment(amount="32亿元")
    page = address(Investment, "change", row.pk)
    said = problems(submit(staff, page, {"amount_words": "33亿元", "amount_low": 1}))
    assert "The words say CNY 3.3 billion, the bounds something else" in said
    row.refresh_from_db()
    assert row.amount_low == 3_200_000_000


def test_emptied_words_are_not_stated(staff):
    row = factories.investment(amount="32亿元")
    changed(staff, row, amount_words="")
    assert (row.amount_low, row.amount_high) == (None, None)


def test_words_shown_for_a_value_do_not_become_those_of_the_publication(staff):
    row = factories.investment(amount="32亿元", as_written="", date="2016-01/2016-04")
    changed(staff, row, said_by="甲")
    assert (row.as_written, row.amount_low, row.date) == ("", 3_200_000_000, "2016-01/2016-04")


def test_bounds_with_words_that_say_something_else_are_kept(staff):
    typed = investing(amount_low=5, amount_high=5, as_written="总投资若干")
    response = submit(staff, address(Investment, "add"), typed)
    assert response.status_code == 302
    row = Investment.objects.get()
    assert (row.amount_low, row.as_written) == (5, "总投资若干")


def test_a_date_that_another_source_dates_otherwise(staff):
    row = factories.milestone_date(
        date="2020-04-15", as_written="4月15日", source=factories.source(published="2020-04-26")
    )
    messages = changed(staff, row, source=factories.source(published="2021-04-16"))
    assert row.date == "2021-04-15"
    assert "“4月15日” was read as 15 April 2021." in messages


def test_a_refused_form_shows_what_was_read(staff):
    typed = {"source": factories.source(), "amount_words": "数十亿元", "date": "2016年初"}
    page = submit(staff, address(Investment, "add"), typed)
    assert "choose one" in problems(page)
    said = plain(page)
    assert "20亿元至不足100亿元 CNY 2 billion to below 10 billion" in said
    assert "first possible day 2016-01-01 last possible day 2016-04-30" in said


def test_wrong_bounds_are_not_folded(staff):
    page = submit(staff, address(Investment, "add"), investing(amount_low=2, amount_high=1))
    assert "the lower one comes first" in problems(page)
    assert not folded(page)
    assert folded(staff.get(address(Investment, "add")))


def test_bounds_that_are_typed_are_not_folded_where_something_else_is_wrong(staff):
    page = submit(staff, address(Investment, "add"), investing(amount_low=2, project=""))
    assert "choose one" in problems(page)
    assert not folded(page)


@pytest.mark.parametrize("inline", [False, True])
def test_the_button_reads_and_saves_nothing(staff, inline):
    row = {"amount_words": "数十亿元", "source": factories.source(), "unit": "CNY"}
    row |= {"basis": "announced", "per": "once"}
    project = factories.project()
    if inline:
        target = address(Project, "change", project.pk)
        page = submit(staff, target, {"_read": "1", "name_zh": "新"}, {"investments": [row]})
    else:
        page = submit(staff, address(Investment, "add"), row | {"project": project, "_read": "1"})
    assert "Nothing was saved yet" in problems(page)
    assert "CNY 2 billion to below 10 billion" in plain(page)
    assert not Investment.objects.exists()
    project.refresh_from_db()
    assert project.name_zh != "新"


def test_where_the_button_stands(staff):
    assert 'name="_read"' in staff.get(address(Investment, "add")).content.decode()
    assert 'name="_read"' in staff.get(address(Project, "add")).content.decode()
    assert 'name="_read"' not in staff.get(address(Place, "add")).content.decode()


def test_a_viewer_sees_the_amount(client):
    row = factories.investment(amount="数十亿元")
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    for page in (row, row.project):
        shown = client.get(
            address(type(page), "change", page.pk), headers={"accept-language": "en"}
        )
        assert "CNY 2 billion to below 10 billion" in shown.content.decode()


def test_reading_asks_nothing_for_a_row_of_an_inline(staff):
    """Two queries a row are left: its heading, and its source's name in the search box."""
    project = factories.project()

    def asked(rows: int) -> int:
        for _ in range(rows):
            factories.investment(project=project, amount="32亿元", date="2016-01")
        with CaptureQueriesContext(connection) as queries:
            staff.get(address(Project, "change", project.pk))
        return len(queries)

    assert asked(6) + 2 * 6 == asked(6)


def test_the_opened_form_is_what_a_browser_sends(staff):
    row = factories.investment(amount="约50亿元")
    data = as_opened(staff, address(Investment, "change", row.pk))
    assert data["amount_words"] == "约50亿元"
    assert "amount_low" not in data
