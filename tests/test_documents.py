"""What documents name as shown, run or asked: it is there."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from environment import ROOT

NAMES = ["SECURITY.md", "THREAT_MODEL.md", "docs/running.md"]
DOCUMENTS = {name: (ROOT / name).read_text() for name in NAMES}


@pytest.fixture(params=NAMES)
def words(request):
    return DOCUMENTS[request.param]


def is_defined(named):
    """Whether a test, a file of tests or a folder of them is there."""
    path, _colons, test = named.partition("::")
    place = ROOT / path
    return place.exists() and (not test or f"def {test}(" in place.read_text())


def test_every_promise_names_what_shows_it():
    for name in ("SECURITY.md", "THREAT_MODEL.md"):
        rows = re.findall(r"^\| [A-Z].*[^|\s] \| `([^`|]+)` \|$", DOCUMENTS[name], re.MULTILINE)
        assert len(rows) > 10
        for shown_by in rows:
            assert shown_by.startswith(("tests/", "make ")), shown_by


def test_tests_that_are_named_are_there(words):
    for named in re.findall(r"tests/[\w/]+(?:\.py)?(?:::\w+)?", words):
        assert is_defined(named), named


def test_targets_that_are_named_are_there(words):
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"`make (\w+)", words):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_commands_that_are_named_are_there(words):
    for command in re.findall(r"manage\.py (\w+)", words):
        assert command in get_commands(), command


def test_files_that_are_named_are_there(words):
    for named in re.findall(r"(?<![\w/.])deploy/[\w./-]*\w", words):
        assert (ROOT / named).exists(), named


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name):
    for link in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", DOCUMENTS[name]):
        assert ((ROOT / name).parent / link).exists(), link


def test_units_that_are_named_are_there():
    units = {path.name for path in Path(ROOT / "deploy" / "systemd").iterdir()}
    for unit in re.findall(r"cooperation-[a-z]+(?:\.\w+|@)?", DOCUMENTS["docs/running.md"]):
        if unit.endswith("@") or "." not in unit:
            unit = f"{unit.removesuffix('@')}{'@' if unit.endswith('@') else ''}.service"
        assert unit in units, unit


def test_metrics_that_are_named_are_counted():
    code = "".join((ROOT / app / "metrics.py").read_text() for app in ("cooperation", "projects"))
    for metric in re.findall(r"cooperation_[a-z_]+(?=[{\[)])", DOCUMENTS["docs/running.md"]):
        name = re.sub(r"_(total|bucket)$", "", metric)
        assert f'"{name}"' in code, metric
