"""When each member of a group stands, worked out by hand."""

from datetime import date

from projects.values.standing import NEVER, Member, Stretch, stretches

Y2019, Y2020, Y2021, Y2022 = (date(year, 12, 31) for year in (2019, 2020, 2021, 2022))


def member(number, out_from, earliest=None, heads=False):
    return Member(number, heads, out_from, earliest)


def test_a_statement_alone_stands_from_when_it_is_out():
    assert stretches([member(7, Y2020, heads=True)]) == {7: Stretch(Y2020, None)}
    assert stretches([member(7, None, heads=True)]) == {7: NEVER}


def test_a_member_stands_in_until_the_head_is_out():
    found = stretches([member(1, Y2021, heads=True), member(2, Y2019), member(3, Y2022)])
    assert found == {1: Stretch(Y2021, None), 2: Stretch(Y2019, Y2021), 3: NEVER}


def test_a_draft_at_the_head_empties_nothing():
    found = stretches([member(1, None, heads=True), member(2, Y2020)])
    assert found == {1: NEVER, 2: Stretch(Y2020, None)}


def test_later_publications_go_before_earlier_ones():
    found = stretches([member(1, None, heads=True), member(2, Y2019), member(3, Y2021)])
    assert found == {1: NEVER, 2: Stretch(Y2019, Y2021), 3: Stretch(Y2021, None)}


def test_of_one_day_the_later_first_day_goes_first_then_the_lower_id():
    exact, vague, open_ = date(2020, 12, 31), date(2020, 1, 1), None
    found = stretches([member(2, Y2020, vague), member(3, Y2020, exact), member(1, Y2020, open_)])
    assert found == {3: Stretch(Y2020, None), 2: NEVER, 1: NEVER}
    assert stretches([member(5, Y2020, vague), member(4, Y2020, vague)]) == {
        4: Stretch(Y2020, None),
        5: NEVER,
    }
