"""The bytes of a file as text: UTF-8, UTF-16 or GB18030, as spreadsheets save them.

A file is read twice, a part at a time: once to find out what it is written in, once for its text.
"""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from django.utils.translation import gettext as _

from projects.imports.results import File, FileRefused

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
_PART = 256 * 1024

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: those of today are archives, those of old are compound files."""


class _Unreadable(FileRefused):
    """A file is not written in some encoding."""


def decoded(file: File) -> TextIOWrapper:
    """The text of a file, which the caller closes; raises FileRefused where it is none."""
    with file.opened() as content:
        encoding = _encoding(content)
    return TextIOWrapper(file.opened(), encoding, newline="")


def _encoding(content: BinaryIO) -> str:
    """What all of a file is written in, and that it is a text of a size that is taken."""
    start = content.read(len(BOM_UTF8) + 1)
    if start.startswith(_WORKBOOKS):
        raise FileRefused(_("This is a workbook, not a CSV file: open it and save it as CSV."))
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        _check(start, content, "utf-16")
        return "utf-16"
    try:
        _check(start, content, "utf-8-sig")
        return "utf-8-sig"
    except _Unreadable:
        if start.startswith(BOM_UTF8):
            raise
    content.seek(len(start))
    _check(start, content, "gb18030")
    return "gb18030"


def _check(start: bytes, content: BinaryIO, encoding: str) -> None:
    """Read a file to its end, and refuse what is too large, no text, or none at all."""
    decoder = getincrementaldecoder(encoding)()
    line, size, anything = 1, 0, False
    for part in _parts(start, content):
        size += len(part)
        if size > LARGEST_FILE:
            raise FileRefused(
                _("The file is larger than %(limit)d MB: split it.")
                % {"limit": LARGEST_FILE // MEGABYTE}
            )
        try:
            text = decoder.decode(part, final=not part)
            # GB18030 has codes for halves of characters, which no database takes.
            text.encode()
        except UnicodeDecodeError as error:
            raise _unreadable_in(line + _lines_before(error)) from None
        except UnicodeEncodeError as error:
            raise _unreadable_in(line + text.count("\n", 0, error.start)) from None
        line += text.count("\n")
        anything = anything or bool(text.strip())
    if not anything:
        raise FileRefused(_("The file is empty."))


def _parts(start: bytes, content: BinaryIO) -> Iterator[bytes]:
    """The parts of a file; the last one is empty."""
    yield start
    while part := content.read(_PART):
        yield part
    yield b""


def _lines_before(error: UnicodeDecodeError) -> int:
    """How many lines end in the part before what cannot be read."""
    before = error.object[: error.start]
    feed = "\n".encode(error.encoding) if error.encoding.startswith("utf-16-") else b"\n"
    return before.count(feed)


def _unreadable_in(line: int) -> _Unreadable:
    return _Unreadable(
        _(
            "Line %(line)d is neither UTF-8, UTF-16 nor GB18030: save the file as “CSV UTF-8” and "
            "try again."
        )
        % {"line": line},
        line,
    )
