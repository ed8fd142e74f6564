"""The geometry of the timeline, with positions worked out by hand in percent of the width."""

from datetime import date

import pytest
from django.utils.translation import override

from projects.models import MilestoneState, Side
from projects.reports.delivery import steps
from projects.timeline.axis import Window, read_window, ticks, whole_years
from projects.timeline.lanes import MARGIN, ROW, Heading, draw_timeline, project_timeline
from projects.timeline.marks import End, Mark, draw, pack, words_fit
from projects.values.readers import Reader
from tests import factories

READER = Reader(date(2026, 11, 23))

# 100 days, so that a day is one percent wide.
HUNDRED = Window(date(2023, 1, 1), date(2023, 4, 10))


def test_the_window_counts_both_ends():
    assert HUNDRED.days == 100
    assert Window(date(2023, 5, 1), date(2023, 5, 1)).days == 1


def test_a_day_in_the_middle_lies_in_the_middle():
    # 2023 has 365 days; 2 July is the 183rd, with 182 before it and 182 after it.
    year = Window(date(2023, 1, 1), date(2023, 12, 31))

    assert draw(date(2023, 7, 2), date(2023, 7, 2), year) == Mark(50.0)


def test_the_first_and_the_last_day_lie_half_a_day_inside():
    assert draw(date(2023, 1, 1), date(2023, 1, 1), HUNDRED) == Mark(0.5)
    assert draw(date(2023, 4, 10), date(2023, 4, 10), HUNDRED) == Mark(99.5)


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2023, 4, 11)])
def test_a_day_outside_is_not_drawn(day):
    assert draw(day, day, HUNDRED) is None


def test_a_span_reaches_from_the_start_of_its_first_to_the_end_of_its_last_day():
    # Days 11 to 30 of the hundred: 10 before it, 20 long.
    assert draw(date(2023, 1, 11), date(2023, 1, 30), HUNDRED) == Mark(
        10.0, 20.0, End.SOFT, End.SOFT
    )


def test_a_span_that_fills_the_window_exactly_keeps_its_soft_ends():
    assert draw(HUNDRED.first, HUNDRED.last, HUNDRED) == Mark(0.0, 100.0, End.SOFT, End.SOFT)


@pytest.mark.parametrize(
    ("earliest", "latest", "mark"),
    [
        (date(2022, 6, 1), date(2023, 1, 20), Mark(0.0, 20.0, End.CUT, End.SOFT)),
        (date(2023, 4, 1), date(2024, 1, 1), Mark(90.0, 10.0, End.SOFT, End.CUT)),
        (date(1, 1, 1), date(9999, 12, 31), Mark(0.0, 100.0, End.CUT, End.CUT)),
    ],
)
def test_a_span_is_cut_where_the_window_ends(earliest, latest, mark):
    assert draw(earliest, latest, HUNDRED) == mark


@pytest.mark.parametrize(
    ("earliest", "latest", "mark"),
    [
        (None, date(2023, 2, 9), Mark(0.0, 40.0, End.OPEN, End.SOFT)),
        (date(2023, 2, 10), None, Mark(40.0, 60.0, End.SOFT, End.OPEN)),
        (None, date(2024, 1, 1), Mark(0.0, 100.0, End.OPEN, End.CUT)),
        (date(2022, 1, 1), None, Mark(0.0, 100.0, End.CUT, End.OPEN)),
        (None, date(2022, 12, 31), None),
        (date(2023, 4, 11), None, None),
    ],
)
def test_an_open_end_reaches_the_border_and_fades_out(earliest, latest, mark):
    assert draw(earliest, latest, HUNDRED) == mark


def test_a_mark_knows_its_middle_its_right_and_its_mask():
    mark = Mark(10.0, 20.0, End.OPEN, End.SOFT)

    assert (mark.middle, mark.right, mark.fade) == (20.0, 30.0, "open-soft")
    assert not mark.exact
    assert Mark(10.0).exact


def test_only_a_short_span_is_narrow():
    assert Mark(10.0, 1.9, End.SOFT, End.SOFT).narrow
    assert not Mark(10.0, 2.0, End.SOFT, End.SOFT).narrow
    assert not Mark(10.0).narrow


def test_the_last_possible_day_is_shown_unless_it_lies_outside():
    assert Mark(10.0).last_shown
    assert Mark(10.0, 20.0, End.CUT, End.SOFT).last_shown
    assert not Mark(10.0, 90.0, End.SOFT, End.CUT).last_shown


@pytest.mark.parametrize(
    ("mark", "overdue", "extent"),
    [
        # A pixel is 100 / 320 = 0.3125 percent; a mark takes 9 on either side, a wide one 12.
        (Mark(10.0), False, (7.1875, 12.8125)),
        (Mark(10.0), True, (6.25, 13.75)),
        (Mark(10.0, 1.0, End.SOFT, End.SOFT), False, (6.75, 14.25)),
        (Mark(10.0, 1.0, End.SOFT, End.SOFT), True, (6.75, 18.0)),
        (Mark(10.0, 20.0, End.SOFT, End.SOFT), False, (10.0, 30.0)),
        (Mark(10.0, 20.0, End.SOFT, End.SOFT), True, (10.0, 33.75)),
        (Mark(10.0, 90.0, End.SOFT, End.CUT), True, (10.0, 100.0)),
    ],
)
def test_a_mark_takes_room_by_its_size_on_a_telephone(mark, overdue, extent):
    assert mark.extent(overdue) == extent


@pytest.mark.parametrize(
    ("mark", "overdue", "start"),
    [
        (Mark(10.0), False, (10.0, 11)),
        (Mark(10.0), True, (10.0, 14)),
        (Mark(10.0, 1.0, End.SOFT, End.SOFT), False, (10.5, 14)),
        (Mark(10.0, 1.0, End.SOFT, End.SOFT), True, (10.5, 26)),
        (Mark(10.0, 20.0, End.SOFT, End.SOFT), False, (30.0, 6)),
        (Mark(10.0, 20.0, End.SOFT, End.SOFT), True, (30.0, 14)),
    ],
)
def test_words_begin_behind_the_mark_and_its_sign(mark, overdue, start):
    assert mark.words_start(overdue) == start


@pytest.mark.parametrize(
    ("words", "end", "fit"),
    [
        # 11 pixels and 13 for each Chinese sign, 8 for each other one, of 4.8 for a percent.
        ("开工建设", 23.2, True),  # 63 of 63.36
        ("开工建设", 23.0, False),  # 63 of 62.4
        ("Opening", 24.0, True),  # 67 of 67.2
        ("Opening", 23.9, False),  # 67 of 66.72
    ],
)
def test_words_stand_only_where_they_end_before_the_next_mark(words, end, fit):
    assert words_fit(words, (10.0, 11), end) is fit


def test_marks_that_would_touch_take_rows_of_their_own():
    # Crisp marks need 5.625: 15 touches 10, 15.7 is clear of 10, and 21 is clear of 15 only.
    marks = (Mark(x) for x in (10.0, 15.0, 15.7, 21.0))

    assert pack(mark.extent() for mark in marks) == [0, 1, 0, 1]


def test_a_mark_behind_a_long_span_waits_for_its_end():
    span = Mark(0.0, 50.0, End.OPEN, End.SOFT)

    marks = [span, Mark(30.0), Mark(52.0), Mark(60.0)]
    assert pack(mark.extent() for mark in marks) == [0, 1, 1, 0]


def test_all_is_whole_years_and_holds_today():
    window = read_window("all", [date(2016, 3, 1), date(2020, 4, 26)], date(2026, 11, 23))

    assert window == Window(date(2016, 1, 1), date(2026, 12, 31))
    assert window.label == "2016–2026"


def test_all_of_nothing_is_the_year_of_today():
    assert read_window("all", [], date(2026, 11, 23)).label == "2026"


def test_a_decade_is_that_of_today():
    window = read_window("decade", [date(2016, 3, 1)], date(2026, 11, 23))

    assert window == Window(date(2020, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("today", "label"), [(date(9, 5, 1), "0001–0009"), (date(9995, 1, 1), "9990–9999")]
)
def test_the_calendar_ends_a_decade(today, label):
    assert read_window("decade", [], today).label == label


def test_a_year_is_that_year():
    window = read_window("2023", [], date(2026, 11, 23))

    assert window == Window(date(2023, 1, 1), date(2023, 12, 31))
    assert (window.one_year, window.label) == (True, "2023")


@pytest.mark.parametrize(
    "words", ["", "0000", "23", "20233", "２０２３", "decades", "2023-01", " 2023"]
)
def test_other_words_are_refused(words):
    with pytest.raises(ValueError):
        read_window(words, [], date(2026, 11, 23))


def test_the_axis_of_a_year_has_its_months():
    year = read_window("2023", [], date(2026, 11, 23))

    assert [tick.label for tick in ticks(year, "zh-hans")][:2] == ["1月", "2月"]
    months = ticks(year, "en")
    assert (len(months), months[0].label, months[11].label) == (12, "Jan", "Dec")
    # 1 December comes after 334 of 365 days.
    assert (months[0].x, months[11].x, months[0].year) == (0.0, 91.507, "")


def test_the_axis_of_some_years_has_each_year():
    # 2016 to 2019: 1461 days, of which 366 belong to 2016.
    years = ticks(whole_years([date(2016, 5, 1), date(2019, 5, 1)]), "en")

    assert [(tick.label, tick.year) for tick in years] == [
        (year, year) for year in ("2016", "2017", "2018", "2019")
    ]
    assert [tick.x for tick in years[:2]] == [0.0, 25.051]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (2016, 2027, [str(year) for year in range(2016, 2028)]),
        (2016, 2028, ["2016", "2018", "2020", "2022", "2024", "2026", ""]),
        (1990, 2049, ["1990", "1995", *(str(year) for year in range(2000, 2045, 5)), "2045"]),
    ],
)
def test_many_years_are_labelled_in_steps(first, last, labels):
    window = whole_years([date(first, 1, 1), date(last, 1, 1)])

    assert [tick.label for tick in ticks(window, "en")] == labels


def test_all_the_calendar_has_few_ticks():
    assert len(ticks(whole_years([date.min, date.max]), "en")) <= 12


@pytest.mark.django_db
class TestLanes:
    def drawn(self, milestone_dates, window=HUNDRED, reader=READER):
        of_milestone = {}
        for one in milestone_dates:
            of_milestone.setdefault(one.milestone.pk, one.milestone).state = MilestoneState.OVERDUE
        found = steps(of_milestone.values(), reader)
        timeline = draw_timeline(
            [(Heading(""), [(milestone_dates[0].subject, found)])], window, reader
        )
        return timeline.groups[0].lanes[0] if timeline.groups else None

    def test_a_lane_has_its_dates_in_order(self):
        project = factories.project()
        late, early = (
            factories.milestone_date(milestone=factories.milestone(project=project), date=day)
            for day in ("2023-04-01", "2023-01-01")
        )

        lane = self.drawn([late, early])

        assert [entry.statement for entry in lane.entries] == [early, late]
        assert [entry.mark.x for entry in lane.entries] == [0.5, 90.5]

    def test_a_lane_is_as_high_as_its_rows(self):
        project = factories.project()
        both = [
            factories.milestone_date(milestone=factories.milestone(project=project), date=day)
            for day in ("2023-02-01", "2023-02-02")
        ]

        lane = self.drawn(both)

        assert lane.height == 2 * MARGIN + 2 * ROW == 56
        assert [(entry.y, entry.top) for entry in lane.entries] == [(16, 10), (40, 34)]

    def test_milestones_are_named_where_there_is_room(self):
        project = factories.project()
        for day, name in (
            ("2023-01-05", "开工建设"),
            ("2023-01-25", "签约"),
            ("2023-03-31", "启用"),
        ):
            milestone = factories.milestone(project=project, name_zh=name)
            last = factories.milestone_date(milestone=milestone, date=day)
        dates = list(type(last).objects.order_by("date"))

        with override("zh-hans"):
            lane = self.drawn(dates)

        # At 4.5, 24.5 and 89.5: the first has 17.2 % or 82 pixels, and the last one 50 to the end.
        assert [entry.words for entry in lane.entries] == ["开工建设", "签约", "启用"]
        assert {entry.row for entry in lane.entries} == {0}

    def test_a_name_without_room_is_left_away(self):
        project = factories.project()
        for day, name in (("2023-01-05", "开工建设"), ("2023-01-12", "签约")):
            milestone = factories.milestone(project=project, name_zh=name)
            last = factories.milestone_date(milestone=milestone, date=day)
        dates = list(type(last).objects.order_by("date"))

        with override("zh-hans"):
            lane = self.drawn(dates)

        # 4.5 and 11.5 share a row, and between them are 20 pixels.
        assert [(entry.row, entry.words) for entry in lane.entries] == [(0, ""), (0, "签约")]

    def test_the_lane_of_a_milestone_is_not_named_twice(self):
        milestone = factories.milestone_date(date="2023-01-05").milestone
        milestone.state = MilestoneState.REACHED

        [group] = project_timeline(steps([milestone], READER), READER).groups

        assert [entry.words for entry in group.lanes[0].entries] == [""]

    def test_due_and_reached_of_one_milestone_are_both_drawn(self):
        milestone = factories.milestone()
        factories.milestone_date(milestone=milestone, side=Side.DUE, date="2023-01")
        reached = factories.milestone_date(milestone=milestone, date="2023-03-01")

        lane = self.drawn([reached])

        assert [entry.statement.side for entry in lane.entries] == ["due", "reached"]

    @pytest.mark.parametrize(
        ("side", "state", "sign"),
        [
            (Side.REACHED, MilestoneState.REACHED, "reached"),
            (Side.DUE, MilestoneState.REACHED, "due"),
            (Side.DUE, MilestoneState.SCHEDULED, "due"),
            (Side.DUE, MilestoneState.POSSIBLY_DUE, "due"),
            (Side.DUE, MilestoneState.OVERDUE, "overdue"),
            (Side.DUE, MilestoneState.PASSED_OVER, "passed_over"),
            (Side.NOT_YET, MilestoneState.OVERDUE, "not_yet"),
        ],
    )
    def test_a_sign_follows_the_side_and_the_state(self, side, state, sign):
        stated = factories.milestone_date(side=side, date="2023-02-01")
        stated.milestone.state = state
        found = steps([stated.milestone], READER)

        timeline = draw_timeline([(Heading(""), [(stated.subject, found)])], HUNDRED, READER)

        assert timeline.groups[0].lanes[0].entries[0].sign == sign

    def test_what_is_not_in_the_window_has_no_lane_and_no_heading(self):
        assert self.drawn([factories.milestone_date(date="2019-05")]) is None

    def test_a_due_date_without_a_date_is_not_drawn(self):
        assert self.drawn([factories.milestone_date(side=Side.DUE, date="")]) is None

    def test_a_hundred_lanes_keep_their_order(self):
        dates = [
            factories.milestone_date(date=f"2023-0{1 + number % 3}-01") for number in range(100)
        ]
        for one in dates:
            one.milestone.state = MilestoneState.REACHED
        found = steps([one.milestone for one in dates], READER)
        subjects = [(step.milestone.project, [step]) for step in found]

        [group] = draw_timeline([(Heading("all"), subjects)], HUNDRED, READER).groups

        assert [lane.subject for lane in group.lanes] == [one.subject for one in dates]
        assert {lane.height for lane in group.lanes} == {2 * MARGIN + ROW}

    def test_the_readers_day_is_marked_where_it_is_shown(self):
        shown = draw_timeline([], HUNDRED, Reader(date(2026, 1, 1), as_of=date(2023, 1, 10)))
        hidden = draw_timeline([], HUNDRED, READER)

        assert (shown.now, hidden.now) == (9.5, None)

    def test_one_project_has_a_lane_for_each_milestone(self):
        project = factories.project()
        dates = [
            factories.milestone_date(milestone=factories.milestone(project=project), date=day)
            for day in ("2023-05", "../2019-06", "2021-01-01")
        ]
        for one in dates:
            one.milestone.state = MilestoneState.REACHED
        undated = factories.milestone(project=project)
        undated.state = MilestoneState.NOT_DATED

        timeline = project_timeline(
            steps([*(one.milestone for one in dates), undated], READER), READER
        )

        [group] = timeline.groups
        assert timeline.window.label == "2019–2026"
        assert group.heading.label == ""
        assert [lane.subject for lane in group.lanes] == [
            dates[1].milestone,
            dates[2].milestone,
            dates[0].milestone,
        ]

    @pytest.mark.parametrize(("language", "label"), [("en", "Jan"), ("zh-hans", "1月")])
    def test_the_axis_speaks_the_pages_language(self, language, label):
        with override(language):
            assert draw_timeline([], HUNDRED, READER).ticks[0].label == label


def test_a_project_without_dates_has_nothing_to_draw():
    assert project_timeline([], READER).groups == ()
