"""Every table as a CSV file that comes in: in the form in which it is exported, all or nothing."""

from projects.imports.decoding import LARGEST_FILE
from projects.imports.results import Change, File, Refusal, Report, Row
from projects.imports.running import (
    LARGEST_UPLOAD,
    MOST_FILES,
    Progress,
    check,
    checking,
    store,
    storing,
)
from projects.imports.splitting import MOST_ROWS
from projects.imports.tables import ENTERED_WITH, TABLES

__all__ = [
    "ENTERED_WITH",
    "LARGEST_FILE",
    "LARGEST_UPLOAD",
    "MOST_FILES",
    "MOST_ROWS",
    "TABLES",
    "Change",
    "File",
    "Progress",
    "Refusal",
    "Report",
    "Row",
    "check",
    "checking",
    "store",
    "storing",
]
