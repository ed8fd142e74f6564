"""Everything that can be said of the code without running the site: `make check`.

Runs every check, also after one failed, and sums up.
"""

import os
import secrets
import subprocess
from pathlib import Path

import environment
from environment import PYTHON, ROOT, VENV

TOOLS = VENV / "bin"
PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "PUBLIC_URL": "https://cooperation.example",
    "ALLOWED_HOSTS": "",
    "DATABASE_URL": "sqlite://:memory:",
}


def checks() -> "dict[str, list[str | Path]]":
    """The command of each check."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    manage: list[str | Path] = [PYTHON, "manage.py"]
    return {
        "Format": [TOOLS / "ruff", "format", "--check", "."],
        "Lint": [TOOLS / "ruff", "check", "."],
        "Types": [PYTHON, "-m", "mypy"],
        "Template format": [TOOLS / "djade", "--check", "--target-version", "5.2", *templates],
        "Template safety": [PYTHON, "bin/check_templates.py"],
        "Styles": [PYTHON, "bin/check_styles.py"],
        "Layers": [PYTHON, TOOLS / "lint-imports"],
        "Translations": [PYTHON, "bin/check_catalogues.py"],
        "Migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "Deployment": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }


def main() -> int:
    """Runs every check, then names those that failed; 0 when none did."""
    environment.prepare("requirements-dev.txt")
    failed = [name for name, command in checks().items() if not passes(name, command)]
    environment.say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return int(bool(failed))


def passes(name: str, command: "list[str | Path]") -> bool:
    """Whether the command ends well, with the settings of a production site."""
    environment.say(f"\n=== {name} ===")
    done = subprocess.run(command, cwd=ROOT, env=os.environ | PRODUCTION, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    environment.end_with(main)
