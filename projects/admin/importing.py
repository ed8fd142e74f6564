"""The pages of the CSV import: upload, dry run, and the word to store it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from projects.admin.reporting import shown
from projects.admin.streaming import Steps, streamed
from projects.imports import (
    ENTERED_WITH,
    LARGEST_FILE,
    LARGEST_UPLOAD,
    MOST_FILES,
    MOST_ROWS,
    TABLES,
    File,
    Report,
    checking,
    storing,
)
from projects.imports.results import Refused
from projects.models import Upload, UploadedFile
from projects.models.uploads import packed
from projects.permissions import may_enter, may_publish

MEGABYTE = 1024 * 1024
_FORM = MEGABYTE
"""What the other fields of a form and the seams between files may take."""
_READ_TO_THE_END = 200 * MEGABYTE
"""A browser shows an answer once it has sent all; beyond this the connection is cut instead."""


@csrf_exempt  # the token is in the body, which is not read before its size is known
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponseBase:
    """The tables and the form; a POST keeps the files and leads to their dry run."""
    if not may_enter(request.user):
        raise PermissionDenied
    if request.method == "POST" and _size(request) > LARGEST_UPLOAD + _FORM:
        _pass_over(request)
        return _form(request, [_too_large()], status=413)
    answer: HttpResponseBase = _upload(request)
    return answer


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _form(request, [])
    files, table = request.FILES.getlist("files"), request.POST.get("table", "")
    problems = list(_problems(files, table))
    if problems:
        return _form(request, problems, status=400)
    Upload.objects.remove_old()
    with transaction.atomic():
        user: Any = request.user  # who is logged in, as the page is for staff
        upload = Upload.objects.create(user=user, publish="publish" in request.POST)
        for file in files:
            UploadedFile.objects.create(
                upload=upload, name=file.name or "", table=table, content=packed(file.chunks())
            )
    return HttpResponseRedirect(reverse("admin:import_check", args=[upload.pk]))


def _problems(files: list[Any], table: str) -> Iterator[str]:
    """What is wrong with an upload before any of it is read."""
    if not files:
        yield _("Choose at least one file.")
    if len(files) > MOST_FILES:
        yield _("These are more than %(limit)d files at once.") % {"limit": MOST_FILES}
    if table and table not in TABLES:
        yield _("There is no table “%(table)s”.") % {"table": table[:100]}
    for file in files:
        if file.size > LARGEST_FILE:
            yield _("%(name)s is larger than %(limit)d MB: split it.") % {
                "name": file.name,
                "limit": LARGEST_FILE // MEGABYTE,
            }
    if sum(file.size for file in files) > LARGEST_UPLOAD:
        yield _too_large()


def _too_large() -> str:
    return _("These files are larger than %(limit)d MB together: import them one by one.") % {
        "limit": LARGEST_UPLOAD // MEGABYTE
    }


def _size(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() and len(length) < 20 else LARGEST_UPLOAD * 2


def _pass_over(request: HttpRequest) -> None:
    """Read the body to its end and keep nothing of it, so that the browser takes the answer."""
    left = _READ_TO_THE_END if _size(request) <= _READ_TO_THE_END else 0
    while left > 0 and (part := request.read(64 * 1024)):
        left -= len(part)


def _form(request: HttpRequest, problems: list[str], status: int = 200) -> HttpResponse:
    context = _context(request, _("Import")) | {
        "problems": problems,
        "tables": [(table, f"projects:{table.name}-csv") for table in TABLES.values()],
        "entered_with": ENTERED_WITH,
        "may_publish": may_publish(request.user),
        "limits": {
            "file": LARGEST_FILE // MEGABYTE,
            "upload": LARGEST_UPLOAD // MEGABYTE,
            "files": MOST_FILES,
            "rows": MOST_ROWS,
        },
    }
    return render(request, "admin/projects/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest, upload: UUID) -> HttpResponseBase:
    """The dry run of an upload; a POST stores or discards it."""
    if not may_enter(request.user):
        raise PermissionDenied
    found = Upload.objects.of(request.user).filter(pk=upload).first()
    if found is None:
        messages.warning(
            request,
            _("These files are not here any more: they were stored or discarded, or a day passed."),
        )
        return HttpResponseRedirect(reverse("admin:import"))
    if request.method != "POST":
        return _dry_run(request, found)
    if "discard" in request.POST:
        found.delete()
        messages.info(request, _("The files were discarded. Nothing was stored."))
        return HttpResponseRedirect(reverse("admin:import"))
    return _store(request, found)


def _files(upload: Upload) -> list[File]:
    return [File(file.name, file.opened, file.table) for file in upload.files.all()]


def _dry_run(request: HttpRequest, upload: Upload) -> HttpResponseBase:
    context = _context(request, _("Dry run")) | {"upload": upload}

    def part(report: Report | None) -> str:
        asked = {"upload": upload, "needs_reason": report is not None and report.swaps}
        return render_to_string(
            "admin/projects/parts/import_report.html", shown(report) | asked, request
        )

    steps: Any = checking(_files(upload), request.user, publish=upload.publish)
    return streamed(request, "admin/projects/import_check.html", context, steps, part)


def _store(request: HttpRequest, upload: Upload) -> HttpResponseBase:
    """Store it as its dry run said: once, also where two clicks send it twice."""
    digest = request.POST.get("digest", "")
    # Without the digest anything would be stored: what was not looked at is not confirmed.
    steps = _storing(request.user, upload, request.POST.get("reason", ""), digest or "none")
    context = _context(request, _("Import")) | {"upload": upload}

    def part(report: Report | None) -> str:
        asked = {"upload": upload, "confirmed": True}
        return render_to_string(
            "admin/projects/parts/import_report.html", shown(report) | asked, request
        )

    return streamed(request, "admin/projects/import_check.html", context, steps, part)


def _storing(user: Any, upload: Upload, reason: str, digest: str) -> Steps:
    def agree(report: Report) -> None:
        # Who comes second waits here, and finds it gone.
        deleted, _rows = Upload.objects.of(user).filter(pk=upload.pk).delete()
        if not deleted:
            raise Refused
        if report.swaps and not reason.strip():
            raise Refused(_("Another statement stands afterwards: say why. The reason is kept."))

    report = yield from storing(
        *(_files(upload), user), publish=upload.publish, reason=reason, expected=digest, agree=agree
    )
    if report.stored or Upload.objects.of(user).filter(pk=upload.pk).exists():
        return report
    return None


def _context(request: HttpRequest, title: str) -> dict[str, Any]:
    return admin.site.each_context(request) | {"title": title}
