"""What search engines are asked to leave out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /*as_of=
Disallow: /*prefer=
Disallow: /*since=
"""
"""Every page as of every day, with every rival: without end, and none is the record of today."""


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The rules, as plain text."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
