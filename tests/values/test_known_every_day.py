"""What is known by day, against the rules for one day, day by day."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from projects.values.delivery import Kind, Reached, State, stage_of, state_of
from projects.values.known import known_of_project
from projects.values.stretches import on

FIRST = date.min


def day(number: int) -> date:
    return date(2020, 1, number)


days = st.integers(1, 12).map(day)


@st.composite
def dates_of_a_side(draw, first_id):
    """Up to three statements that stand one after the other, with or without gaps."""
    bounds = sorted(draw(st.lists(days, min_size=2, max_size=4, unique=True)))
    pairs = [*zip(bounds, [*bounds[1:-1], draw(st.none() | st.just(bounds[-1]))], strict=False)]
    found = []
    for place, (start, end) in enumerate(pairs[: draw(st.integers(0, 3))]):
        earliest, latest = draw(st.none() | days), draw(st.none() | days)
        if earliest and latest and latest < earliest:
            earliest, latest = latest, earliest
        found.append((start, end, first_id + place, f"edtf {place}", earliest, latest))
    return found


@st.composite
def some_steps(draw, first_id, kinds=tuple(Kind)):
    return [
        (
            first_id + place,
            draw(st.sampled_from(kinds)).value,
            draw(dates_of_a_side(100 * (first_id + place))),
            draw(dates_of_a_side(100 * (first_id + place) + 10)),
        )
        for place in range(draw(st.integers(0, 4)))
    ]


def standing(side, asked):
    """The statement of a side that stands on a day, or None."""
    found = [one for one in side if one[0] <= asked and (one[1] is None or asked < one[1])]
    assert len(found) < 2
    return found[0] if found else None


ASKED = [FIRST, *(day(number) for number in range(1, 15)), date.max]


@given(some_steps(10), some_steps(30, kinds=(Kind.SIGNED,)))
def test_every_day_equals_the_rules_for_one_day(steps, signing):
    facts, milestones = known_of_project(steps, signing, (), (), None)
    for asked in ASKED:
        reached = {
            number: (kind, standing(side, asked))
            for number, kind, _due, side in (*steps, *signing)
            if standing(side, asked)
        }
        stage = stage_of(Reached(Kind(kind), one[4], one[5]) for kind, one in reached.values())
        found = on(facts, asked)
        assert found[0] == stage
        deciding = [(kind, one) for kind, one in reached.values() if one[2] == found[1]]
        assert [(kind, *one[3:]) for kind, one in deciding] == (
            [] if found[1] is None else [(stage, *found[2:5])]
        )
        late = []
        for (number, kind, due, _side), stretches in zip(steps, milestones, strict=True):
            known = on(stretches, asked)
            one, other = standing(due, asked), reached.get(number, ("", None))[1]
            assert known[:3] == ((one[2], one[4], one[5]) if one else (None, None, None))
            assert known[3:6] == ((other[2], other[4], other[5]) if other else (None, None, None))
            assert known[6] == (
                other is None and (stage == "cancelled" or _passed(kind, reached.values()))
            )
            late.append((known, one))
        for judged in (*ASKED, asked):
            overdue = any(
                state_of(
                    judged, known[1], known[2], known[3] is not None, known[6], one is not None
                )
                == State.OVERDUE
                for known, one in late
            )
            assert overdue == (found[-1] is not None and found[-1] <= judged)


def _passed(kind, reached):
    order = [one.value for one in Kind][:7]
    return kind in order and any(
        other in order and order.index(other) > order.index(kind) for other, _one in reached
    )


@given(some_steps(10), some_steps(30, kinds=(Kind.SIGNED,)))
def test_neighbours_never_agree(steps, signing):
    facts, milestones = known_of_project(steps, signing, (), (), None)
    for stretches in (facts, *milestones):
        assert stretches[0][0] == FIRST
        assert all(one[0] < other[0] for one, other in pairwise(stretches))
        assert all(one[1] != other[1] for one, other in pairwise(stretches))
