"""Text in a cell of a file that a spreadsheet opens: made inert, and taken back exactly."""

import re

_FORMULA = re.compile("""[\\s\ufeff\u200b'"]*[=+\\-@\t\r\n\0＝＋－＠]""")
"""What a spreadsheet may run: a sign that begins a formula, also behind blanks, marks and quotes.

A byte-order mark, a zero-width space and quotes are skipped by some programs before they look.
"""


def neutralise(text: str) -> str:
    """Put one apostrophe before a text that a spreadsheet would run; any other stays as it is."""
    return f"'{text}" if _FORMULA.match(text) else text


def restore(cell: str) -> str:
    """Give back the text that `neutralise` made this cell of: its exact inverse."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
