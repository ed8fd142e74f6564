"""A page that is kept as it is sent: compressed once, not anew for each reader.

What is compressed does not change, so its length would tell the same each time. The header of each
answer has a name of another length, as `GZipMiddleware` gives it to pages that are not kept
(docs/adr/0020), which leaves alone what is compressed already.
"""

import gzip
from secrets import randbelow

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip

_HEADER = 10
"""So many bytes does gzip write before its data, where it names no file (RFC 1952)."""
_FLAGS = 3
_NAMED = 8


def packed(content: bytes) -> bytes:
    """A page's content, as `unpacked` takes it."""
    return gzip.compress(content, mtime=0)


def unpacked(request: HttpRequest, content: bytes) -> HttpResponse:
    """The answer with a packed page, compressed still where the reader takes it."""
    if not re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        return HttpResponse(gzip.decompress(content))
    name = b"a" * randbelow(GZipMiddleware.max_random_bytes) + b"\0"
    header = bytearray(content[:_HEADER])
    header[_FLAGS] = _NAMED
    body = b"".join((header, name, content[_HEADER:]))
    return HttpResponse(body, headers={"Content-Encoding": "gzip"})
