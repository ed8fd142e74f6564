"""The site as in production, with its static files in the folder of the run, and an empty page."""

import os
from pathlib import Path

from cooperation.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BENCH_FOLDER"]) / "static"
ROOT_URLCONF = "benchmarks.urls"
