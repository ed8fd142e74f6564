"""The settings of production, with static files of their own."""

import os
from pathlib import Path

from cooperation.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["TEST_STATIC_ROOT"])
