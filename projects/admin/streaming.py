"""A page that is sent while it is being worked out: its head, how far it is, what came of it."""

import logging
from collections.abc import Callable, Generator, Iterator
from typing import Any

from django.db import DatabaseError, InternalError, OperationalError
from django.http import HttpRequest, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext, override

from projects.imports import Progress, Report
from projects.models.versions import met_another_save

logger = logging.getLogger(__name__)

HERE = "<!-- here -->"
"""Where a template leaves room for what comes later; no text of others can hold it unescaped."""

Steps = Generator[Progress, None, Report | None]


def streamed(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    steps: Steps,
    part: Callable[[Report | None], str],
) -> StreamingHttpResponse:
    """The page of a template, with `part` (of what the steps come to) where it leaves room."""
    # The cookie of the form's token goes with the headers, before the form is written.
    get_token(request)
    head, tail = render_to_string(template, context, request).split(HERE)
    parts = _parts(head, tail, steps, part)
    response = StreamingHttpResponse(_in_language(parts, get_language()))
    # What compresses pages would hold the lines back.
    response["Content-Encoding"] = "identity"
    # And so would a proxy.
    response["X-Accel-Buffering"] = "no"
    add_never_cache_headers(response)
    return response


def _parts(
    head: str, tail: str, steps: Steps, part: Callable[[Report | None], str]
) -> Iterator[str]:
    yield f'{head}<div class="import-progress" role="status">\n'
    try:
        report = yield from _told(steps)
        yield f"</div>\n{part(report)}"
    except (OperationalError, InternalError) as error:  # the latter of a read-only PostgreSQL
        logger.exception("An import was not finished.")
        yield _failed(_why(error))
    except Exception:
        # The headers are sent, so there is no other page to answer with.
        logger.exception("An import was not finished.")
        yield _failed(gettext("Something went wrong on the server. Nothing was stored."))
    yield tail


def _told(steps: Steps) -> Generator[str, None, Report | None]:
    """How far it is, a line each."""
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            report: Report | None = end.value
            return report
        yield render_to_string("admin/projects/parts/import_progress.html", {"progress": progress})


def _failed(message: str) -> str:
    return "</div>\n" + render_to_string(
        "admin/projects/parts/import_failed.html", {"message": message}
    )


def _in_language(parts: Iterator[str], language: str | None) -> Iterator[str]:
    """The parts, each made in the language of the request, whichever is active by then."""
    while True:
        with override(language):
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part


def _why(error: DatabaseError) -> str:
    """What kept an import from being stored, and what to do."""
    if met_another_save(error):
        return gettext("Somebody else is storing just now. Nothing was stored: try again.")
    return gettext(
        "The database is full, read-only or not there. Nothing was stored: tell an administrator."
    )
