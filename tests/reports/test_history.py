"""How one text became another, and what was changed last over all models."""

import random
import time

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from projects.models import Investment, Place, Project, ProjectPlace
from projects.reports.history.passages import LONGEST, pieces_of
from projects.reports.history.recent import recent_changes
from tests import factories


def said(before, after):
    """A difference on one line: [-what went-] and {+what came+}."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(signs[piece.how].format(piece.text) for piece in pieces_of(before, after))


class TestPassages:
    @pytest.mark.parametrize(
        ("before", "after", "difference"),
        [
            ("投资30亿元", "投资32亿元", "投资[-30-]{+32+}亿元"),
            ("a small park", "a large park", "a [-small-]{+large+} park"),
            ("one two", "one two three", "one two{+ three+}"),
            ("", "new", "{+new+}"),
            ("old", "", "[-old-]"),
            ("甲\n乙\n丙\n", "甲\n丙\n", "甲\n[-乙\n-]丙\n"),
            ("甲1乙2丙3", "4甲5\n6丁7", "[-甲1乙2丙3-]{+4甲5\n6丁7+}"),
            ("aa", "aaa", "[-aa-]{+aaa+}"),
        ],
    )
    def test_of_short_texts(self, before, after, difference):
        assert said(before, after) == difference

    def test_leaves_out_what_is_far_from_a_change(self):
        around = "".join(chr(0x4E00 + number) for number in range(200))
        assert said(f"{around}A{around}", f"{around}B{around}") == (
            f"…{around[-30:]}[-A-]{{+B+}}{around[:30]}…"
        )

    def test_cuts_a_long_passage_and_says_how_much_is_left_out(self):
        with override("en"):
            (piece,) = pieces_of("", "字" * (LONGEST + 5))
        assert (piece.how, piece.text) == ("added", "字" * LONGEST + "… (5 more characters)")

    @given(st.text("ab 甲\n", max_size=60), st.text("ab 甲\n", max_size=60))
    def test_tells_nothing_that_is_not_so(self, before, after):
        pieces = pieces_of(before, after)
        if any("…" in piece.text for piece in pieces):
            return
        assert "".join(piece.text for piece in pieces if piece.how != "added") == before
        assert "".join(piece.text for piece in pieces if piece.how != "removed") == after

    def test_takes_no_long_time_for_any_text(self):
        letters = random.Random(5)
        one, two = ("".join(letters.choices("甲乙\n", k=300_000)) for _ in range(2))
        lines = ["\n".join(letters.choices("ab", k=400)) for _ in range(2)]
        begun = time.process_time()
        for before, after in ((one, two), lines, ("a b " * 99, "b a " * 99), ("", one)):
            assert sum(len(piece.text) for piece in pieces_of(before, after)) < 100_000
        assert time.process_time() - begun < 5


@pytest.mark.django_db
class TestRecentChanges:
    @pytest.fixture
    def lin(self):
        return User.objects.create_user("lin")

    @staticmethod
    def save(row, user, why=""):
        row._history_user, row._change_reason = user, why
        row.save()

    def test_are_the_newest_over_all_models_with_who_and_why(self, lin):
        spot, investment = factories.place(name_zh="旧城"), factories.investment()
        self.save(spot, lin, "更名")
        self.save(investment, lin)
        pk = spot.pk
        spot._history_user, spot._change_reason = lin, "写了两次"
        spot.delete()
        found = [
            (one.model, one.pk, one.name, one.who, one.why, one.kind) for one in recent_changes(3)
        ]
        assert found == [
            (Place, pk, "旧城", "lin", "写了两次", "deleted"),
            (Investment, investment.pk, str(investment), "lin", "", "changed"),
            (Place, pk, "旧城", "lin", "更名", "changed"),
        ]

    def test_count_a_record_and_its_links_once(self, lin):
        spot = factories.place()
        project = Project(slug="park", name_en="Park")
        self.save(project, lin)
        self.save(ProjectPlace(project=project, place=spot), lin)
        newest = recent_changes(1)[0]
        assert (newest.model, newest.pk, newest.kind) == (Project, project.pk, "added")
        assert [one.pk for one in recent_changes(9, [Project])] == [project.pk]

    def test_do_not_count_the_first_state_that_was_kept(self, lin):
        spot = factories.place()
        spot.history.all().delete()
        self.save(spot, lin)
        assert [one.kind for one in recent_changes(9)] == ["changed"]

    def test_ask_the_database_as_often_for_many_as_for_few(
        self, django_assert_max_num_queries, lin
    ):
        for _ in range(20):
            self.save(factories.investment(organizations=[factories.organization()]), lin)
            factories.milestone_date()
            factories.participation().delete()
        with django_assert_max_num_queries(45):
            assert len(recent_changes(100)) == 100
        with django_assert_max_num_queries(45):
            recent_changes(10)
