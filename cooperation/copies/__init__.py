"""Copies of the whole database: backups, restored and moved, proven by fingerprints."""


class CopyError(Exception):
    """A copy that cannot be made or taken; the message says why, and what would help."""
