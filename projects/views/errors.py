"""Pages for what went wrong, in the page's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from projects.api.errors import is_of_api, nul_in, refusal
from projects.parameters import read_parameters
from projects.remembering.version import data_version
from projects.reports.frame import frame
from projects.templatetags.cooperation import may_browse


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address cannot be read."""
    if is_of_api(request):
        return refusal(400, nul_in(request))
    return render(request, "projects/error/400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this account."""
    if is_of_api(request):
        return refusal(403)
    return render(request, "projects/error/403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or not on the day asked."""
    if is_of_api(request):
        return refusal(404)
    if not may_browse(request):
        return render(request, "projects/error/404.html", status=404)
    parameters = read_parameters(request.GET, data_version())
    found = parameters.remembered("frame", lambda: frame(parameters.reader))
    context = {"parameters": parameters, "frame": found}
    return render(request, "projects/error/404.html", context, status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of the site; the page is plain, as anything it reads may be broken."""
    if is_of_api(request):
        return refusal(500)
    return render(request, "projects/error/500.html", status=500)
