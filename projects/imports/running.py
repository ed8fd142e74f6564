"""The dry run and the import: both look at all rows alike, and one of them writes them."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from projects.imports.checking import Checking
from projects.imports.decoding import LARGEST_FILE
from projects.imports.reading import read
from projects.imports.results import File, Refusal, Refused, Report, of_all
from projects.imports.rights import Rights
from projects.imports.spool import Spool
from projects.imports.storing import Stale, Storing
from projects.imports.summary import report_of

MOST_FILES = 20
LARGEST_UPLOAD = LARGEST_FILE
OFTEN = 100
"""How often it is told how far it is: not more often than after so many rows, or percent."""
_TRIES = 3
"""How often the files are looked at anew because something else was stored meanwhile."""


@dataclass(frozen=True)
class Progress:
    """How many of the rows were looked at."""

    done: int
    total: int


Steps = Generator[Progress, None, Report]
Agree = Callable[[Report], None]
"""Asked in the transaction before anything is written; raises Refused where nothing is to be."""


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
    with closing(Spool(list(files))) as spool:
        return (yield from _looked_at(spool, Rights(user, publish, "")))


def storing(
    files: Sequence[File],
    user: Any,
    *,
    publish: bool = False,
    reason: str = "",
    expected: str = "",
    agree: Agree = lambda report: None,
) -> Steps:
    """The import, step by step.

    SQLite has one writer: there its lock is taken once all is looked at, and what was looked at is
    written only if nothing else was written since.
    """
    rights = Rights(user, publish, _reason(reason, files))
    waiting = connection.vendor == "sqlite" and not connection.in_atomic_block
    for _attempt in range(_TRIES):
        seen = _data_version() if waiting else None
        with closing(Spool(list(files))) as spool, _one_import(at_once=not waiting):
            report = yield from _looked_at(spool, rights)
            if expected and report.digest != expected:
                return report.refused_because(
                    of_all(
                        _(
                            "What is stored has changed since the dry run: look at what would be "
                            "done now."
                        )
                    )
                )
            if not report.accepted:
                return report
            with transaction.atomic():
                if not waiting or _data_version() == seen:
                    return _written(spool, rights, report, agree)
    return report.refused_because(of_all(_changed()))


def _written(spool: Spool, rights: Rights, report: Report, agree: Agree) -> Report:
    """The report once all is written, or why it is not."""
    storage = Storing(spool, rights)
    try:
        with transaction.atomic():
            agree(report)
            storage.store()
            if connection.vendor == "postgresql":
                # What was named may be gone by now: asked here, and not when all is committed.
                connection.check_constraints()
    except Refused as refused:
        return report.refused_because(of_all(str(refused)))
    except Stale as stale:
        rows = spool.entries(spool.numbers_of(stale.table, stale.ids))
        return report.refused_because(
            *(Refusal(one.file, one.table.name, one.line, "", _changed()) for one in rows)
        )
    except IntegrityError:
        message = _("It does not fit what is stored by now: check the files again.")
        return report.refused_because(of_all(message))
    return report.as_stored()


def _changed() -> str:
    return _("It was changed in this very moment: check the files again.")


def _looked_at(spool: Spool, rights: Rights) -> Steps:
    """What would become of all rows, which are in the spool afterwards."""
    problem = rights.problem() or _too_much(spool.files)
    if problem:
        return report_of(spool, [of_all(problem)], rights.publish)
    refused = read(spool.files, spool)
    done, total = 0, spool.count()
    often = max(OFTEN, total // 100)
    for count in Checking(rights, spool).run():
        for told in range(done // often + 1, (done + count) // often + 1):
            yield Progress(told * often, total)
        done += count
    return report_of(spool, refused, rights.publish)


def _too_much(files: Sequence[File]) -> str:
    if not files:
        return _("Choose at least one file.")
    if len(files) > MOST_FILES:
        return _("These are more than %(limit)d files at once.") % {"limit": MOST_FILES}
    return ""


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


@contextmanager
def _one_import(*, at_once: bool) -> Iterator[None]:
    """A transaction in which no other import stores: two of the same file would find no such row.

    No other writer needs this lock, so none waits. Not `at_once`: none is begun.
    """
    if not at_once:
        yield
        return
    with transaction.atomic():
        kinds = ContentType.objects.filter(app_label="projects", model="source")
        list(kinds.select_for_update(no_key=True))
        yield


def _data_version() -> int:
    """A number that another one has once another connection has written to an SQLite database."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
