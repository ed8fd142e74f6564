"""What is stored of statements and entities, worked out by hand, and who may write it."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from projects.models import (
    STATEMENTS,
    Derivation,
    Investment,
    Participation,
    Project,
    Source,
    derive,
    deriving_together,
)
from projects.models.stating import STATED_BY
from tests import factories
from tests.models.builders import restating

pytestmark = pytest.mark.django_db

NOTHING, ENTITIES = date.max, tuple(STATED_BY)
DERIVED = {"out_from", "stands_from", "stands_until", "seen_from", "part_from", "left_out"}


def stored(row, *names):
    found = type(row).objects.filter(pk=row.pk).values_list(*names).get()
    return found if len(names) > 1 else found[0]


def published(day):
    return factories.source(published=day)


class TestStatements:
    def test_a_group_in_time(self):
        head = factories.investment(source=published("2021-03"))
        early = restating(head, factories.investment, source=published("2019-05-01"))
        columns = ("out_from", "stands_from", "stands_until")
        assert stored(head, *columns) == (date(2021, 3, 31), date(2021, 3, 31), None)
        days = (date(2019, 5, 1), date(2019, 5, 1), date(2021, 3, 31))
        assert stored(early, *columns) == days
        head.source.draft = True
        head.source.save()
        assert stored(head, *columns) == (None, None, None)
        assert stored(early, *columns) == (date(2019, 5, 1), date(2019, 5, 1), None)
        assert stored(early, "left_out") == ""

    def test_a_part_from_when_any_member_of_its_whole_is_out(self):
        whole = factories.investment(source=published("2021"))
        restating(whole, factories.investment, source=published("2020"))
        row = factories.investment(part_of=whole, project=whole.project)
        assert stored(row, "part_from", "left_out") == (date(2020, 12, 31), "part_of")

    def test_a_row_that_was_read_before_does_not_undo_what_was_derived(self):
        row = factories.participation(source=factories.source(draft=True))
        read_before = Participation.objects.get(pk=row.pk)
        row.source.draft = False
        row.source.save()
        read_before.note = "x"
        read_before.save()
        assert stored(row, "note", "out_from") == ("x", date(2020, 4, 26))


class TestEntities:
    def test_nothing_said_drafts_only_and_said(self):
        project = factories.project()
        assert stored(project, "seen_from") == NOTHING
        draft = factories.source(draft=True)
        row = factories.participation(project=project, source=draft)
        assert stored(project, "seen_from") is None
        factories.investment(project=project, source=published("2022"))
        assert stored(project, "seen_from") == date(2022, 12, 31)
        draft.draft = False
        draft.save()
        assert stored(project, "seen_from") == date(2020, 4, 26)
        row.delete()
        assert stored(project, "seen_from") == date(2022, 12, 31)

    def test_what_it_was_entered_with_counts(self):
        agreement = factories.agreement(entered_with=factories.source(draft=True))
        assert stored(agreement, "seen_from") is None
        agreement.entered_with.draft = False
        agreement.entered_with.save()
        assert stored(agreement, "seen_from") == date(2020, 4, 26)

    def test_an_investor_from_its_first_investment(self):
        organization = factories.organization()
        row = factories.investment(organizations=[organization])
        assert stored(organization, "seen_from") == date(2020, 4, 26)
        row.investmentorganization_set.get().delete()
        assert stored(organization, "seen_from") == NOTHING


def test_many_writes_are_derived_at_their_end():
    project = factories.project()
    with deriving_together():
        factories.participation(project=project)
        assert stored(project, "seen_from") == NOTHING
    assert stored(project, "seen_from") == date(2020, 4, 26)


def test_rows_written_past_save_are_derived_when_they_are_named():
    row = factories.participation()
    Source.objects.filter(pk=row.source_id).update(draft=True)
    assert stored(row, "out_from") == date(2020, 4, 26)
    derive({Source: [row.source_id]})
    assert (stored(row, "out_from"), stored(row.project, "seen_from")) == (None, None)


@pytest.mark.parametrize("model", [*STATEMENTS, *ENTITIES], ids=lambda model: model.__name__)
def test_derived_columns_are_in_no_history_and_in_no_form(model):
    kept = {field.name for field in model.history.model._meta.get_fields()}
    assert not DERIVED & kept
    derived = {field for field in model._meta.concrete_fields if field.name in DERIVED}
    assert derived
    assert not any(field.editable for field in derived)


def test_a_dump_has_no_derived_column_and_is_loaded_with_them(tmp_path):
    row = factories.participation()
    path = tmp_path / "all.json"
    call_command("dumpdata", "projects", output=str(path), natural_foreign=True, verbosity=0)
    rows = json.loads(path.read_text())
    assert row.key in {one["fields"].get("key") for one in rows}
    recorded = [one for one in rows if "known" not in one["model"]]
    assert not any(DERIVED & set(one["fields"]) for one in recorded)
    Participation.objects.filter(pk=row.pk).update(out_from=None)
    call_command("loaddata", str(path), verbosity=0)
    assert stored(row, "out_from") == date(2020, 4, 26)


class TestCommand:
    def test_it_mends_what_was_written_past_every_door(self):
        row = factories.investment()
        Investment.objects.update(stands_from=None, left_out="part_of")
        Project.objects.update(seen_from=None)
        said = StringIO()
        with pytest.raises(CommandError, match="run derive"):
            call_command("derive", check=True, stdout=said)
        assert f"Investment {row.pk}, today: ('part_of',), not ('',)" in said.getvalue()
        assert f"Project {row.project_id}, today: None, not" in said.getvalue()
        call_command("derive", stdout=said)
        assert stored(row, "stands_from", "left_out") == (date(2020, 4, 26), "")
        call_command("derive", check=True, all=True, stdout=said)
        assert said.getvalue().endswith("What is stored is what is defined.\n")
        assert Derivation.objects.count() == 1

    def test_it_writes_nothing_that_is_right(self, django_assert_max_num_queries):
        factories.investment()
        call_command("derive", stdout=StringIO())
        with django_assert_max_num_queries(100) as asked:
            call_command("derive", stdout=StringIO())
        written = [q["sql"] for q in asked if q["sql"].startswith(("UPDATE", "INSERT"))]
        assert [sql for sql in written if "derivation" not in sql] == []
