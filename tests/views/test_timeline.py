"""The page of the timeline."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from projects.models import MilestoneKind, Side
from projects.reports.delivery import milestones, steps
from projects.timeline.lanes import project_timeline
from projects.values.readers import Reader
from projects.values.scopes import Scope
from projects.views import timeline as page
from tests import factories

pytestmark = pytest.mark.django_db


def get(client, query=""):
    return client.get(f"/timeline/?lang=en&{query}")


def lanes(response):
    """The names of the lanes under each heading."""
    return {
        group.heading.label: [lane.subject.name for lane in group.lanes]
        for group in response.context["timeline"].groups
    }


def problems(response):
    return [problem.name for problem in response.context["problems"]]


@pytest.fixture
def shipped():
    call_command("loaddata", "signing", "follow_ups", verbosity=0)


@pytest.mark.usefixtures("shipped")
class TestShipped:
    def test_agreements_come_first_then_the_largest_group_then_several(self, client):
        assert lanes(get(client)) == {
            "Agreements and plans": [
                "Chongqing action plan for the high-quality development of software and "
                "information services (2020–2022)",
                "Agreement on the ITAI industry demonstration base (base agreement)",
                "Strategic cooperation agreement",
            ],
            "China Electronics Corporation (CEC)": [
                "Kaifa smart-device industrial park",
                "Optics Valley Zhichuang Park",
                "CEC Chongqing software park",
                "South-west ITAI demonstration centre",
            ],
            "Several organizations": [
                "Smart-transport IoT and big-data service platform",
                "Mobile Finance restructuring, citizen services",
            ],
        }

    def test_a_project_of_several_sectors_stands_under_several(self, client):
        found = lanes(get(client, "by=sector"))

        assert found["Several sectors"] == ["CEC Chongqing software park"]
        assert found["No sector stated"] == ["Optics Valley Zhichuang Park"]

    def test_no_lane_is_repeated(self, client):
        for way in ("organization", "sector", "place"):
            names = [name for group in lanes(get(client, f"by={way}")).values() for name in group]
            assert len(names) == len(set(names)) == 9

    def test_a_year_shows_what_touches_it(self, client):
        response = get(client, "range=2023")

        assert lanes(response) == {
            "China Electronics Corporation (CEC)": [
                "CEC Chongqing software park",
                "South-west ITAI demonstration centre",
            ]
        }
        assert "Besides, 4 projects are dated, but not in 2023." in response.content.decode()

    def test_what_was_known_then(self, client):
        response = get(client, "as_of=2020-12-31")

        names = [name for group in lanes(response).values() for name in group]
        assert "CEC Chongqing software park" not in names
        assert "as known on 31 December 2020" in response.content.decode()
        assert get(client, "as_of=2019-01-01").context["timeline"].groups == ()

    def test_a_place_narrows_it(self, client):
        names = [name for group in lanes(get(client, "place=shapingba")).values() for name in group]

        assert names == ["Optics Valley Zhichuang Park"]

    def test_the_list_has_the_words_and_the_way_to_the_statement(self, client):
        text = get(client, "as_of=2024-06-01").content.decode()

        listed = text.partition('<h2 id="timeline-list">')[2]
        assert "26 April 2023 – 26 April 2025" in listed
        assert "by April 2020" in listed
        assert re.search(r'href="/statements/milestone-date/\d+/\?as_of=2024-06-01&', listed)

    def test_undated_milestones_are_listed_below(self, client):
        below = get(client).content.decode().partition("<h2>Not dated</h2>")[2]

        assert "Park at capacity" in below
        assert "Health big-data services" in below
        assert "Optics Valley Zhichuang Park" not in below

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_every_lane_is_drawn_as_often_as_it_is_listed(self, client, language):
        response = client.get(f"/timeline/?lang={language}")
        text = response.content.decode()

        entries = [
            entry
            for group in response.context["timeline"].groups
            for lane in group.lanes
            for entry in lane.entries
        ]
        assert len(entries) == text.count('class="timeline-entry ') == 11
        assert text.count("<title>") == len(entries) + 1

    def test_the_policy_for_styles_and_scripts_is_kept(self, client):
        text = get(client).content.decode()

        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)


def test_due_and_overdue_are_told_apart_by_shape_and_word(client):
    project = factories.project()
    for kind, side, day in (
        (MilestoneKind.SIGNED, Side.REACHED, "2020-01-01"),
        (MilestoneKind.STARTED, Side.DUE, "2021-01-01"),
        (MilestoneKind.OPENED, Side.DUE, "2999-01-01"),
    ):
        milestone = factories.milestone(project=project, kind=kind)
        factories.milestone_date(milestone=milestone, side=side, date=day)

    text = get(client).content.decode()

    picture = text.partition('class="timeline-lanes"')[2].partition("timeline-legend")[0]
    assert re.findall(r'<use href="#timeline-(\w+)"', picture) == ["reached", "overdue", "due"]
    assert "due · 1 January 2021 · overdue" in picture


def test_an_overdue_sign_does_not_stand_where_the_year_ends(client):
    factories.milestone_date(side=Side.DUE, date="2021-06/2022-06")

    sign = '<use href="#timeline-overdue" x='
    # Without the legend's, one for each picture that holds the last possible day.
    assert sign not in picture_of(get(client, "range=2021"))
    assert sign in picture_of(get(client, "range=2022"))


def picture_of(response):
    text = response.content.decode()
    return text.partition('class="timeline-lanes"')[2].partition("timeline-legend")[0]


def test_an_empty_portfolio_says_so_and_draws_nothing(client):
    text = get(client).content.decode()

    assert "No date of any milestone is stated here yet." in text
    assert "timeline-picture" not in text


def test_an_empty_year_leads_back_to_all(client):
    factories.milestone_date(date="2019-05")

    text = get(client, "range=2023").content.decode()

    assert "Nothing is dated in 2023." in text
    assert '<a href="?lang=en">Show all years</a>' in text


def test_drafts_are_not_shown(client):
    factories.milestone_date(source=factories.source(draft=True))

    assert get(client).context["timeline"].groups == ()


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("range=soon", "range"),
        ("range=0000", "range"),
        ("by=colour", "by"),
        ("page=2", "page"),
        ("page=x", "page"),
        ("zoom=3", "zoom"),
    ],
)
def test_what_cannot_be_read_is_named(client, query, name):
    response = get(client, query)

    assert response.status_code == 200
    assert problems(response) == [name]


@pytest.mark.parametrize("query", ["", "range=all", "range=decade", "range=0001", "range=9999"])
def test_what_can_be_read_is_no_problem(client, query):
    response = get(client, query)

    assert response.status_code == 200
    assert problems(response) == []


def test_the_whole_calendar_can_be_shown(client):
    factories.milestone_date(date="0001/9999")

    assert get(client).context["timeline"].window.days == date.max.toordinal()


def test_an_organization_stands_for_its_whole_group(client):
    root = factories.organization(name_en="Root")
    branch = factories.organization(parent=factories.organization(parent=root))
    of_branch, of_both = factories.project(), factories.project()
    factories.participation(project=of_branch, organization=branch)
    factories.participation(project=of_both, organization=branch)
    factories.investment(project=of_both, organizations=[root])
    for project in (of_branch, of_both):
        factories.milestone_date(milestone=factories.milestone(project=project))

    assert lanes(get(client)) == {"Root": [of_branch.name_en, of_both.name_en]}


def test_many_lanes_come_in_pages(client, monkeypatch):
    monkeypatch.setattr(page, "LANES", 2)
    for _number in range(3):
        factories.milestone_date()

    assert [len(lanes) for lanes in lanes(get(client)).values()] == [2]
    second = get(client, "page=2")
    assert [len(lanes) for lanes in lanes(second).values()] == [1]
    assert "Page 2 of 2" in second.content.decode()


def test_pages_have_every_lane_once_wherever_what_is_remembered_ends(client, monkeypatch):
    monkeypatch.setattr(page, "LANES", 2)
    monkeypatch.setattr(page, "TOGETHER", 2)
    for month in (3, 1, 7, 5, 2, 6, 4):
        stated = factories.milestone_date(date=f"2021-{month:02d}-15")
        stated.milestone.project.name_en = f"{month:02d}"
        stated.milestone.project.save()

    found = []
    for number in (4, 1, 3, 2):
        names = [name for group in lanes(get(client, f"page={number}")).values() for name in group]
        found.append((number, names))

    assert sorted(found) == [(1, ["01", "02"]), (2, ["03", "04"]), (3, ["05", "06"]), (4, ["07"])]
    with CaptureQueriesContext(connection) as queries:
        get(client, "page=3")
    assert not [one for one in queries if "GROUP BY" in one["sql"]]


def test_of_dates_that_begin_together_the_one_that_is_over_first_comes_first(client):
    for when in ("2021", "2021-01-01", "2021-01-01/..", "../2021-01-01"):
        stated = factories.milestone_date(date=when)
        stated.milestone.project.name_en = when
        stated.milestone.project.save()

    names = [name for group in lanes(get(client)).values() for name in group]

    assert names == ["2021-01-01", "../2021-01-01", "2021", "2021-01-01/.."]


def test_headings_count_their_lanes_and_go_on_over_pages(client, monkeypatch):
    monkeypatch.setattr(page, "LANES", 2)
    of_three, of_one = (
        factories.organization(name_en="Three"),
        factories.organization(name_en="One"),
    )
    for organization in (of_three, of_three, of_three, of_one):
        project = factories.project()
        factories.participation(project=project, organization=organization)
        factories.milestone_date(milestone=factories.milestone(project=project))

    first, second = get(client), get(client, "page=2")

    def headings(response):
        found = [group.heading for group in response.context["timeline"].groups]
        return [(one.label, one.place, one.count, one.continued) for one in found]

    assert headings(first) == [("Three", 1, 3, False)]
    assert headings(second) == [("Three", 1, 3, True), ("One", 2, 1, False)]
    assert 'href="?lang=en&amp;page=2#heading-2">One</a>' in first.content.decode()
    assert 'href="?lang=en&amp;page=1#heading-1">Three</a>' in second.content.decode()
    assert second.content.decode().count("Three (continued)") == 2  # in the picture and the list


def test_one_page_of_lanes_needs_no_list_of_headings(client):
    factories.milestone_date()

    assert "Headings of the timeline" not in get(client).content.decode()


def test_the_picture_is_not_told_again_to_those_who_have_the_list(client):
    factories.milestone_date(date="2021-04-15")

    text = get(client).content.decode()

    picture = text.partition('<div aria-hidden="true">')[2].partition("timeline-legend")[0]
    links = re.findall(r"<a [^>]*>", picture)
    assert len(links) == 2
    assert all('tabindex="-1"' in link for link in links)
    assert "15 April 2021" in picture
    assert "15 April 2021" in text.partition('<h2 id="timeline-list">')[2]


@pytest.mark.parametrize("zoom", ["", "decade", "2023"])
def test_zooming_keeps_the_day_and_the_grouping(client, zoom):
    factories.milestone_date(date="2023-05", source=factories.source(published="2023-06-01"))

    text = get(client, f"as_of=2024-01-01&by=place&range={zoom}").content.decode()

    years = text.partition('aria-labelledby="timeline-range"')[2].partition("</ul>")[0]
    links = re.findall(r'href="\?([^"]*)"', years)
    assert all("as_of=2024-01-01&amp;by=place" in link for link in links)
    zooms = {re.search(r"range=(\w+)|$", link)[1] for link in links}
    assert zooms == {None, "decade", *(("2022", "2023", "2024") if zoom == "2023" else ("2024",))}


def test_the_number_of_queries_does_not_grow(client):
    counts = []
    for _round in range(2):
        for _number in range(5):
            project = factories.project(
                places=[factories.place()],
                sectors=[factories.sector()],
                agreement=factories.agreement(),
            )
            factories.participation(project=project)
            factories.milestone_date(milestone=factories.milestone(project=project))
            factories.milestone_date(milestone=factories.milestone(agreement=project.agreement))
            factories.milestone(project=project)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get(client)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15


def test_one_projects_picture_needs_no_request():
    reader = Reader(date(2026, 11, 23))
    stated = factories.milestone_date(date="2023-05")
    found = steps(milestones(reader, Scope()), reader)

    text = render_to_string(
        "components/timeline.html", {"timeline": project_timeline(found, reader)}
    )

    assert f'href="/projects/{stated.milestone.project.slug}/#{stated.milestone.slug}"' in text
    assert "?range=" not in text
    assert "timeline-legend" in text


def test_a_project_without_dates_has_no_picture():
    timeline = project_timeline([], Reader(date(2026, 11, 23)))

    assert render_to_string("components/timeline.html", {"timeline": timeline}).strip() == ""
