"""Programs that are not everywhere."""

import os
import shutil
from pathlib import Path

import pytest


def need(*programs):
    """Skip where a program or a file is not installed; fail instead where nothing may be."""
    missing = [name for name in programs if not (shutil.which(name) or Path(name).exists())]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
