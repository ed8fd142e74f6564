"""What a sample is: a state of a component, and the made-up values that show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sample:
    """A state of a component in words, and what the template reads in it."""

    words: str
    values: Mapping[str, Any] = field(default_factory=dict)
    list_class: str = ""
    """The class of the list around a component that is an item of one."""


Samples = Mapping[str, list[Sample]]
"""The samples of components by the name of their template within templates/components/."""
