"""Where sources differ and what each of them states: the shipped facts by hand, and the rules."""

import pytest

from projects.models import Investment, Participation, Source
from projects.reports.mistaken import easily_mistaken
from projects.reports.provenance import (
    Superseded,
    count_disagreements,
    disagreements,
    group_of,
    said_by,
    source_rows,
    sources,
    statements,
    superseded,
)
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, places


def mistaken(reader, scope=EVERYTHING):
    return {(one.narrower.key, one.wider.key) for one in easily_mistaken(reader, scope)}


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_one_disagreement(self):
        (found,) = disagreements(TODAY, EVERYTHING)
        assert found.standing.key == "a-mobile-finance-deal"
        assert [one.key for one in found.others] == ["b-mobile-finance-deal"]
        assert found.disputed
        assert count_disagreements(TODAY, EVERYTHING) == 1

    def test_preferring_the_rival_makes_it_stand(self):
        rival = Investment.objects.get(key="b-mobile-finance-deal")
        preferring = Reader(TODAY.today, None, frozenset([("investment", rival.pk)]))
        (found,) = disagreements(preferring, EVERYTHING)
        assert found.standing.key == "b-mobile-finance-deal"
        assert found.disputed
        assert count_disagreements(preferring, EVERYTHING) == 1

    @pytest.mark.parametrize("slug", ["cec", "cec-investment", "cec-credit"])
    def test_disagreement_is_that_of_each_side(self, slug):
        assert count_disagreements(TODAY, group(slug)) == 1
        assert len(disagreements(TODAY, group(slug))) == 1

    def test_no_disagreement_of_others_or_before(self):
        for scope in (group("kaifa"), places("hitech-zone")):
            assert count_disagreements(TODAY, scope) == 0
            assert disagreements(TODAY, scope) == []
        assert count_disagreements(TODAY, places("chongqing")) == 1
        assert count_disagreements(as_of("2020-03-31"), EVERYTHING) == 0

    def test_easily_mistaken(self):
        assert mistaken(TODAY) == {
            ("g-software-revenue-2023", "f-main-revenue-2023"),
            ("h-software-revenue-2022", "h-main-revenue-2022"),
        }
        assert mistaken(TODAY, places("chongqing")) == mistaken(TODAY)
        assert mistaken(TODAY, places("yubei")) == set()

    def test_easily_mistaken_once_both_are_published(self):
        assert mistaken(as_of("2023-05-29")) == set()
        assert len(mistaken(as_of("2023-05-30"))) == 1
        assert len(mistaken(as_of("2023-06-30"))) == 2

    def test_nothing_is_superseded(self):
        assert superseded(TODAY, EVERYTHING) == []

    def test_sources_newest_first(self):
        found = [source.slug for source in sources(TODAY, EVERYTHING)]
        assert found[:2] == ["i-press-2025-12", "h-press-2023-06"]
        assert set(found[-2:]) == {"interview-2020-04", "news-2020-04"}
        assert len(found) == 9
        assert sources(as_of("2023-06-29"), EVERYTHING).count() == 7
        assert sources(as_of("2020-04-29"), EVERYTHING).count() == 0

    def test_sources_of_a_group_and_a_place(self):
        def slugs(scope):
            return {source.slug for source in sources(TODAY, scope)}

        assert slugs(group("kaifa")) == {"interview-2020-04", "news-2020-04"}
        assert slugs(places("yubei")) == {"interview-2020-04", "news-2020-04"}
        assert "c-groundbreaking-2021" in slugs(places("hitech-zone"))
        assert slugs(places("hitech-zone")) == {
            "interview-2020-04",
            "news-2020-04",
            "c-groundbreaking-2021",
        }
        assert len(slugs(places("chongqing"))) == 9

    def test_statements_of_each_source(self):
        counts = {row.source.slug: row.statements for row in source_rows(Source.objects.all())}
        assert counts["c-groundbreaking-2021"] == 3
        assert counts["d-report-2021"] == 2
        assert counts["g-april-2023"] == 2

    def test_what_a_source_says_by_subject(self):
        source = Source.objects.get(slug="c-groundbreaking-2021")
        found = {str(one.subject.slug): one.statements for one in said_by(source, TODAY)}
        assert found.keys() == {"software-park", "software-park-floor-area"}
        assert [one.key for one in found["software-park"]] == [
            "c-software-park-started",
            "c-software-park-opened",
        ]

    def test_group_of_either_member(self):
        for key in ("a-smart-transport-stake", "b-smart-transport-stake"):
            found = group_of(Investment.objects.get(key=key), TODAY)
            assert found.standing.key == "a-smart-transport-stake"
            assert [one.key for one in found.members] == [
                "a-smart-transport-stake",
                "b-smart-transport-stake",
            ]
            assert not found.disputed
        assert group_of(Investment.objects.get(key="a-kaifa-park-total"), TODAY).others == ()
        early = group_of(Investment.objects.get(key="a-kaifa-park-total"), as_of("2020-03-31"))
        assert early is None


@pytest.mark.django_db
class TestRules:
    def test_stand_in_is_the_newest_then_the_earlier_begun_then_the_lower_id(self):
        root = make.participation(source=make.source(draft=True))
        columns = {"project": root.project, "role": root.role, "restates": root}

        def said(published):
            return make.participation(source=make.source(published=published), **columns)

        def stands():
            (found,) = Participation.objects.standing(TODAY)
            return found

        first = said("2020-04")
        said("2020-04")
        assert stands() == first
        later_begun = said("2020-04-26/2020-04-30")
        assert stands() == later_begun
        said("../2020-04-30")
        assert stands() == later_begun
        newest = said("2020-05-01")
        assert stands() == newest

    def test_preferred_draft_does_not_stand(self):
        root = make.participation()
        draft = make.participation(
            project=root.project, role=root.role, restates=root, source=make.source(draft=True)
        )
        preferring = Reader(TODAY.today, None, frozenset([("participation", draft.pk)]))
        assert list(Participation.objects.standing(preferring)) == [root]

    def test_rival_alone_is_no_disagreement(self):
        root = make.participation(source=make.source(draft=True))
        columns = {"project": root.project, "role": root.role, "restates": root}
        make.participation(restates_how="disputed", **columns)
        assert count_disagreements(TODAY, EVERYTHING) == 0
        assert disagreements(TODAY, EVERYTHING) == []
        make.participation(restates_how="repeats", **columns)
        assert count_disagreements(TODAY, EVERYTHING) == 1
        (found,) = disagreements(TODAY, EVERYTHING)
        assert len(found.members) == 2

    def test_disagreements_of_all_kinds(self):
        for build in (
            make.participation,
            make.agreement_party,
            make.investment,
            make.milestone_date,
            make.target,
            make.observation,
        ):
            root = build()
            about = {
                name: getattr(root, name)
                for name in ("project", "agreement", "organization", "milestone", "indicator")
                if getattr(root, name, None) is not None
            }
            build(**about, restates=root, restates_how="disputed")
        assert count_disagreements(TODAY, EVERYTHING) == 6
        assert len(disagreements(TODAY, EVERYTHING)) == 6

    def test_superseded_of_a_group(self):
        member = make.organization()
        root = make.investment(organizations=[member], amount="2亿元")
        old = make.investment(
            project=root.project, organizations=[member], amount="1亿元", restates=root
        )
        assert superseded(TODAY, EVERYTHING) == [Superseded(old, root)]
        of_member = Scope(organizations=frozenset([member.pk]))
        assert superseded(TODAY, of_member) == [Superseded(old, root)]
        outsider = make.organization()
        assert superseded(TODAY, Scope(organizations=frozenset([outsider.pk]))) == []

    def test_statements_say_whether_they_stand_and_why_they_do_not_count(self):
        root = make.investment(amount="2亿元")
        old = make.investment(project=root.project, amount="1亿元", restates=root)
        make.investment(source=make.source(draft=True))
        found = {row.pk: row for row in statements(Investment, TODAY)}
        assert found.keys() == {root.pk, old.pk}
        assert (found[root.pk].stands, found[root.pk].not_counted_because) == (True, "")
        assert (found[old.pk].stands, found[old.pk].not_counted_because) == (False, "restates")


@pytest.mark.django_db
class TestMoved:
    @pytest.mark.parametrize(
        ("old", "new", "moved"),
        [
            ("2022", "2024", "later"),
            ("2024", "2022", "earlier"),
            ("2023-05", "2023-05/2023-08", "later"),
            ("2023-05/2023-08", "2023-06", ""),
            ("2023", "2023", ""),
            ("../2023", "../2024", "later"),
            ("2023", "../2024", ""),
        ],
    )
    def test_of_a_due_date(self, old, new, moved):
        step = make.milestone()
        standing = make.milestone_date(milestone=step, side="due", date=new)
        make.milestone_date(milestone=step, side="due", date=old, restates=standing)
        (pair,) = superseded(TODAY, EVERYTHING)
        assert pair.moved == moved

    @pytest.mark.parametrize(
        ("old", "new", "moved"),
        [
            ("100亿元以上", "120亿元以上", "raised"),
            ("120亿元以上", "100亿元以上", "lowered"),
            ("100亿元", "100亿元以上", ""),
            ("80亿元至120亿元", "90亿元至110亿元", ""),
        ],
    )
    def test_of_a_target(self, old, new, moved):
        standing = make.target(amount=new)
        make.target(indicator=standing.indicator, amount=old, restates=standing)
        (pair,) = superseded(TODAY, EVERYTHING)
        assert pair.moved == moved

    def test_of_what_has_no_order(self):
        standing = make.participation()
        make.participation(project=standing.project, restates=standing)
        (pair,) = superseded(TODAY, EVERYTHING)
        assert pair.moved == ""

    def test_not_while_its_successor_is_not_out(self):
        late = make.source(published="2024")
        standing = make.target(amount="120亿元以上", source=late)
        make.target(indicator=standing.indicator, amount="100亿元以上", restates=standing)
        assert superseded(as_of("2023-01-01"), EVERYTHING) == []
        assert len(superseded(as_of("2024-12-31"), EVERYTHING)) == 1
