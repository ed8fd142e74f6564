"""PostgreSQL, two transactions at once: never one version for different data, and nobody waits."""

from collections import defaultdict
from itertools import combinations
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection

from projects.remembering.version import VERSION

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgresql" not in settings.DATABASES["default"]["ENGINE"],
        reason="SQLite has one writer at a time",
    ),
]

COUNT = "SELECT count(*) FROM projects_data_version"
SEEN = f"SELECT ({VERSION}), array(SELECT slug FROM projects_sector ORDER BY slug)"
INSERT = (
    "INSERT INTO projects_sector (slug, name_zh, name_en, search_text, version)"
    " VALUES (%s, '', 'One', '', 1)"
)


@pytest.fixture
def open_connection():
    """Connections of their own, which give up at once where they would have to wait."""
    opened = []

    def connect(**options):
        one = connection.Database.connect(**connection.get_connection_params(), **options)
        one.execute("SET lock_timeout = '300ms'")
        one.commit()
        opened.append(one)
        return one

    yield connect
    for one in opened:
        one.close()


def seen(reader):
    """The version and the data, read by one statement."""
    version, slugs = reader.execute(SEEN).fetchone()
    reader.commit()
    return version, tuple(slugs)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whatever_the_order_of_commits(open_connection, order):
    writers, reader = [open_connection(), open_connection()], open_connection()
    states = [seen(reader)]
    for number, writer in enumerate(writers):
        writer.execute(INSERT, [f"sector-{number}"])
        states.append(seen(reader))
    assert len(set(states)) == 1
    for number in order:
        writers[number].commit()
        states.append(seen(reader))
    assert [len(slugs) for _version, slugs in states] == [0, 0, 0, 1, 2]
    assert all((a[0] == b[0]) == (a[1] == b[1]) for a, b in combinations(states, 2))


def test_the_two_orders_look_different_half_way(open_connection):
    """A sequence or the highest id would say the same after the later one's commit alone."""
    first, second, reader = open_connection(), open_connection(), open_connection()
    first.execute(INSERT, ["first"])
    second.execute(INSERT, ["second"])
    second.commit()
    half_way = seen(reader)
    first.commit()
    whole = seen(reader)
    assert (half_way[1], whole[1]) == (("second",), ("first", "second"))
    assert half_way[0] != whole[0]


def test_a_long_transaction_that_wrote_holds_up_no_other_writer(open_connection):
    long, short = open_connection(), open_connection()
    for number in range(200):  # often enough that it has merged what it could
        long.execute(INSERT, [f"long-{number}"])
    for number in range(200):
        short.execute(INSERT, [f"short-{number}"])
        short.commit()
    before = seen(short)
    long.commit()
    assert seen(short)[0] != before[0]


def test_merging_keeps_the_sum_and_leaves_few_rows(open_connection):
    writer = open_connection(autocommit=True)
    for number in range(400):
        writer.execute(INSERT, [f"sector-{number}"])
    assert writer.execute(COUNT).fetchone()[0] < 300
    with writer.transaction(force_rollback=True):
        versions = set()
        for _ in range(300):
            versions.add(writer.execute(VERSION).fetchone()[0])
            writer.execute("UPDATE projects_sector SET name_en = 'Two'")
        assert len(versions) == 300


def test_a_transaction_of_one_snapshot_is_never_refused_for_it(open_connection):
    still, other = open_connection(), open_connection(autocommit=True)
    still.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    still.execute("SELECT 1 FROM projects_sector")
    for number in range(200):
        other.execute(INSERT, [f"other-{number}"])
    for number in range(200):
        still.execute(INSERT, [f"still-{number}"])
    still.commit()
    assert len(seen(other)[1]) == 400


def test_many_writers_at_once_never_make_two_states_look_alike(open_connection):
    """One writer's transactions are taken back now and then, after what they merged."""
    writers, reader = [open_connection() for _ in range(4)], open_connection()
    start, failures = Barrier(len(writers)), []

    def write(place):
        try:
            start.wait()
            for number in range(100):
                writers[place].execute(INSERT, [f"sector-{place}-{number}"])
                if number % 10 == 9 - place:
                    writers[place].rollback()
                else:
                    writers[place].commit()
        except Exception as error:
            failures.append(error)

    threads = [Thread(target=write, args=(place,)) for place in range(len(writers))]
    for thread in threads:
        thread.start()
    data = defaultdict(set)
    while any(thread.is_alive() for thread in threads):
        version, slugs = seen(reader)
        data[version].add(slugs)
    for thread in threads:
        thread.join()
    version, slugs = seen(reader)
    data[version].add(slugs)
    assert failures == []
    assert len(slugs) == 360
    assert len(data) > 5
    assert all(len(states) == 1 for states in data.values())


def test_a_connection_that_was_cut_meanwhile_costs_no_request(open_connection, client):
    other = open_connection(autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    assert client.get("/method/").status_code == 200
