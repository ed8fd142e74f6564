"""Amounts: sets of numbers with a unit, how they are read, found, added, compared and written."""

from projects.values.amount_search import FoundAmount, find_amounts
from projects.values.amount_sets import Amount, UnitMismatch, total
from projects.values.amount_words import read_amount
from projects.values.units import is_currency
from projects.values.words import UnreadableWords

__all__ = [
    "Amount",
    "FoundAmount",
    "UnitMismatch",
    "UnreadableWords",
    "find_amounts",
    "is_currency",
    "read_amount",
    "total",
]
