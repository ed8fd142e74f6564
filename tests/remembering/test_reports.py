"""A value is made once for a version, a day and a language, and never given where it is old."""

import os
from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from projects.remembering import reports
from projects.remembering.reports import LARGEST, kept_together, remembered, seen_last
from projects.remembering.version import data_version
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return []


@pytest.fixture
def make(made):
    def make():
        made.append(len(made) + 1)
        return made[-1]

    return make


def test_it_is_made_once_until_the_data_change(make):
    assert [remembered(data_version(), ("a",), make) for _ in range(3)] == [1, 1, 1]
    factories.place()
    assert [remembered(data_version(), ("a",), make) for _ in range(3)] == [2, 2, 2]


def test_what_it_is_about_tells_it_apart(make):
    version = data_version()
    about = [("a",), ("b",), ("a", 1), ("a", "1"), ("a", date(2020, 1, 1)), ("a", None)]
    assert [remembered(version, one, make) for one in about] == [1, 2, 3, 4, 5, 6]
    assert [remembered(version, one, make) for one in about] == [1, 2, 3, 4, 5, 6]


def test_each_language_day_and_release_has_its_own(make, monkeypatch):
    version = data_version()
    with translation.override("zh-hans"):
        assert remembered(version, ("a",), make) == 1
    with translation.override("en"):
        assert remembered(version, ("a",), make) == 2
        monkeypatch.setattr(timezone, "localdate", lambda: date(2030, 1, 1))
        assert remembered(version, ("a",), make) == 3
        monkeypatch.setattr(reports, "release", lambda: "the next one")
        assert remembered(version, ("a",), make) == 4
    monkeypatch.undo()
    with translation.override("zh-hans"):
        assert remembered(version, ("a",), make) == 1


def test_what_another_wrote_meanwhile_is_not_kept(made, make):
    version = data_version()

    def overtaken():
        factories.place()
        return make()

    assert remembered(version, ("a",), overtaken) == 1
    assert remembered(version, ("a",), make) == 2
    assert made == [1, 2]


def test_without_a_version_nothing_is_remembered(make):
    assert [remembered(None, ("a",), make) for _ in range(2)] == [1, 2]


def test_nothing_is_not_remembered(made):
    version = data_version()
    for _ in range(2):
        assert remembered(version, ("a",), lambda: made.append(1)) is None
    assert made == [1, 1]
    assert [remembered(version, ("empty",), tuple) for _ in range(2)] == [(), ()]


def test_what_a_page_asks_twice_is_made_once_even_where_it_is_not_kept(make):
    with kept_together(data_version()) as page:
        first = [remembered(page.version, ("a",), make) for _ in range(2)]
        factories.place()
        again = remembered(page.version, ("a",), make)

    assert (first, again) == ([1, 1], 1)
    assert remembered(page.version, ("a",), make) == 2


def test_what_is_large_is_given_and_not_kept(made):
    def large():
        made.append(1)
        return os.urandom(LARGEST)

    assert [len(remembered(data_version(), ("a",), large)) for _ in range(2)] == [LARGEST] * 2
    assert made == [1, 1]


def test_hostile_texts_have_a_key_too(make):
    assert remembered(data_version(), ("\0", "\udcff", "x" * 10_000), make) == 1


def test_the_cache_of_the_settings_keeps_it(make, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert [remembered(data_version(), ("a",), make) for _ in range(2)] == [1, 2]
    cache.clear()


class TestSeenLast:
    """A version that was read with the last query of all spares the one after it."""

    def within(self, version, *steps):
        with kept_together(version):
            for number, step in enumerate(steps):
                remembered(version, (number,), step)

    def test_what_was_made_before_it_is_kept_by_it(self, make, django_assert_num_queries):
        version = data_version()
        with django_assert_num_queries(0):
            self.within(version, make, lambda: seen_last(version) or 2)
            self.within(version, make, make)
        assert remembered(version, (0,), make) == 1

    def test_another_version_keeps_nothing(self, make):
        version = data_version()
        self.within(version, make, lambda: seen_last("another") or 2)
        assert remembered(version, (0,), make) == 2

    def test_what_is_made_after_it_asks_again(self, make, django_assert_num_queries):
        version = data_version()

        def overtaken():
            factories.place()
            return make()

        self.within(version, lambda: seen_last(version) or 1, overtaken)
        assert remembered(version, (1,), make) == 2

    def test_without_one_it_is_asked(self, make, django_assert_num_queries):
        version = data_version()
        with django_assert_num_queries(1):
            self.within(version, make, lambda: seen_last(None) or 2)
