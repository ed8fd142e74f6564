"""What was exported comes back as it was."""

import re

import pytest

from projects.exports import EXPORTS
from projects.imports import TABLES, check
from tests.exports.reading import content
from tests.imports.files import contents, emptied, exported, said, stored, versions_kept

pytestmark = pytest.mark.django_db

WITHOUT_ID = re.compile(rb"^([^,\r\n]*),[0-9]+,", re.MULTILINE)


def test_every_table_comes_in():
    assert set(TABLES) == set(EXPORTS)


def test_every_other_column_of_an_export_is_derived():
    for table in TABLES.values():
        assert set(table.stored) <= set(EXPORTS[table.name].columns)
        assert "id" not in table.stored


@pytest.mark.proof
def test_what_was_exported_changes_nothing(shipped, publisher, figure):
    before, kept = contents(), versions_kept()
    files = exported()

    report = stored(*files, user=publisher)

    counts = report.counts
    figure(
        "C4",
        "rows added or changed by importing what was exported",
        f"{counts['added'] + counts['changed']} of {sum(counts.values())}",
        "0",
    )
    assert report.counts == {
        "added": 0,
        "changed": 0,
        "same": sum(len(contents()[table.model.__name__]) for table in TABLES.values()),
        "refused": 0,
    }
    assert contents() == before
    assert versions_kept() == kept == 0


def test_it_fills_an_empty_database_with_the_same_record(shipped, publisher):
    files = exported()
    before = {name: content(name) for name in EXPORTS}
    emptied()
    assert content("investments").count(b"\r\n") == 1

    # The files in the wrong order: each refers to those before it.
    stored(*reversed(files), user=publisher, publish=True)

    for name in EXPORTS:
        assert WITHOUT_ID.sub(rb"\1,", content(name)) == WITHOUT_ID.sub(rb"\1,", before[name]), name
    assert said(check(files, publisher)) == []
    assert check(files, publisher).counts["same"] == len(check(files, publisher).rows)
