"""All or nothing, once, and only what was looked at."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection

from projects.imports import check, checking, store, storing
from projects.imports.history import History
from projects.imports.storing import Storing
from projects.models import Investment, InvestmentOrganization, Participation, Place, Source
from tests import factories
from tests.imports.files import contents, exported, file, said, stored, versions_kept

pytestmark = pytest.mark.django_db


def test_a_dry_run_stores_nothing(shipped, publisher):
    before = contents()
    lines = [{"slug": f"new-{number}", "name_en": "N"} for number in range(5)]

    report = check([file("places", *lines)], publisher)

    assert report.counts["added"] == 5
    assert not report.stored
    assert contents() == before
    assert versions_kept() == 0


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_stores_nothing_outside_of_a_transaction(publisher):
    factories.place(slug="x", name_en="X")
    report = check(
        [file("places", {"slug": "x", "name_en": "Y"}, {"slug": "y", "name_en": "Y"})], publisher
    )
    assert report.counts["added"] == report.counts["changed"] == 1
    assert dict(Place.objects.values_list("slug", "name_en")) == {"x": "X"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer")
@pytest.mark.parametrize("run", [checking, storing])
def test_no_writer_waits_while_the_rows_are_looked_at(publisher, run):
    lines = [{"slug": f"a{number}", "name_en": "A"} for number in range(150)]
    steps = run([file("places", *lines)], publisher)
    next(steps)
    assert not connection.connection.in_transaction
    assert not connection.in_atomic_block
    steps.close()
    assert not Place.objects.exists()


def test_what_was_not_looked_at_is_not_stored(publisher):
    """Two confirm: the second would undo what the first did since the dry run."""
    factories.place(slug="x", name_en="X")
    mine = [file("places", {"slug": "x", "name_en": "Mine"})]
    found = check(mine, publisher)
    stored(file("places", {"slug": "x", "name_en": "Theirs"}), user=publisher)

    report = store(mine, publisher, expected=found.digest)

    assert not report.stored
    assert not report.accepted
    assert Place.objects.get().name_en == "Theirs"
    (change,) = report.rows[0].changes
    assert (change.before, change.after) == ("Theirs", "Mine")


def test_the_same_confirmed_twice_is_stored_once(publisher):
    factories.project(slug="p")
    factories.organization(slug="o")
    factories.source(slug="s")
    line = {"project": "p", "organization": "o", "role": "builder", "source": "s"}
    files = [file("participations", line)]
    found = check(files, publisher)

    assert store(files, publisher, expected=found.digest).stored
    assert not store(files, publisher, expected=found.digest).stored
    assert store(files, publisher).counts["added"] == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory, it has one connection")
def test_two_who_confirm_at_the_same_moment_store_it_once(publisher):
    factories.project(slug="p")
    factories.organization(slug="o")
    factories.source(slug="s")
    line = {"project": "p", "organization": "o", "role": "builder", "source": "s"}
    files = [file("participations", line)]
    found, start = check(files, publisher), Barrier(2)

    def confirm(_number):
        start.wait()
        try:
            return store(files, publisher, expected=found.digest).stored
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(confirm, range(2))) == [False, True]
    assert Participation.objects.count() == 1


def test_a_fault_in_the_middle_stores_nothing(shipped, publisher, monkeypatch):
    before = contents()
    real, calls = History.add, []

    def fails(self, how, ids):
        calls.append(how)
        if len(calls) == 2:
            raise RuntimeError("on purpose")
        real(self, how, ids)

    # The rows of one table are written with their history, those of the other without.
    monkeypatch.setattr(History, "add", fails)
    lines = [{"slug": f"new-{number}", "name_en": "N"} for number in range(10)]
    with pytest.raises(RuntimeError):
        store([file("places", *lines), file("sectors", *lines)], publisher)

    assert len(calls) == 2
    assert contents() == before
    assert versions_kept() == 0


def test_one_who_goes_away_in_the_middle_stores_nothing(publisher):
    lines = [{"slug": f"a{number}", "name_en": "A"} for number in range(250)]
    steps = storing([file("places", *lines)], publisher)
    assert (next(steps).done, next(steps).done) == (100, 200)
    steps.close()
    assert not Place.objects.exists()


def test_every_row_that_changes_has_one_more_state(shipped, publisher):
    files = exported("places")
    Place.objects.update(name_en="Changed")
    count = Place.objects.count()

    stored(*files, user=publisher)

    # The state that came with the fixtures, and the one that was imported.
    assert versions_kept() == 2 * count


def test_too_many_files_are_refused(publisher):
    one = file("places", {"slug": "a", "name_en": "A"})
    assert "20" in said(check([one] * 21, publisher))[0][3]
    assert said(check([], publisher))


def test_nothing_is_stored_of_the_good_files_beside_a_bad_one(publisher):
    good = file("sources", {"slug": "s", "title": "T", "published": "2020"})
    report = store([good, file("places", {"slug": "a", "colour": "red"})], publisher)
    assert report.counts["added"] == 1
    assert not report.stored
    assert not Source.objects.exists()


def test_rows_and_their_histories_are_as_a_save_leaves_them(publisher):
    """One investment is imported and changed by files, its twin is saved and saved again."""
    project = factories.project(slug="p")
    source = factories.source(slug="s")
    maker, owner = (factories.organization(slug=slug) for slug in ("maker", "owner"))
    line = {"statement_id": "one", "project": "p", "source": "s", "amount_low": "5"}
    line |= {"date": "2020-04", "as_written": "５亿", "organizations": "maker"}
    stored(file("investments", line), user=publisher, reason="First")
    change = {"statement_id": "one", "note": "n", "organizations": "owner", "amount_low": ""}
    stored(file("investments", change), user=publisher, reason="Then")

    twin = Investment(key="two", project=project, source=source, amount_low=5)
    twin.date, twin.as_written, twin.amount_high_included = "2020-04", "５亿", False
    twin.save_because("First", publisher)
    ties = [InvestmentOrganization(investment=twin, organization=end) for end in (maker, owner)]
    ties[0].save_because("First", publisher)
    twin.note, twin.amount_low = "n", None
    twin.save_because("Then", publisher)
    ties[0]._change_reason, ties[0]._history_user = "Then", publisher
    ties[0].delete()
    ties[1].save_because("Then", publisher)

    one, two = (Investment.objects.get(key=key) for key in ("one", "two"))
    ids = {"id", "key", "investment_id", "history_id", "history_date", "search_text"}
    assert plain([one], ids) == plain([two], ids)
    assert (one.search_text, two.search_text) == ("\n5亿\none\n", "\n5亿\ntwo\n")
    assert plain(one.history.all(), ids) == plain(two.history.all(), ids)
    links = InvestmentOrganization.history
    assert plain(links.filter(investment=one), ids) == plain(links.filter(investment=two), ids)
    assert [row.version for row in InvestmentOrganization.objects.all()] == [1, 1]


def plain(rows, without):
    """The columns of rows but some, in the order in which they were stored."""
    rows = sorted(rows, key=lambda row: row.pk)
    fields = [field.attname for field in rows[0]._meta.concrete_fields]
    return [{name: getattr(row, name) for name in fields if name not in without} for row in rows]


def test_the_first_state_of_a_row_without_history_is_kept(shipped, publisher):
    row = Investment.objects.order_by("pk").first()
    before, note = row.version, row.note
    stored(file("investments", {"statement_id": row.key, "note": "new"}), user=publisher)
    states = row.history.order_by("history_id")
    assert [(one.history_type, one.note, one.version) for one in states] == [
        ("+", note, before),
        ("~", "new", before + 1),
    ]
    assert [one.history_user for one in states] == [None, publisher]


def test_what_was_changed_in_this_very_moment_is_not_overwritten(publisher, monkeypatch):
    """Somebody saves between the look at the rows and their writing."""
    row = factories.place(slug="x", name_en="X")
    factories.place(slug="y", name_en="Y")
    real = Storing.store

    def late(self):
        other = Place.objects.get(pk=row.pk)
        other.name_zh = "甲"
        other.save()
        real(self)

    monkeypatch.setattr(Storing, "store", late)
    lines = [{"slug": slug, "name_en": "New"} for slug in ("y", "x")]
    report = store([file("places", *lines)], publisher)

    assert not report.stored
    assert [one[:3] for one in said(report)] == [("places", 3, "")]
    # It was saved in the transaction of the import here, so it is gone with that.
    assert dict(Place.objects.values_list("slug", "name_en")) == {"x": "X", "y": "Y"}


def test_what_is_derived_follows_from_an_import(shipped, publisher):
    """Rows that are new, that move elsewhere, that swap, and ties that come and go."""
    standing = factories.investment(key="a", project=factories.project(slug="p"))
    factories.investment(key="b", project=standing.project, restates=standing)
    factories.organization(slug="maker")
    factories.source(slug="s", published="2024-05")
    new = {"statement_id": "new", "project": "p", "source": "s", "organizations": "maker"}
    stored(file("investments", new), user=publisher)
    new |= {"project": Investment.objects.exclude(project=None).first().project.slug}
    swap = [
        {"statement_id": "a", "restates": "b", "restates_how": "superseded"},
        {"statement_id": "b", "restates": "", "restates_how": ""},
    ]
    stored(file("investments", new | {"organizations": ""}), user=publisher)
    stored(file("investments", *swap), user=publisher, reason="Why")
    stored(file("sources", {"slug": "s", "published": "2025"}), user=publisher)

    call_command("derive", check=True, all=True)
