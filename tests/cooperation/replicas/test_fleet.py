"""How late a replica is, worked out by hand, and whom it serves."""

import time

import pytest
from django.conf import settings

from cooperation.replicas.fleet import Fleet
from cooperation.replicas.watching import Seen, lag

# The primary had written 100 bytes in second 10, 200 in second 11, and nothing more until 20.
SAMPLES = [(10.0, 100), (11.0, 200), (20.0, 200)]


def seen(position, at=20.5, age=300.0, follows=True, streams=True):
    return Seen(at, follows, position, age, streams)


@pytest.mark.parametrize(
    ("position", "late"),
    [
        (200, 0.0),  # all there is, though the last commit is 300 seconds old
        (250, 0.0),  # more than the primary had when it was last looked at
        (150, 9.5),  # what was there in second 11 is missing since then
        (99, 300.0),  # missing since before the first look: the age of its last commit
    ],
)
def test_a_replica_is_late_since_the_primary_had_what_it_misses(position, late):
    assert lag(seen(position), SAMPLES) == late


def test_a_look_before_the_primary_s_finds_nobody_late():
    assert lag(seen(150, at=10.9), SAMPLES) == 0.0


def test_a_replica_without_any_commit_says_nothing_where_it_is_behind():
    assert lag(seen(99, age=None), SAMPLES) is None
    assert lag(seen(99, age=None), []) == 0.0


@pytest.fixture
def fleet(monkeypatch):
    """A fleet of two, of which the primary has written 200 bytes; nothing is looked at."""
    made = Fleet(["replica1", "replica2"], bound=10)
    monkeypatch.setattr(made, "begin", lambda: None)
    now = time.monotonic()
    made.primary.samples.extend([(now - 60, 100), (now - 11, 200)])
    made.primary.looked.set()
    for watch in made.replicas:
        watch.seen = seen(200, at=now)
    return made


def serving(fleet, written=None):
    """The databases that any of many readers is given."""
    return {fleet.choose(f"reader {number}", written) for number in range(50)}


def test_readers_are_spread_over_those_that_serve(fleet):
    assert serving(fleet) == {"replica1", "replica2"}


@pytest.mark.parametrize(
    "changed",
    [
        {"position": 150},
        {"at": -1e9},
        {"follows": False},
        {"position": 50, "age": None},
    ],
)
def test_the_late_the_silent_and_the_promoted_are_left_out(fleet, changed):
    now = time.monotonic()
    fleet.replicas[0].seen = seen(**{"position": 200, "at": now} | changed)

    assert serving(fleet) == {"replica2"}
    fleet.failed("replica2")
    assert serving(fleet) == {"default"}


def test_nothing_is_read_from_replicas_before_the_primary_was_looked_at(fleet):
    fleet.primary.looked.clear()

    assert serving(fleet) == {"default"}


def test_who_wrote_is_given_those_that_have_it_of_the_same_log(fleet):
    assert serving(fleet, written=200) == {"replica1", "replica2"}
    assert serving(fleet, written=201) == {"default"}

    fleet.replicas[1].seen = seen(300, at=time.monotonic(), streams=False)
    assert serving(fleet, written=200) == {"replica1"}
    assert serving(fleet) == {"replica1", "replica2"}


def test_a_log_that_went_back_is_another_server_s(fleet):
    fleet.primary._remember(seen(180, follows=False))

    assert list(fleet.primary.samples) == [(20.5, 180)]


def test_each_replica_says_how_it_is(fleet, monkeypatch):
    for name, port in (("replica1", 5433), ("replica2", "")):
        monkeypatch.setitem(settings.DATABASES, name, {"HOST": "db.example", "PORT": port})
    fleet.replicas[0].seen = seen(150, at=time.monotonic())
    for watch in fleet.replicas:
        watch.looked.set()
    fleet.replicas[1].seen = None

    late, silent = fleet.states()

    assert (late.name, late.server, late.serving) == ("replica1", "db.example:5433", False)
    assert late.problem == "is 11 s behind"
    assert (silent.server, silent.serving) == ("db.example:5432", False)
    assert (silent.lag, silent.problem) == (None, "does not answer")
