"""What part of everything is asked: the members of a group, the places below a place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A narrowing to a group of organizations, to places, to both or to neither.

    The ids are those of the organization or place asked and of all below it (`direct`: of the
    organization alone); None where nothing is asked.
    """

    organizations: frozenset[int] | None = None
    places: frozenset[int] | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self.organizations is None and self.places is None
