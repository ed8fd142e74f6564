"""What is known of projects and milestones, by stretches of days."""

from collections.abc import Collection


def know(projects: Collection[int], agreements: Collection[int]) -> None:
    """Store what is known of these projects, and of the steps of these agreements."""


def know_everything() -> None:
    """Store what is known of all projects and milestones, some thousand projects at a time."""
