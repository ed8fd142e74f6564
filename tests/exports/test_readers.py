"""Who sees what in a file: the as-of day, drafts, and what a group counts."""

from datetime import date

import pytest

from projects.exports import EXPORTS
from projects.models import Source
from tests import factories
from tests.exports.reading import asked, by, content, lines, picked

pytestmark = pytest.mark.django_db


def test_nothing_is_out_before_the_first_publication(shipped):
    early = asked(as_of=date(2020, 3, 31))

    assert {name: len(lines(name, early)) for name in EXPORTS} == dict.fromkeys(EXPORTS, 0)


def test_files_as_of_the_signing_name_no_later_publication(shipped):
    signing = asked(as_of=date(2020, 4, 30))
    text = "".join(content(name, signing).decode() for name in EXPORTS)

    later = Source.objects.filter(published_latest__gt=date(2020, 4, 30))
    assert len(later) == 7
    assert [source.slug for source in later if source.slug in text] == []


def test_files_as_of_the_signing_hold_what_was_out(shipped):
    signing = asked(as_of=date(2020, 4, 30))

    counts = [
        len(lines(name, signing)) for name in ("projects", "investments", "targets", "sources")
    ]
    assert counts == [11, 6, 3, 2]


def test_stages_and_promises_are_those_of_the_day():
    project = factories.project(slug="p")
    late = factories.source(published="2021-05")
    factories.investment(project=project, amount="3亿元", source=factories.source(published="2020"))
    factories.investment(project=project, amount="40亿元以上", source=late)

    now = by("slug", lines("projects"))["p"]
    then = by("slug", lines("projects", asked(as_of=date(2020, 12, 31))))["p"]

    assert picked(now, "promised_low", "promised_high") == ("4300000000", "")
    assert picked(then, "promised_low", "promised_high") == ("300000000", "300000000")


@pytest.mark.parametrize("name", EXPORTS)
def test_a_draft_appears_nowhere(name):
    """Neither its own rows nor its keys in the rows of others nor the full text of any source."""
    draft = factories.source(slug="secret-source", title="secret", draft=True)
    out = factories.source(slug="open", full_text="secret")
    shared = factories.organization(slug="shared", parent=factories.organization(slug="above"))
    hidden = factories.organization(slug="secret-organization")
    project = factories.project(
        slug="p", agreement=factories.agreement(slug="secret-agreement", name_zh="secret")
    )
    factories.agreement_party(agreement=project.agreement, organization=hidden, source=draft)
    whole = factories.investment(key="secret-whole", project=project, source=draft)
    stands = factories.investment(key="secret-stands", project=project, source=draft)
    factories.investment(
        project=project, organizations=[shared], source=out, part_of=whole, restates=stands
    )
    step = factories.milestone(project=project)
    first = factories.milestone_date(key="secret-date", milestone=step, source=draft)
    factories.milestone_date(milestone=step, source=out, restates=first)
    wider = factories.indicator(slug="secret-wider", project=project)
    narrow = factories.indicator(project=project, wider=wider)
    factories.observation(indicator=wider, source=draft)
    factories.observation(indicator=narrow, source=out)
    factories.target(indicator=narrow, source=out)
    factories.participation(project=project, organization=shared, source=out)
    factories.organization(
        slug="child", parent=shared, parent_source=draft, parent_locator="secret"
    )
    factories.participation(project=project, source=out)

    assert "secret" not in content(name).decode()


def test_the_parent_that_only_a_draft_names_is_not_told():
    above = factories.organization(slug="above")
    draft = factories.source(draft=True)
    child = factories.organization(
        slug="child", parent=above, parent_source=draft, parent_locator="p. 1"
    )
    factories.participation(organization=child)
    factories.participation(organization=above)

    told = by("slug", lines("organizations"))["child"]

    assert picked(told, "parent", "parent_source", "parent_locator") == ("", "", "")


def test_one_that_stands_in_for_a_draft_says_that_it_stands():
    draft = factories.investment(source=factories.source(draft=True))
    factories.investment(project=draft.project, restates=draft)

    (line,) = lines("investments")

    assert picked(line, "stands", "counted", "restates", "restates_how") == ("true", "true", "", "")


def test_a_target_that_does_not_stand_has_no_verdict():
    measured = factories.indicator()
    stands = factories.target(key="new", indicator=measured)
    factories.target(key="old", indicator=measured, restates=stands, period="2022")
    factories.observation(indicator=measured, period="2022")

    found = by("statement_id", lines("targets"))

    # 90 of at least 100.
    assert picked(found["new"], "verdict", "attainment") == ("missed", "90.0")
    assert picked(found["old"], "verdict", "outlook", "attainment") == ("", "", "")


@pytest.mark.parametrize(
    ("observed", "expected"),
    [("90亿元至91亿元", "90.0/91.0"), ("120亿元以上", "120.0/.."), ("不超过80亿元", "../80.0")],
)
def test_a_vague_figure_attains_both_its_ends(observed, expected):
    measured = factories.indicator()
    factories.target(indicator=measured)
    factories.observation(indicator=measured, period="2022", amount=observed)

    (line,) = lines("targets")

    assert line["attainment"] == expected


def test_reasons_why_an_investment_does_not_count():
    inside, outside = factories.organization(), factories.organization()
    whole = factories.investment(key="whole", organizations=[inside])
    factories.investment(
        key="part", organizations=[inside], project=whole.project, part_of=whole, amount="1000万元"
    )
    factories.investment(key="joint", organizations=[inside, outside])

    everything = by("statement_id", lines("investments"))
    of_group = by("statement_id", lines("investments", asked(group=[inside.pk])))

    reasons = {key: line["not_counted_because"] for key, line in everything.items()}
    assert reasons == {"whole": "", "part": "part_of", "joint": ""}
    assert everything["part"]["part_of"] == "whole"
    assert everything["joint"]["organizations"] == ";".join(sorted([inside.slug, outside.slug]))
    assert picked(of_group["joint"], "counted", "not_counted_because") == ("false", "joint")
    assert of_group["whole"]["counted"] == "true"


def test_a_project_promises_a_group_what_its_members_put_in_alone():
    inside, outside = factories.organization(), factories.organization()
    project = factories.project()
    factories.investment(project=project, organizations=[inside], amount="3亿元")
    factories.investment(project=project, organizations=[inside, outside], amount="5亿元")

    (everything,) = lines("projects")
    (of_group,) = lines("projects", asked(group=[inside.pk]))

    assert everything["promised_low"] == "800000000"
    assert of_group["promised_low"] == "300000000"


def test_agreements_tell_what_stands_and_is_out():
    """The last of two signings, as for stages; neither rival dates nor what only drafts state."""
    draft = factories.source(draft=True)
    pact = factories.agreement()
    first = factories.milestone(agreement=pact, kind="signed")
    second = factories.milestone(agreement=pact, kind="signed")
    factories.milestone_date(milestone=second, date="2020-06")
    stands = factories.milestone_date(milestone=first, date="2020-04")
    factories.milestone_date(milestone=first, date="2020-09", restates=stands)
    party = factories.agreement_party(
        agreement=pact, organization=factories.organization(slug="stands")
    )
    factories.agreement_party(agreement=pact, restates=party)
    factories.project(agreement=pact)
    factories.participation(project=factories.project(agreement=pact), source=draft)

    (line,) = lines("agreements")

    assert picked(line, "parties", "signed", "projects") == ("stands", "2020-06", "1")
