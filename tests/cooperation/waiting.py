"""Waiting for what comes by itself, for as long as a slow machine may take."""

import time


def until(condition, seconds=60):
    """What the condition gives once it holds."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found
