"""Kinds, states, stages and silence, with the cases of April 2020 worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.delivery import (
    HALTS,
    NOT_STATED,
    STEPS,
    Kind,
    Reached,
    State,
    age_words,
    months_after,
    months_since,
    rank,
    silent,
    stage_of,
    state_of,
)

STAKE_TAKEN_IN_JANUARY = Reached(Kind.INVESTED, date(2016, 1, 1), date(2016, 1, 31))
STAKE_TAKEN_EARLY_2016 = Reached(Kind.INVESTED, date(2016, 1, 1), date(2016, 4, 30))
PARK_LAUNCHED = Reached(Kind.OPENED, date(2019, 3, 1), date(2019, 3, 31))
DEAL_OF_FEBRUARY = Reached(Kind.INVESTED, date(2020, 2, 1), date(2020, 2, 29))
BRANCH_SET_UP = Reached(Kind.OTHER, date(2018, 10, 1), date(2018, 10, 31))
PARK_BEING_BUILT = Reached(Kind.STARTED, None, date(2020, 4, 30))
STRATEGIC_AGREEMENT = Reached(Kind.SIGNED, date(2020, 4, 26), date(2020, 4, 26))
BASE_AGREEMENT = Reached(Kind.SIGNED, date(2020, 4, 1), date(2020, 4, 30))
GROUND_BROKEN = Reached(Kind.STARTED, date(2021, 4, 15), date(2021, 4, 15))


def on(kind: Kind, day: int) -> Reached:
    """A milestone reached on that day of January 2022."""
    return Reached(kind, date(2022, 1, day), date(2022, 1, day))


def test_the_order_of_the_field() -> None:
    assert [(str(kind), rank(kind)) for kind in Kind] == [
        ("planned", 0),
        ("signed", 1),
        ("invested", 2),
        ("started", 3),
        ("completed", 4),
        ("opened", 5),
        ("at_capacity", 6),
        ("suspended", None),
        ("cancelled", None),
        ("other", None),
    ]


@pytest.mark.parametrize(
    ("project", "reached", "stage"),
    [
        ("P1", [STAKE_TAKEN_IN_JANUARY, STAKE_TAKEN_EARLY_2016], "invested"),
        ("P2", [PARK_LAUNCHED], "opened"),
        ("P3", [], "not_stated"),
        ("P4", [DEAL_OF_FEBRUARY], "invested"),
        ("P5", [BRANCH_SET_UP, PARK_BEING_BUILT], "started"),
        ("P6", [STRATEGIC_AGREEMENT], "signed"),
        ("P6 in 2021", [STRATEGIC_AGREEMENT, GROUND_BROKEN], "started"),
        ("P8", [BASE_AGREEMENT], "signed"),
    ],
)
def test_stages_of_the_signing(project: str, reached: list[Reached], stage: str) -> None:
    assert stage_of(reached) == stage, project


@pytest.mark.parametrize(
    ("reached", "stage"),
    [
        ([on(Kind.OPENED, 1), on(Kind.STARTED, 9)], "opened"),
        ([on(Kind.OTHER, 1)], "not_stated"),
        ([on(Kind.SUSPENDED, 5)], "suspended"),
        ([on(Kind.STARTED, 1), on(Kind.SUSPENDED, 5)], "suspended"),
        ([on(Kind.SUSPENDED, 5), on(Kind.STARTED, 6)], "started"),
        ([on(Kind.CANCELLED, 5), on(Kind.SIGNED, 6), on(Kind.OPENED, 1)], "opened"),
        ([on(Kind.SUSPENDED, 5), on(Kind.OTHER, 6)], "suspended"),
        ([on(Kind.STARTED, 5), on(Kind.SUSPENDED, 5)], "suspended"),
        ([on(Kind.SUSPENDED, 5), on(Kind.CANCELLED, 5)], "cancelled"),
        ([on(Kind.CANCELLED, 5), on(Kind.SUSPENDED, 5)], "cancelled"),
        ([on(Kind.CANCELLED, 5), on(Kind.SUSPENDED, 6)], "suspended"),
    ],
)
def test_a_halt_holds_until_a_later_step(reached: list[Reached], stage: str) -> None:
    assert stage_of(reached) == stage


def test_later_goes_by_the_latest_day_then_the_earliest() -> None:
    in_june = Reached(Kind.SUSPENDED, date(2022, 6, 1), date(2022, 6, 30))
    assert stage_of([in_june, Reached(Kind.OPENED, date(2022, 6, 2), date(2022, 6, 29))]) == (
        "suspended"
    )
    assert stage_of([in_june, Reached(Kind.OPENED, None, date(2022, 6, 30))]) == "suspended"
    assert stage_of([in_june, Reached(Kind.OPENED, date(2022, 6, 2), date(2022, 6, 30))]) == (
        "opened"
    )


def test_an_open_end_is_the_furthest_in_the_future() -> None:
    since_2020 = Reached(Kind.OPENED, date(2020, 1, 1), None)
    at_the_end_of_time = Reached(Kind.SUSPENDED, date.max, date.max)
    assert stage_of([since_2020, at_the_end_of_time]) == "opened"


def stage_by_going_through_time(reached: list[Reached]) -> str:
    """The same rule told as a story: a halt begins, a later step lifts it."""
    end_of_time = date.max
    story = sorted(
        reached,
        key=lambda one: (
            (one.latest or end_of_time, one.earliest or date.min),
            one.kind in HALTS,
            one.kind == Kind.CANCELLED,
        ),
    )
    halted, places = None, []
    for one in story:
        if one.kind in HALTS:
            halted = one.kind.value
        elif one.kind in STEPS:
            halted = None
            places.append(STEPS.index(one.kind))
    return halted or (STEPS[max(places)].value if places else NOT_STATED)


day_of_a_week = st.integers(1, 7).map(lambda day: date(2022, 1, day))
anything_reached = st.builds(
    lambda kind, one, other: Reached(
        kind, one and min(one, other or one), other and max(other, one or other)
    ),
    st.sampled_from(Kind),
    st.none() | day_of_a_week,
    st.none() | day_of_a_week,
)


@given(st.lists(anything_reached, max_size=6))
def test_stage_agrees_with_going_through_time(reached: list[Reached]) -> None:
    assert stage_of(reached) == stage_by_going_through_time(reached)
    assert stage_of(reversed(reached)) == stage_of(reached)


def state(
    day: date,
    earliest: date | None,
    latest: date | None,
    *,
    reached: bool = False,
    passed_over: bool = False,
    dated: bool = True,
) -> State:
    """The state of a milestone that is due, neither reached nor passed over, unless said so."""
    return state_of(day, earliest, latest, reached, passed_over, dated)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 4, 25), "scheduled"),
        (date(2023, 4, 26), "possibly_due"),
        (date(2025, 4, 26), "possibly_due"),
        (date(2025, 4, 27), "overdue"),
    ],
)
def test_demonstration_centre_in_three_to_five_years(day: date, expected: str) -> None:
    assert state(day, date(2023, 4, 26), date(2025, 4, 26)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 12, 31), "scheduled"),
        (date(2023, 1, 1), "possibly_due"),
        (date(2023, 12, 31), "possibly_due"),
        (date(2024, 1, 1), "overdue"),
    ],
)
def test_software_park_in_use_in_2023(day: date, expected: str) -> None:
    assert state(day, date(2023, 1, 1), date(2023, 12, 31)) == expected


def test_open_ends_of_a_due_date() -> None:
    day = date(2024, 1, 1)
    assert state(day, None, date(2024, 1, 1)) == "possibly_due"
    assert state(day, None, date(2023, 12, 31)) == "overdue"
    assert state(day, date(2000, 1, 1), None) == "possibly_due"
    assert state(day, date(2024, 1, 2), None) == "scheduled"


def test_the_first_rule_that_holds() -> None:
    day, past = date(2024, 1, 1), date(2023, 1, 1)
    assert state(day, past, past, reached=True, passed_over=True, dated=False) == "reached"
    assert state(day, past, past, passed_over=True, dated=False) == "passed_over"
    assert state(day, None, None, dated=False) == "not_dated"
    assert state(day, past, past) == "overdue"


def test_silence_begins_after_the_months_have_passed() -> None:
    reported = date(2021, 4, 16)
    assert not silent(reported, date(2023, 4, 15), 24, "started")
    assert silent(reported, date(2023, 4, 16), 24, "started")
    assert silent(reported, date(2023, 4, 16), 24, "suspended")
    assert silent(reported, date(2023, 4, 16), 24, NOT_STATED)


def test_what_is_never_silent() -> None:
    assert not silent(date(2000, 1, 1), date(2024, 1, 1), 24, "cancelled")
    assert not silent(date(2000, 1, 1), date(2024, 1, 1), 24, "at_capacity")
    assert not silent(None, date(2024, 1, 1), 24, NOT_STATED)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 2, 29), 24, date(2022, 2, 28)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
        (date(2020, 11, 30), 1, date(2020, 12, 30)),
        (date(2020, 1, 31), 0, date(2020, 1, 31)),
        (date(9999, 1, 1), 11, date(9999, 12, 1)),
        (date(9999, 1, 1), 12, date.max),
    ],
)
def test_calendar_months(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_negative_months_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        months_after(date(2020, 1, 1), -1)


@given(st.dates(max_value=date(9990, 1, 1)), st.integers(0, 60))
def test_a_later_report_never_begins_the_silence_earlier(day: date, months: int) -> None:
    assert months_after(day, months) <= months_after(day + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("reported", "day", "months"),
    [
        (date(2021, 4, 16), date(2023, 4, 15), 23),
        (date(2021, 4, 16), date(2023, 4, 16), 24),
        (date(2020, 4, 30), date(2026, 11, 24), 78),
        (date(2020, 8, 31), date(2021, 2, 27), 5),
        (date(2020, 8, 31), date(2021, 2, 28), 6),
        (date(2020, 4, 30), date(2020, 4, 30), 0),
        (date(2020, 4, 30), date(2020, 4, 26), 0),
        (date(2020, 5, 31), date(2020, 4, 26), 0),
    ],
)
def test_months_since_a_report(reported: date, day: date, months: int) -> None:
    assert months_since(reported, day) == months


@given(st.dates(), st.dates(), st.integers(1, 400))
def test_silence_begins_where_the_months_are_full(reported: date, day: date, months: int) -> None:
    assert silent(reported, day, months, "started") == (months_since(reported, day) >= months)


@pytest.mark.parametrize(
    ("months", "chinese", "english"),
    [
        (0, "不足1个月", "less than a month"),
        (1, "1个月", "1 month"),
        (11, "11个月", "11 months"),
        (12, "1年", "1 year"),
        (13, "1年1个月", "1 year 1 month"),
        (78, "6年6个月", "6 years 6 months"),
    ],
)
def test_an_age_in_words(months: int, chinese: str, english: str) -> None:
    assert (age_words(months, "zh-hans"), age_words(months, "en")) == (chinese, english)
