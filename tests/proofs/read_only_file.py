"""Settings of tests with SQLite's file opened to be read: even root may then not write it."""

from tests.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = f"file:{DATABASES['default']['NAME']}?mode=ro"  # noqa: F405
