"""What `make` does before anything is installed, and what it says when something is in the way."""

import ast
import os
import runpy
import socket
import subprocess
import sys

import pytest

import environment
import serve
from environment import ROOT, SetUpError

SCRIPTS = sorted((ROOT / "bin").glob("*.py"))


@pytest.fixture
def place(monkeypatch, tmp_path):
    """A project's folder of its own, and the commands that would run in it."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(environment, "find_npm", lambda: ["npm"])
    for name in ("requirements.txt", "package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_text("as it was")
    return tmp_path


@pytest.fixture
def commands(monkeypatch):
    noted = []
    monkeypatch.setattr(environment, "run", lambda command, failure: noted.append(command))
    return noted


def test_python_packages_are_installed_once_for_each_list(place, commands):
    environment.install_python_packages("requirements.txt")
    environment.install_python_packages("requirements.txt")
    assert len(commands) == 1

    (place / "requirements.txt").write_text("another")
    environment.install_python_packages("requirements.txt")
    assert len(commands) == 2


def test_front_end_packages_are_installed_once_for_each_lock(place, commands):
    environment.install_front_end_packages()
    environment.install_front_end_packages()
    assert commands == [["npm", "ci", "--include=dev"]]

    (place / "package-lock.json").write_text("another")
    environment.install_front_end_packages()
    assert len(commands) == 2


def test_a_step_that_failed_is_done_again(place, monkeypatch):
    def fail(command, failure):
        raise SetUpError(failure)

    monkeypatch.setattr(environment, "run", fail)
    for _attempt in range(2):
        with pytest.raises(SetUpError, match="pip could not install"):
            environment.install_python_packages("requirements.txt")


def test_a_failing_command_shows_its_own_words(capfd):
    command = [sys.executable, "-c", "print('no space left'); raise SystemExit(3)"]

    with pytest.raises(SetUpError, match="It failed"):
        environment.run(command, "It failed.")

    assert "no space left" in capfd.readouterr().out


def test_a_python_without_venv_is_named(place, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SetUpError, match="apt install python3-venv"):
        environment.make_venv()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_an_old_python_can_read_far_enough_to_be_refused(script):
    ast.parse(script.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed, and .* is 3\.9"):
        runpy.run_path(str(ROOT / "bin" / "environment.py"))


def test_a_missing_python_is_named():
    process = subprocess.run(
        ["make", "run", "PYTHON=no-such-python"], cwd=ROOT, capture_output=True, text=True
    )

    assert process.returncode == 2
    assert "there is no no-such-python here" in process.stdout


def test_without_npm_and_without_pip_both_are_named(monkeypatch, tmp_path):
    def fail(*arguments):
        raise SetUpError("no such package")

    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.setattr(environment, "pip_install", fail)

    with pytest.raises(SetUpError, match="apt install npm"):
        environment.find_npm()


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_refused_before_any_work(busy_port):
    process = subprocess.run(
        [sys.executable, "bin/serve.py", "run"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(busy_port), "HOST": "127.0.0.1"},
        capture_output=True,
        text=True,
    )

    assert process.returncode == 1
    assert f"Port {busy_port} of 127.0.0.1 is in use" in process.stderr
    assert f"make run PORT={busy_port + 1}" in process.stderr
    assert process.stdout == ""


@pytest.mark.parametrize("words", ["http", "0", "65536", "-1", "8000 ", "²"])
def test_a_port_is_a_number_in_range(words):
    with pytest.raises(SetUpError, match="is not a port"):
        serve.read_port(words)


def test_a_host_that_is_none_is_named():
    with pytest.raises(SetUpError, match="HOST=not a host is not an address"):
        serve.refuse_busy_port("not a host", 8000, "run")


def test_the_site_knows_its_address(monkeypatch):
    for name in ("PUBLIC_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)

    assert serve.site_environment("127.0.0.1", 8123, debug=False) == {
        "DEBUG": "off",
        "PUBLIC_URL": "http://127.0.0.1:8123",
    }
    assert serve.site_environment("::1", 80, debug=True)["PUBLIC_URL"] == "http://[::1]:80"


def test_a_site_for_every_address_answers_to_this_machines_names(monkeypatch):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)

    hosts = serve.site_environment("0.0.0.0", 8000, debug=False)["ALLOWED_HOSTS"].split(",")

    assert {"127.0.0.1", "localhost", socket.gethostname()} <= set(hosts)
    assert "*" not in hosts


def test_what_is_given_stays(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://cooperation.example")
    monkeypatch.setenv("ALLOWED_HOSTS", "cooperation.example")

    settings = serve.site_environment("0.0.0.0", 8000, debug=False)

    assert settings["PUBLIC_URL"] == "https://cooperation.example"
    assert "ALLOWED_HOSTS" not in settings


def test_the_secret_is_made_once_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setattr(serve, "ROOT", tmp_path)

    serve.make_secret_key()
    file = tmp_path / "var" / "secret_key"
    secret = file.read_text()
    serve.make_secret_key()

    assert len(secret) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == secret


def test_prepare_ends_before_the_server_and_asks_for_no_port(monkeypatch, tmp_path):
    done = []
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "prepare", done.append)
    monkeypatch.setattr(environment, "run_openly", lambda command, _: done.append(command[1:]))
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("it became the server"))
    monkeypatch.setattr(serve, "refuse_busy_port", lambda *_: pytest.fail("it asked for a port"))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.chdir(tmp_path)
    serve.main("prepare")
    assert done == ["requirements.txt", ["manage.py", "prepare"]]
