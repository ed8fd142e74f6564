"""Sides that are compared are asked in turn, and their medians taken."""

from benchmarks import timing
from benchmarks.timing import interleaved


def test_sides_are_asked_in_turn_and_give_their_medians():
    asked = []
    figures = {"ours": iter([5.0, 1.0, 3.0]), "theirs": iter([2.0, 9.0, 4.0])}

    def side(name):
        def ask():
            asked.append(name)
            return next(figures[name])

        return ask

    found = interleaved({name: side(name) for name in figures}, rounds=3)

    assert asked == ["ours", "theirs"] * 3
    assert found == {"ours": 3.0, "theirs": 4.0}


def test_slow_sides_are_asked_once_each_and_no_more(monkeypatch):
    monkeypatch.setattr(timing, "ENOUGH", 0)
    asked = []

    interleaved({1: lambda: asked.append(1) or 8.0, 2: lambda: asked.append(2) or 9.0}, rounds=5)

    assert asked == [1, 2]
