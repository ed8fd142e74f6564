"""Reports that several parts of a page ask."""

from collections.abc import Callable
from typing import TypeVar

from projects.remembering.reports import remembered_here
from projects.values.readers import Reader
from projects.values.scopes import Scope

Value = TypeVar("Value")


def once(name: str, reader: Reader, scope: Scope, make: Callable[[], Value]) -> Value:
    """A report for this reader and scope, made once a page and remembered until the data change."""
    parts = (None if ids is None else sorted(ids) for ids in (scope.organizations, scope.places))
    return remembered_here((name, *reader.asked, *parts), make)
