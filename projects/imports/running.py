"""The dry run and the import: both do the same, and only one of them keeps it."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from projects.imports.decoding import LARGEST_FILE, MEGABYTE
from projects.imports.entries import Entry, check_derived, read
from projects.imports.matching import match
from projects.imports.rehearsing import rehearsal
from projects.imports.results import SAME, File, Refusal, Report
from projects.imports.rights import Rights
from projects.imports.storing import Storing
from projects.imports.tables import TABLES
from projects.models import Source

MOST_FILES = 20
LARGEST_UPLOAD = 2 * LARGEST_FILE
EVERY = 100
"""After how many rows it is told how far it is."""


@dataclass(frozen=True)
class Progress:
    """How many of the rows that change anything were tried."""

    done: int
    total: int


Steps = Generator[Progress, None, Report]


def check(files: Sequence[File], user: Any, *, publish: bool = False) -> Report:
    """The dry run: what `store` would do; stores nothing."""
    return _finish(checking(files, user, publish=publish))


def store(
    files: Sequence[File],
    user: Any,
    *,
    publish: bool = False,
    reason: str = "",
    expected: str = "",
) -> Report:
    """Store all that the files say, or nothing where anything is refused.

    `expected` is the digest of the dry run that the user confirmed: where something else would be
    done by now, nothing is stored.
    """
    return _finish(storing(files, user, publish=publish, reason=reason, expected=expected))


def checking(files: Sequence[File], user: Any, *, publish: bool = False) -> Steps:
    """The dry run, step by step."""
    rights = Rights(user, publish, "")
    entries, refused = _prepared(files, rights)
    if any(entry.outcome != SAME for entry in entries):
        with rehearsal():
            yield from _stored(entries, rights)
    return _report(entries, refused, publish)


def storing(
    files: Sequence[File],
    user: Any,
    *,
    publish: bool = False,
    reason: str = "",
    expected: str = "",
) -> Steps:
    """The import, step by step."""
    rights = Rights(user, publish, _reason(reason, files))
    with transaction.atomic():
        _wait_for_others()
        entries, refused = _prepared(files, rights)
        yield from _stored(entries, rights)
        report = _report(entries, refused, publish)
        if expected and report.digest != expected:
            report = report.refused_because(
                _("What is stored has changed since the dry run: look at what would be done now.")
            )
        if report.accepted:
            return report.as_stored()
        transaction.set_rollback(True)
    return report


def _finish(steps: Steps) -> Report:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: Report = end.value
            return report


def _reason(reason: str, files: Sequence[File]) -> str:
    # PostgreSQL stores no NUL in a text.
    given = reason.replace("\0", "").strip()
    return given or _("Import of %(files)s") % {"files": ", ".join(file.name for file in files)}


def _wait_for_others() -> None:
    """Let one import after the other store: two of the same file would both find no such row.

    SQLite does so by itself: its transactions begin with the lock of the one writer.
    """
    kind = ContentType.objects.get_for_model(Source)
    ContentType.objects.select_for_update().get(pk=kind.pk)


def _prepared(files: Sequence[File], rights: Rights) -> tuple[list[Entry], list[Refusal]]:
    """The rows of the files beside those stored, and why files are refused as a whole."""
    problem = rights.problem() or _too_much(files)
    if problem:
        return [], [Refusal("", "", 0, "", problem)]
    entries, refused = read(files)
    for name, table in TABLES.items():
        match(table, [entry for entry in entries if entry.table.name == name])
    for entry in entries:
        check_derived(entry)
    return entries, refused


def _too_much(files: Sequence[File]) -> str:
    if not files:
        return _("Choose at least one file.")
    if len(files) > MOST_FILES:
        return _("These are more than %(limit)d files at once.") % {"limit": MOST_FILES}
    if sum(len(file.content) for file in files) > LARGEST_UPLOAD:
        return _("These files are larger than %(limit)d MB together: import them one by one.") % {
            "limit": LARGEST_UPLOAD // MEGABYTE
        }
    return ""


def _stored(entries: list[Entry], rights: Rights) -> Iterator[Progress]:
    """Store what differs, table by table."""
    differing = [entry for entry in entries if entry.outcome != SAME]
    storage = Storing(rights)
    done = 0
    for name, table in TABLES.items():
        for _entry in storage.store(table, [one for one in differing if one.table.name == name]):
            done += 1
            if done % EVERY == 0:
                yield Progress(done, len(differing))


def _report(entries: list[Entry], refused: list[Refusal], publish: bool) -> Report:
    rows = [entry.as_row() for entry in entries]
    of_rows = [refusal for entry in entries for refusal in entry.refusals]
    return Report(rows, [*refused, *of_rows], publish)
