"""How the site is set up: what it refuses to start with, and what it never gives out."""

import ast
import http.client
import os
import re
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import django
import pytest

import check_templates
import run_checks
from environment import ROOT
from tests.admin.test_simultaneous_saves import (  # noqa: F401  # fixtures
    PREPARE,
    database,
    environment,
    served,
    told_by,
)
from tests.cooperation.test_settings import settings_of

pytestmark = pytest.mark.proof

TRUSTED = {
    "projects/templatetags/cooperation.py: mark_safe(drawing.replace('\\n', ''))",
    "projects/admin/work/links.py: format_html(sentence, link)",
}
"""What marks text as HTML that is not written beside it: icons of ours, and sentences of ours."""
FLOOR, CEILING = (5, 2, 19), (5, 3)
SECRETS = [
    ".env", ".git", ".git/config", ".git/HEAD", "manage.py", "requirements.txt", "var/secret_key",
    "var/db.sqlite3", "db.sqlite3", "cooperation/settings.py", "package-lock.json", "compose.yaml",
]  # fmt: skip
ABOVE = ["", "static/", "static/../", "static/css/../../", "static/%2e%2e/", "static/..%2f"]
ABOVE += ["static/..%5c", "static/....//", "static//../", "static/%252e%252e/", "media/", "../"]


def inherited():
    """The variables of a process to which nothing was said about the site."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def test_no_warning_of_the_deployment_is_open(figure):
    command = run_checks.checks()["Deployment"]
    command[0] = sys.executable
    done = subprocess.run(
        command, cwd=ROOT, env=inherited() | run_checks.PRODUCTION, capture_output=True, text=True
    )
    warnings = re.findall(r"\(\w+\.[WEC]\d+\)", done.stderr)
    figure("E1", "warnings of check --deploy with the settings of production", len(warnings), "0")
    assert "--deploy" in command and command[-1] == "WARNING"
    assert (done.returncode, warnings) == (0, []), done.stderr


def test_templates_hold_no_script_or_style_of_their_own(figure):
    folders = [ROOT / "templates", ROOT / "projects", ROOT / "cooperation"]
    templates = [file for folder in folders for file in folder.rglob("*.html")]
    found = [
        (file.relative_to(ROOT), *one)
        for file in templates
        for one in check_templates.problems(file.read_text(encoding="utf-8"))
    ]
    what = "styles, scripts, handlers and unescaped output in the templates"
    figure("E3", what, f"{len(found)} in {len(templates)}", "0")
    assert len(templates) > 100
    assert found == []


def trusts(source):
    """The calls in a source that take a text for HTML, unless that stands there word for word."""
    for node in ast.walk(ast.parse(source)):
        name = isinstance(node, ast.Call) and getattr(
            node.func, "id", getattr(node.func, "attr", "")
        )
        literal = name == "format_html" and isinstance(node.args[0], ast.Constant)
        if name in {"mark_safe", "SafeString", "SafeText", "format_html", "format_html_join"}:
            if not literal:
                yield ast.unparse(node)
        elif name == "__html__":
            yield ast.unparse(node)


def test_what_is_taken_for_html_is_written_down(figure):
    found = {
        f"{file.relative_to(ROOT)}: {call}"
        for folder in ("projects", "cooperation")
        for file in (ROOT / folder).rglob("*.py")
        for call in trusts(file.read_text(encoding="utf-8"))
    }
    what = "places that take a text for HTML, besides the two written down"
    figure("E3", what, len(found - TRUSTED), "0")
    assert found == TRUSTED


def test_django_is_pinned_above_what_is_known_to_be_broken(figure):
    pins = [
        line.split("#")[0].strip()
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if line.split("#")[0].strip()
    ]
    loose = [pin for pin in pins if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", pin)]
    (pinned,) = (pin.partition("==")[2] for pin in pins if pin.startswith("Django=="))
    figure("E4", "Django that is installed", pinned, "5.2.19 or a later 5.2")
    figure("E4", "requirements without an exact version", f"{len(loose)} of {len(pins)}", "0")
    assert FLOOR <= tuple(map(int, pinned.split("."))) < CEILING
    assert django.__version__ == pinned
    assert loose == []


def test_nothing_starts_without_a_secret_key(tmp_path, figure):
    """A copy, as the key of whoever works here may lie beside the original."""
    shutil.copytree(ROOT / "cooperation", tmp_path / "cooperation")
    for name in ("projects", "templates", "static", "manage.py", "node_modules"):
        (tmp_path / name).symlink_to(ROOT / name)
    starts = [
        ["-m", "gunicorn", "--config", "python:cooperation.serving", "--check-config"],
        ["manage.py", "check"],
        ["-c", "import cooperation.settings"],
    ]
    said = [
        subprocess.run(
            [sys.executable, *start],
            cwd=tmp_path,
            env=inherited() | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        for start in starts
    ]
    started = [done.args for done in said if done.returncode == 0]
    figure("E6", "ways to start that go on without a secret key", f"{len(started)} of 3", "0")
    assert started == []
    assert all("SECRET_KEY" in done.stderr for done in said), [done.stderr for done in said]


def test_debug_is_off_unless_asked_for(figure):
    found = settings_of()["DEBUG"]
    figure("E6", "DEBUG where nothing is said", found, "False")
    assert found is False
    assert settings_of(DEBUG="on")["DEBUG"] is True


def answered(port, path):
    """The status of a path that is sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest("GET", path, skip_accept_encoding=True)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_no_file_of_the_site_is_given_out(environment, database, figure):  # noqa: F811
    told_by(PREPARE, environment)
    up = "/static/" + "../" * 12
    file = urlsplit(database).path.lstrip("/") if database.startswith("sqlite") else "etc/passwd"
    paths = [f"/{above}{name}" for above in ABOVE for name in SECRETS]
    paths += [up + file, up.replace("../", "%2e%2e/") + file, f"//{file}", "/static/", "/static"]
    with served(environment) as port:
        assert answered(port, "/static/css/tokens.css") == 200
        found = {path: answered(port, path) for path in paths}
    given = {path: status for path, status in found.items() if status not in {400, 404}}
    what = ".env, .git, database and sources, beside static/ and above it, not answered by 404"
    figure("E6", what, f"{len(given)} of {len(found)}", "0")
    assert given == {}
