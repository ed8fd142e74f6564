"""The line from a node to its root."""

from projects.values.trees import line_above


def test_the_root_is_last() -> None:
    assert line_above(3, {1: None, 2: 1, 3: 2}) == [3, 2, 1]
    assert line_above(1, {1: None, 2: 1}) == [1]


def test_a_parent_that_is_not_among_them_is_the_last() -> None:
    assert line_above(2, {2: 7}) == [2, 7]


def test_a_circle_ends_where_it_closes() -> None:
    assert line_above(1, {1: 2, 2: 3, 3: 1}) == [1, 2, 3]
