"""Text in a cell of a file that a spreadsheet opens: made inert, and taken back exactly."""

SKIPPED = (
    " \v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u200b'\""
)
"""What programs pass over before they look for a formula.

Blanks; and a byte-order mark, a zero-width space and quotes, which some of them skip.
"""

SIGNS = "=+-@\t\r\n\0＝＋－＠"
"""What begins a formula, or what a spreadsheet may take for its beginning."""


def runs(text: str) -> bool:
    """Whether a spreadsheet may run a text: it begins with a sign, or so does what is skipped."""
    sign = text.lstrip(SKIPPED)[:1]
    return sign != "" and sign in SIGNS


def neutralise(text: str) -> str:
    """Put one apostrophe before a text that a spreadsheet would run; any other stays as it is."""
    return f"'{text}" if runs(text) else text


def restore(cell: str) -> str:
    """Give back the text that `neutralise` made this cell of: its exact inverse."""
    return cell[1:] if cell.startswith("'") and runs(cell) else cell
