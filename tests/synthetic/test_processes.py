"""Work that several processes share."""

import os
import sys

import pytest

from projects.synthetic.processes import each

forks = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")


def and_where(item):
    return item, os.getpid()


@forks
@pytest.mark.parametrize("processes", [2, 3, 9])
def test_results_come_in_the_order_of_the_items(processes):
    found = list(each(and_where, range(7), processes))
    assert [item for item, _pid in found] == [0, 1, 2, 3, 4, 5, 6]
    assert len({pid for _item, pid in found}) == min(processes, 7)
    assert os.getpid() not in {pid for _item, pid in found}


@pytest.mark.parametrize(("items", "processes"), [([5], 2), ([5, 6], 1), ([], 2)])
def test_one_process_works_by_itself(items, processes):
    assert list(each(and_where, items, processes)) == [(item, os.getpid()) for item in items]


@forks
def test_what_fails_in_another_process_is_not_waited_for(capfd):
    def fail(item):
        if item == 1:
            raise ValueError("one")
        return item

    found = each(fail, range(4), 2)
    assert next(found) == 0
    with pytest.raises(EOFError):
        next(found)
    assert "ValueError: one" in capfd.readouterr().err


@forks
def test_no_process_is_left_where_no_more_is_asked():
    found = each(and_where, range(100), 2)
    _item, pid = next(found)
    found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
