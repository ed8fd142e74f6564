"""The parameters that every page understands: what each reads, refuses and carries on."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from projects.models import STATEMENTS
from projects.parameters import CARRIED, PREFER_LIMIT, read_parameters, unknown_parameters
from projects.values.scopes import Scope
from tests import factories as make

TODAY = date(2026, 11, 1)
LANGUAGES = ("zh-hans", "en")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Today is 1 November 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


@pytest.fixture
def group(db):
    """A group with one company below it."""
    root = make.organization(slug="cec")
    make.organization(slug="kaifa", parent=root)
    return root


def read(query):
    return read_parameters(QueryDict(query))


def refused(query):
    return [problem.name for problem in read(query).problems]


def test_nothing_asked():
    found = read("")
    assert (found.reader.today, found.reader.as_of, found.reader.prefer) == (
        TODAY,
        None,
        frozenset(),
    )
    assert (found.scope, found.since, found.direct) == (Scope(), None, False)
    assert (found.group, found.place) == (None, None)
    assert (found.problems, found.carried) == ((), ())


class TestDays:
    @pytest.mark.parametrize("name", ["as_of", "since"])
    @pytest.mark.parametrize("day", ["2020-04-26", "2024-02-29", "0001-01-01", "2026-11-01"])
    def test_read(self, name, day):
        found = read(f"{name}={day}")
        asked = found.reader.as_of if name == "as_of" else found.since
        assert asked == date.fromisoformat(day)
        assert (found.problems, found.carried) == ((), ((name, day),))

    @pytest.mark.parametrize("name", ["as_of", "since"])
    @pytest.mark.parametrize(
        "text",
        [
            "2020-13-01",
            "2020-02-30",
            "20200426",
            "2020-W17-7",
            "2020-4-26",
            "2020-04",
            "0000-01-01",
            "２０２０-04-26",
            "2020-04-26T00:00",
            " 2020-04-26",
            "2020-04-26%0A",
            "today",
            "-",
            "%00",
            "2026-11-02",
            "9999-12-31",
        ],
    )
    def test_refused(self, name, text):
        found = read(f"{name}={text}")
        assert (found.reader.as_of, found.since, found.carried) == (None, None, ())
        assert refused(f"{name}={text}") == [name]

    def test_empty_is_not_asked(self):
        assert read("as_of=&since=") == read("")

    def test_future_says_so(self):
        with translation.override("en"):
            (problem,) = read("as_of=2026-11-02").problems
        assert "future" in problem.message

    @pytest.mark.parametrize(
        ("query", "since"),
        [
            ("as_of=2022-10-01&since=2022-10-01", date(2022, 10, 1)),
            ("as_of=2022-10-01&since=2022-10-02", None),
            ("since=2022-10-02&as_of=2022-10-01", None),
            ("as_of=never&since=2026-11-01", date(2026, 11, 1)),
        ],
    )
    def test_day_to_compare_with_is_not_after_the_day_shown(self, query, since):
        found = read(query)
        assert found.since == since
        assert ("since" in dict(found.carried)) == (since is not None)
        assert ("since" in refused(query)) == (since is None)

    def test_day_to_compare_with_names_the_day_shown(self):
        with translation.override("en"):
            (problem,) = read("as_of=2022-10-01&since=2022-10-02").problems
        assert problem.message == (
            "2022-10-02 lies after 2022-10-01, the day shown: compare with an earlier day."
        )

    def test_last_one_of_several_counts(self):
        assert read("as_of=2020-01-01&as_of=2021-01-01").reader.as_of == date(2021, 1, 1)


@pytest.mark.django_db
class TestPrefer:
    def test_every_kind(self):
        made = [
            make.participation(),
            make.agreement_party(),
            make.investment(),
            make.milestone_date(),
            make.target(),
            make.observation(),
        ]
        assert [type(one) for one in made] == list(STATEMENTS)
        names = [f"{one.kind_of_statement}-{one.pk}" for one in made]
        found = read("&".join(f"prefer={name}" for name in names))
        assert found.reader.prefer == {(one.kind_of_statement, one.pk) for one in made}
        assert found.carried == tuple(("prefer", name) for name in names)
        assert found.problems == ()

    @pytest.mark.parametrize(
        "text",
        [
            "investment-0",
            "investment-999999",
            "investment-99999999999999999999",
            "investment--1",
            "investment-",
            "investment-01",
            "investment-²",
            "investment-٣",
            "investment",
            "-5",
            "milestone-1",
            "Investment-1",
            "investment-1 ",
            "%00-1",
        ],
    )
    def test_refused(self, text):
        make.investment(pk=1)
        found = read(f"prefer={text}")
        assert (found.reader.prefer, found.carried) == (frozenset(), ())
        assert refused(f"prefer={text}") == ["prefer"]

    def test_draft_is_not_known(self):
        draft = make.investment(source=make.source(draft=True))
        assert refused(f"prefer=investment-{draft.pk}") == ["prefer"]

    def test_limit(self):
        made = [make.investment() for _ in range(PREFER_LIMIT + 1)]
        names = [f"prefer=investment-{one.pk}" for one in made]
        assert refused("&".join(names[:PREFER_LIMIT])) == []
        found = read("&".join(names))
        assert len(found.reader.prefer) == PREFER_LIMIT == len(found.carried)
        assert ("investment", made[-1].pk) not in found.reader.prefer
        assert refused("&".join(names)) == ["prefer"]

    def test_the_same_one_twice_is_one(self):
        one = make.investment()
        query = "&".join([f"prefer=investment-{one.pk}"] * (PREFER_LIMIT + 1))
        assert refused(query) == []
        assert read(query).carried == (("prefer", f"investment-{one.pk}"),)

    def test_one_query_for_all_kinds(self, django_assert_num_queries):
        made = [make.investment() for _ in range(5)] + [make.target() for _ in range(5)]
        names = [f"prefer={one.code}" for one in made]
        with django_assert_num_queries(1):
            read("&".join(names))

    def test_good_one_beside_a_bad_one(self):
        one = make.investment()
        found = read(f"prefer=investment-{one.pk}&prefer=nothing&prefer=")
        assert found.reader.prefer == {("investment", one.pk)}
        assert [problem.name for problem in found.problems] == ["prefer"]


class TestScope:
    def test_group_with_all_below(self, group):
        found = read("group=cec")
        assert (found.group, len(found.scope.organizations)) == (group, 2)
        assert (found.carried, found.problems) == ((("group", "cec"),), ())

    def test_direct_is_the_one_alone(self, group):
        found = read("group=cec&direct=1")
        assert (found.direct, found.scope.organizations) == (True, frozenset([group.pk]))
        assert found.carried == (("group", "cec"), ("direct", "1"))

    def test_place_with_all_below(self, db):
        city = make.place(slug="chongqing")
        district = make.place(slug="yubei", parent=city)
        assert read("place=chongqing").scope.places == {city.pk, district.pk}
        assert read("place=yubei").scope.places == {district.pk}
        assert read("place=yubei").place == district

    @pytest.mark.parametrize("name", ["group", "place"])
    @pytest.mark.parametrize("slug", ["nobody", "CEC", "cec%00", "%00", "x" * 5000, "'--", "中国"])
    def test_unknown(self, group, name, slug):
        found = read(f"{name}={slug}")
        assert (found.scope, found.carried) == (Scope(), ())
        assert refused(f"{name}={slug}") == [name]

    def test_long_slug_is_cut_in_the_message(self, group):
        (problem,) = read("group=" + "x" * 5000).problems
        assert len(problem.message) < 200


class TestSwitches:
    @pytest.mark.parametrize(("text", "direct"), [("1", True), ("0", False), ("", False)])
    def test_direct(self, text, direct):
        found = read(f"direct={text}")
        assert (found.direct, found.problems) == (direct, ())
        assert found.carried == ((("direct", "1"),) if direct else ())

    @pytest.mark.parametrize("text", ["2", "true", "on", "-1", "11"])
    def test_direct_refused(self, text):
        assert refused(f"direct={text}") == ["direct"]
        assert not read(f"direct={text}").direct

    @pytest.mark.parametrize("text", LANGUAGES)
    def test_language(self, text):
        assert (read(f"lang={text}").carried, refused(f"lang={text}")) == ((("lang", text),), [])

    @pytest.mark.parametrize("text", ["fr", "zh", "EN", "en-gb", "%00"])
    def test_language_refused(self, text):
        assert (read(f"lang={text}").carried, refused(f"lang={text}")) == ((), ["lang"])


class TestLinks:
    def test_every_carried_parameter_is_carried(self, group):
        make.place(slug="chongqing")
        one = make.investment()
        pairs = [
            ("as_of", "2026-10-31"),
            ("since", "2020-04-26"),
            ("prefer", f"investment-{one.pk}"),
            ("group", "cec"),
            ("place", "chongqing"),
            ("direct", "1"),
            ("lang", "en"),
        ]
        found = read("&".join(f"{name}={value}" for name, value in pairs))
        assert found.carried == tuple(pairs)
        assert tuple(dict(pairs)) == CARRIED

    def test_address_keeps_and_adds(self):
        found = read("as_of=2020-04-26&lang=en&page=3&q=words")
        address = found.address("/projects/", q="智创园", sort="-stage")
        path, _mark, query = address.partition("?")
        assert path == "/projects/"
        assert parse_qsl(query) == [
            ("as_of", "2020-04-26"),
            ("lang", "en"),
            ("q", "智创园"),
            ("sort", "-stage"),
        ]

    def test_address_without_anything_is_the_path(self):
        assert read("page=2").address("/projects/") == "/projects/"
        assert read("").address("/projects/", page="2") == "/projects/?page=2"

    def test_what_is_refused_is_not_carried(self):
        assert read("as_of=2020-13-01&lang=fr").address("/") == "/"


class TestUnknown:
    def test_named_once_each(self):
        query = QueryDict("as_off=1&x=1&x=2&utm_source=a&utm_=b&q=c&as_of=&lang=en&Utm_source=1")
        found = [problem.name for problem in unknown_parameters(query, known=("q",))]
        assert found == ["as_off", "x", "Utm_source"]

    def test_page_own_ones_are_known(self):
        query = QueryDict("stage=opened&page=2")
        assert unknown_parameters(query, known=("stage", "page")) == []
        assert [one.name for one in unknown_parameters(query, known=("page",))] == ["stage"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("as_of=2020-13-01", "2020-13-01"),
        ("since=2026-11-02", "2026-11-02"),
        ("prefer=nothing", "nothing"),
        ("group=nobody", "nobody"),
        ("place=nowhere", "nowhere"),
        ("direct=2", "direct=1"),
        ("lang=fr", "zh-hans"),
    ],
)
@pytest.mark.django_db
def test_message_names_what_was_asked(query, part, language):
    with translation.override(language):
        (problem,) = read(query).problems
    assert problem.name == query.partition("=")[0]
    assert part in problem.message
    if language == "zh-hans":
        assert any("\u4e00" <= letter <= "\u9fff" for letter in problem.message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_names_the_unknown_parameter(language):
    with translation.override(language):
        (problem,) = unknown_parameters(QueryDict("as_off=1"), known=())
    assert "as_off" in problem.message
