"""A cache that fails is done without, and left alone for a while."""

import pytest
from django.core.cache import cache

from projects.remembering import keeping
from projects.remembering.reports import remembered


@pytest.fixture
def asked(monkeypatch):
    """What a cache that is down was asked, at a time that the test sets."""
    calls = []

    def fail(*arguments, **_named):
        calls.append(arguments[0])
        raise ConnectionError("connection refused")

    monkeypatch.setattr(cache, "get", fail)
    monkeypatch.setattr(cache, "set", fail)
    monkeypatch.setattr(keeping, "_left_alone_until", 0.0)
    monkeypatch.setattr(keeping, "monotonic", lambda: 100.0)
    return calls


@pytest.mark.django_db
def test_a_report_is_made_without_it(asked, monkeypatch):
    monkeypatch.setattr("projects.remembering.reports.data_version", lambda: "1")

    assert remembered("1", ("sum",), lambda: 42) == 42


def test_it_is_not_asked_again_at_once_but_after_a_while(asked, monkeypatch):
    assert keeping.kept("one") is None
    keeping.keep("one", b"1", 60)
    assert keeping.kept("two") is None
    assert asked == ["one"]

    monkeypatch.setattr(keeping, "monotonic", lambda: 106.0)
    keeping.keep("three", b"3", 60)
    assert asked == ["one", "three"]
