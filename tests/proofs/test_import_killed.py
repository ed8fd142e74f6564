"""kill -9 of an import, in the midst of what it writes: nothing of it is stored, and all can be."""

import signal
import subprocess
import sys

import pytest

from tests.admin.test_simultaneous_saves import (  # noqa: F401  # fixtures
    ROOT,
    database,
    environment,
    told_by,
)

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("killed")]

ROWS = 3_000
PREPARE = """
import json, django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
call_command("migrate", verbosity=0)
User.objects.create_superuser("editor", password="only for tests")
print(json.dumps(0))
"""
# The import, as from the command line, which kills itself after so many steps: rows of a table,
# their history, what follows from them, and the commit.
IMPORT = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from django.db import connections
from projects.imports.storing import Following, History, Tabular

def killed(write):
    def counted(self, *given):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(self, *given)
    return counted

left = {left}
Tabular.insert = killed(Tabular.insert)
History.add = killed(History.add)
Following.finish = killed(Following.finish)
connection = type(connections["default"])
connection.commit = killed(connection.commit)
call_command("import_tables", *sys.argv[1:], user="editor", publish=True)
"""
LOOK = """
import json, django
django.setup()
from tests.recorded import RECORDED
tables = [model._base_manager for model in RECORDED]
print(json.dumps([sum(rows.count() for rows in tables + [m.history for m in RECORDED])]))
"""


@pytest.fixture
def files(tmp_path):
    """Sources and places, of which every one is new."""
    sources, places = tmp_path / "sources.csv", tmp_path / "places.csv"
    lines = [f"s{number},Title {number},2020" for number in range(ROWS)]
    sources.write_text("\n".join(["slug,title,published", *lines, ""]))
    lines = [f"p{number},Place {number}" for number in range(ROWS)]
    places.write_text("\n".join(["slug,name_en", *lines, ""]))
    return [str(sources), str(places)]


def imported(files, environment, left):  # noqa: F811
    """The import, killed once so many steps are done; how it ended, and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT.format(left=left), *files],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_nothing_of_a_killed_import_is_stored(environment, files, full_size, figure):  # noqa: F811
    told_by(PREPARE, environment)
    left_over, kills = [], 0
    for left in range(0, 100, 3 if full_size else 12):
        status, said = imported(files, environment, left)
        if status != -signal.SIGKILL:
            break
        kills += 1
        if (found := told_by(LOOK, environment)) != [0]:
            left_over.append((left, found))
    figure(
        "C4",
        "imports killed in the midst of writing that left anything stored",
        f"{len(left_over)} of {kills}",
        "0 of 6 or more",
    )
    assert (status, said) == (0, "")
    assert left_over == []
    assert kills >= (6 if full_size else 1)
    assert told_by(LOOK, environment) == [4 * ROWS]
