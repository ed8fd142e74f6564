"""What search engines are asked to leave out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from projects.parameters import NOT_INDEXED

ROBOTS = "".join(
    f"{line}\n"
    for line in (
        "User-agent: *",
        "Disallow: /admin/",
        *(f"Disallow: /*{name}=" for name in NOT_INDEXED),
    )
)
"""Who reads them does not ask for such pages; who asks all the same is told by their header."""


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The rules, as plain text."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
