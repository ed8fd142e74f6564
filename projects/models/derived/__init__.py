"""What is derived from statements and stored by stretches of days, and how every write keeps it."""

from projects.models.derived.beginning import begin
from projects.models.derived.deriving import (
    derive,
    derive_everything,
    deriving,
    deriving_together,
)
from projects.models.derived.known import know
from projects.models.derived.rules import RULES, Derivation

__all__ = [
    "RULES",
    "Derivation",
    "begin",
    "derive",
    "derive_everything",
    "deriving",
    "deriving_together",
    "know",
]
