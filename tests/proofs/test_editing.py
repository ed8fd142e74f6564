"""What editors enter is not lost: to another's save, to a deletion, or without a trace.

Each case is a test of the admin, run again for what the table of `make prove` counts.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction

from tests import factories
from tests.admin import test_deleting as deleting
from tests.admin import test_doors as doors
from tests.admin import test_two_editors as editors
from tests.admin.conftest import editor, staff  # noqa: F401  # fixtures
from tests.admin.editing import inlines, versioned
from tests.admin.test_doors import written  # noqa: F401
from tests.admin.test_two_editors import other  # noqa: F401
from tests.imports.files import file, stored
from tests.models import test_protecting as protecting

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

EVERY_FORM = list(admin.site._registry)
NO_VERSION = [None, "", "abc", "-1", "0"]


def failed(cases):
    """Those of the cases that fail, each a test with what it is given; all is taken back."""
    found = []
    for test, *given in cases:
        with transaction.atomic():
            try:
                test(*given)
            except Exception as error:  # whatever it is, it counts
                found.append((test.__name__, given[1:], repr(error)[:300]))
            transaction.set_rollback(True)
    return found


def some(cases, full_size):
    """All of the cases, or about every twelfth."""
    return cases if full_size else cases[::12]


def test_no_stale_form_is_taken(staff, other, full_size, figure):  # noqa: F811
    saves = [
        (editors.test_the_second_save_is_refused_and_may_then_overwrite, staff, other, model)
        for model in EVERY_FORM
    ]
    rows = [
        case
        for model, inline in inlines()
        for case in (
            (editors.test_a_row_in_a_page_too, staff, other, model, inline),
            (editors.test_a_row_that_changed_is_not_deleted, staff, model, inline),
        )
    ]
    deletions = [
        (test, staff, model)
        for model in versioned()
        for test in (
            editors.test_what_changed_since_is_not_deleted,
            editors.test_none_of_those_chosen_is_deleted_where_one_changed,
        )
    ]
    cases = some([*saves, *rows, *deletions], full_size)
    found = failed(cases)
    what = "stale saves and deletions that were taken: of every form, row and list"
    figure("D1", what, f"{len(found)} of {len(cases)}", "0")
    assert found == []
    assert not any(page.list_editable for page in admin.site._registry.values())


def test_no_form_without_a_version_is_taken(staff, full_size, figure):  # noqa: F811
    test = editors.test_a_form_without_a_version_is_refused
    cases = [(test, staff, model, version) for model in EVERY_FORM for version in NO_VERSION]
    cases = some(cases, full_size)
    found = failed(cases)
    what = "forms taken without the version that they were opened at, or with no such version"
    figure("D2", what, f"{len(found)} of {len(cases)}", "0")
    assert found == []


def by_an_import(user, written):  # noqa: F811
    """A file that changes one row."""
    place = factories.place(name_en="Old")
    written.begin()
    stored(file("places", {"slug": place.slug, "name_en": "New"}), user=user)
    assert written() == [("Place", "~", user.username)]
    newest, before = place.history.all()
    assert (before.name_en, newest.name_en) == ("Old", "New")


def test_every_way_of_writing_leaves_its_history(staff, editor, written, figure):  # noqa: F811
    ways = [
        doors.test_adding,
        doors.test_changing,
        doors.test_rows_in_the_page_of_another,
        doors.test_deleting_and_what_goes_along,
        doors.test_deleting_several_and_what_goes_along,
        doors.test_a_swap,
        doors.test_putting_back,
    ]
    cases = [(way, staff, written) for way in ways]
    cases += [(by_an_import, editor, written)]
    cases += [(doors.test_all_of_it_outlives_the_author, staff, editor, written)]
    found = failed(cases)
    what = "ways to write after which a row lacks its history, with author, old and new"
    figure("D4", what, f"{len(found)} of {len(cases)}", "0")
    assert found == []


def test_no_deletion_takes_a_dependant_along(staff, figure):  # noqa: F811
    cases = [
        (test, staff, build)
        for build in deleting.BLOCKED
        for test in (
            deleting.test_one_row_that_others_depend_on,
            deleting.test_many_rows_of_which_others_depend_on_one,
        )
    ]
    cases += [
        (deleting.test_names_in_what_blocks_are_escaped, staff),
        (deleting.test_a_row_in_the_page_of_its_subject, staff),
        (deleting.test_an_account_or_a_group_takes_no_fact_along, staff),
    ]
    found = failed(cases)
    what = "deletions that took a dependant along, or did not say what blocks them"
    figure("D5", what, f"{len(found)} of {len(cases)}", "0")
    taken = {
        name
        for name, field in protecting.references()
        if field.remote_field.on_delete is protecting.CASCADE
    }
    others = taken - protecting.MAY_CASCADE
    figure("D5", "references that take rows along, besides plain ties", len(others), "0")
    assert found == []
    assert others == set()
    assert {User, Group} <= set(EVERY_FORM)
