"""Dates and periods as publications state them: the names that the rest of the site uses."""

from projects.values.date_reading import read_date
from projects.values.date_search import FoundDate, find_dates
from projects.values.edtf import InvalidEdtf
from projects.values.vague_dates import Period, VagueDate
from projects.values.words import UnreadableWords

__all__ = [
    "FoundDate",
    "InvalidEdtf",
    "Period",
    "UnreadableWords",
    "VagueDate",
    "find_dates",
    "read_date",
]
