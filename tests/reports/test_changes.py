"""What changed between two days: the shipped facts by hand, and the rules."""

from datetime import date

import pytest

from projects.models import Investment, Project
from projects.reports.changes import comparison as comparing
from projects.reports.changes.comparison import comparison
from projects.reports.changes.sides import Differing
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories as make
from tests.reports.comparing import changes
from tests.reports.conftest import EVERYTHING, TODAY, group


def between(since, day=None, scope=EVERYTHING, **reader):
    asked = Reader(TODAY.today, day and date.fromisoformat(day), **reader)
    return changes(comparison(asked, date.fromisoformat(since), scope))


def came(found):
    return {row.key for row in found.statements.came.rows}


def replaced(found):
    return {(row.then.key, row.now.key) for row in found.statements.replaced.rows}


def went(found):
    return {row.key for row in found.statements.went.rows}


def numbers(found):
    return {row.code: (row.then, row.now) for row in found.outcome.numbers}


def stages(found):
    return {
        row.project.slug: tuple(
            stand and (stand.stage, stand.overdue, stand.silent) for stand in (row.then, row.now)
        )
        for row in found.outcome.projects.rows
    }


def states(found):
    return {
        row.milestone.slug: (row.then and row.then.state, row.now and row.now.state)
        for row in found.outcome.steps.rows
    }


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_the_target_of_2022_is_missed(self):
        """A forecast above 300 billion yuan gave way to the final figure: 2705 of 3000亿元."""
        found = between("2022-10-01", "2023-07-01")
        rows = {row.target.key: row for row in found.outcome.targets.rows}
        change = rows["b-software-revenue-2022"]
        assert (change.then.verdict.outcome, change.then.verdict.outlook) == ("not_decided", "met")
        assert change.then.best_known.key == "e-software-revenue-2022"
        assert (change.now.verdict.outcome, str(change.now.verdict.attainment_low)) == (
            "missed",
            "90.2",
        )
        assert change.now.decided_by.key == "h-software-revenue-2022"
        assert change.now.verdict.wider_outcome == "met"
        assert rows.keys() - {change.target.key} == {
            "g-software-revenue-2023",
            "f-main-revenue-2023",
            "f-main-revenue-2025",
        }
        assert {row.then for key, row in rows.items() if key != change.target.key} == {None}

    def test_what_was_published_and_stated_between(self):
        found = between("2022-10-01", "2023-07-01")
        assert [row.source.slug for row in found.publications.rows] == [
            "h-press-2023-06",
            "g-april-2023",
            "f-press-2023-01",
        ]
        assert [row.statements for row in found.publications.rows] == [3, 2, 3]
        assert came(found) == {
            "g-software-revenue-2023",
            "f-main-revenue-2023",
            "f-main-revenue-2025",
            "f-software-revenue-2022",
            "h-software-revenue-2022",
            "h-software-revenue-2023-04",
            "h-main-revenue-2022",
        }
        assert (replaced(found), went(found)) == (set(), set())

    def test_the_stand_in_gives_way(self):
        """The figure to April 2023 was first stated by the report that the later one repeats."""
        found = between("2023-05-30", "2023-06-30")
        assert replaced(found) == {("g-software-revenue-2023-04", "h-software-revenue-2023-04")}
        assert came(found) == {"h-software-revenue-2022", "h-main-revenue-2022"}

    def test_headline_from_nothing(self):
        found = between("2020-03-31", "2020-04-30")
        (total,) = found.outcome.totals
        assert (total.then.parts, total.then.amount.stated) == (0, False)
        assert (total.now.amount.low, total.now.amount.high) == (5_200_000_000, 13_200_000_000)
        assert not total.now.amount.high_included
        assert numbers(found) == {
            "projects": (0, 11),
            "without-investment": (0, 7),
            "milestones": (0, 10),
            "reached": (0, 8),
            "targets": (0, 3),
            "disagreements": (0, 1),
            "organizations": (0, 20),
            "agreements": (0, 3),
            "sources": (0, 2),
            "left-out-restates": (0, 2),
        }

    def test_a_milestone_becomes_overdue_without_a_report(self):
        found = between("2025-04-26", "2025-04-27")
        assert (len(found.publications), len(found.statements)) == (0, 0)
        assert states(found) == {"itai-demonstration-centre-opened": ("possibly_due", "overdue")}
        (step,) = found.outcome.steps.rows
        assert (step.then.overdue_days, step.now.overdue_days) == (None, 1)
        assert step.now.statement.key == step.then.statement.key
        assert stages(found) == {
            "itai-demonstration-centre": (("signed", False, True), ("signed", True, True))
        }
        assert numbers(found) == {"overdue": (1, 2)}

    @pytest.mark.parametrize(
        ("since", "day", "state"),
        [
            ("2022-12-31", "2023-01-01", ("scheduled", "possibly_due")),
            ("2023-01-01", "2023-12-31", None),
            ("2023-12-31", "2024-01-01", ("possibly_due", "overdue")),
        ],
    )
    def test_the_software_park_is_due_all_through_2023(self, since, day, state):
        assert states(between(since, day)).get("software-park-opened") == state

    def test_silence_begins(self):
        """24 months after the report of 16 April 2021."""
        found = between("2023-04-15", "2023-04-16")
        assert stages(found) == {
            "software-park": (("started", False, False), ("started", False, True))
        }
        (row,) = found.outcome.projects.rows
        assert row.now.last_report.slug == "c-groundbreaking-2021"
        assert numbers(found) == {"silent": (10, 11)}

    def test_a_project_is_started(self):
        found = between("2021-04-15", "2021-04-16")
        assert stages(found) == {
            "software-park": (("signed", False, False), ("started", False, False))
        }
        (row,) = found.outcome.projects.rows
        assert row.then.statement.key == "a-strategic-signed"
        assert row.now.statement.key == "c-software-park-started"

    def test_a_day_beside_itself(self):
        assert not between("2022-10-01", "2022-10-01")
        assert not between("2025-12-31", "2026-01-01")

    def test_until_today_when_no_day_is_asked(self):
        found = between("2023-07-01")
        assert [row.source.slug for row in found.publications.rows] == ["i-press-2025-12"]
        assert states(found)["software-park-opened"] == ("possibly_due", "overdue")

    def test_of_a_group(self):
        found = between("2020-03-31", "2020-04-30", group("kaifa"))
        assert stages(found) == {"kaifa-smart-device-park": (None, ("started", False, False))}
        assert {row.kind_of_statement for row in found.statements.came.rows} == {
            "participation",
            "investment",
            "milestone-date",
            "target",
        }

    def test_of_one_project(self):
        park = Project.objects.get(slug="software-park")
        found = changes(comparison(TODAY, date(2020, 4, 30), Scope(), park))
        assert came(found) == {
            "c-software-park-started",
            "c-software-park-opened",
            "c-software-park-floor-area",
        }
        assert stages(found).keys() == {"software-park"}
        assert states(found) == {
            "software-park-started": (None, "reached"),
            "software-park-opened": (None, "overdue"),
        }
        assert (found.outcome.totals, found.outcome.numbers) == ((), ())

    def test_the_rival_is_preferred_on_both_days(self):
        rival = Investment.objects.get(restates_how="disputed")
        prefer = frozenset([("investment", rival.pk)])
        found = between("2020-03-31", "2020-04-30", prefer=prefer)
        investments = {row for row in found.statements.came.rows if isinstance(row, Investment)}
        assert rival in investments and rival.restates not in investments
        assert not between("2020-05-01", "2020-06-01", prefer=prefer)


OLD, NEW = "2021-01-01", "2022-01-01"


@pytest.mark.django_db
class TestRules:
    def early(self, **columns):
        return {"source": make.source(published="2020-06-01")} | columns

    def late(self, **columns):
        return {"source": make.source(published="2021-06-01")} | columns

    def test_a_later_word_takes_the_place_of_the_earlier_one(self):
        old = make.investment(**self.early())
        new = make.investment(**self.late(project=old.project, amount="2亿元"))
        old.restates, old.restates_how = new, "superseded"
        old.save()
        found = between(OLD, NEW)
        assert replaced(found) == {(old.key, new.key)}
        (total,) = found.outcome.totals
        assert (total.then.amount.low, total.now.amount.low) == (100_000_000, 200_000_000)

    def test_a_repeat_changes_nothing_but_what_was_published(self):
        old = make.investment(**self.early())
        make.investment(**self.late(project=old.project, restates=old, restates_how="repeats"))
        found = between(OLD, NEW)
        assert (len(found.statements), len(found.publications)) == (0, 1)
        assert numbers(found).keys() == {"sources", "left-out-restates"}

    def test_what_no_longer_counts_shows_in_the_totals(self):
        project = make.project()
        money = make.investment(**self.early(project=project))
        step = make.milestone(project=project, kind="cancelled")
        reached = make.milestone_date(**self.late(milestone=step, date="2021-05"))
        found = between(OLD, NEW)
        assert (came(found), went(found)) == ({reached.key}, set())
        (total,) = found.outcome.totals
        assert (total.then.parts, total.now.parts) == (1, 0)
        assert (total.now.unit, total.now.paid) == ("CNY", False)
        assert numbers(found)["left-out-cancelled"] == (0, 1)
        assert money.key not in came(found)

    def test_what_leaves_the_group_goes(self):
        mine, other = make.organization(), make.organization()
        old = make.participation(**self.early(organization=mine))
        new = make.participation(
            **self.late(organization=other, project=old.project, role=old.role)
        )
        old.restates, old.restates_how = new, "superseded"
        old.save()
        step = make.milestone(project=old.project)
        moved = make.milestone_date(**self.late(milestone=step, side="due", date="2023"))
        due = make.milestone_date(
            **self.early(milestone=step, side="due", date="2022", restates=moved)
        )
        found = between(OLD, NEW, Scope(frozenset([mine.pk])))
        assert (went(found), came(found), replaced(found)) == ({old.key, due.key}, set(), set())
        assert states(found) == {step.slug: ("scheduled", None)}
        assert stages(found) == {old.project.slug: (("not_stated", False, False), None)}
        found = between(OLD, NEW, Scope(frozenset([other.pk])))
        assert (went(found), came(found), replaced(found)) == (set(), {new.key, moved.key}, set())
        assert replaced(between(OLD, NEW)) == {(old.key, new.key), (due.key, moved.key)}

    def test_a_draft_changes_nothing(self):
        make.investment(source=make.source(published="2021-06-01", draft=True))
        assert not between(OLD, NEW)

    def test_long_sections_are_cut_and_say_so(self, monkeypatch):
        monkeypatch.setattr(comparing, "LIMIT", 2)
        source = make.source(published="2021-06-01")
        for _ in range(3):
            step = make.milestone(project=make.project())
            make.milestone_date(milestone=step, source=source)
        found = between(OLD, NEW)
        for section in (found.statements.came, found.outcome.projects, found.outcome.steps):
            assert (len(section.rows), section.more, len(section)) == (2, 1, 3)

    def test_what_is_deleted_while_the_page_is_made_is_left_out(self, monkeypatch):
        step = make.milestone(project=make.project())
        make.milestone_date(milestone=step, source=make.source(published="2021-06-01"))
        gone = max(step.pk, step.project.pk) + 1_000
        monkeypatch.setattr(
            "projects.reports.changes.states.differing_states",
            lambda _compared: Differing([gone, step.project.pk], [gone, step.pk]),
        )
        monkeypatch.setattr(
            "projects.reports.changes.states.target_results", lambda *_asked: ({}, {})
        )
        make.target(source=make.source(published="2021-06-01"))

        found = between(OLD, NEW).outcome

        assert [row.project for row in found.projects.rows] == [step.project]
        assert [row.milestone for row in found.steps.rows] == [step]
        assert found.targets.rows == ()
