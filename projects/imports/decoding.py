"""The bytes of a file as text: UTF-8, UTF-16 or GB18030, as spreadsheets save them."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from django.utils.translation import gettext as _

from projects.imports.results import FileRefused

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: those of today are archives, those of old are compound files."""


def decode(content: bytes) -> str:
    """The text of a file; raises FileRefused where it is none."""
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    if len(content) > LARGEST_FILE:
        raise FileRefused(
            _("The file is larger than %(limit)d MB: split it.")
            % {"limit": LARGEST_FILE // MEGABYTE}
        )
    if content.startswith(_WORKBOOKS):
        raise FileRefused(_("This is a workbook, not a CSV file: open it and save it as CSV."))
    text = _decoded(content)
    if not text.strip():
        raise FileRefused(_("The file is empty."))
    return text


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith(BOM_UTF8):
            raise _unreadable(content, error) from None
    return _strictly(content, "gb18030")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
        # GB18030 has codes for halves of characters, which no database takes.
        text.encode()
    except UnicodeDecodeError as error:
        raise _unreadable(content, error) from None
    except UnicodeEncodeError as error:
        raise _unreadable_in(text.count("\n", 0, error.start) + 1) from None
    return text


def _unreadable(content: bytes, error: UnicodeDecodeError) -> FileRefused:
    before = content[: error.start]
    feed = "\n".encode(error.encoding) if error.encoding.startswith("utf-16-") else b"\n"
    return _unreadable_in(before.count(feed) + 1)


def _unreadable_in(line: int) -> FileRefused:
    return FileRefused(
        _(
            "Line %(line)d is neither UTF-8, UTF-16 nor GB18030: save the file as “CSV UTF-8” and "
            "try again."
        )
        % {"line": line},
        line,
    )
