"""The addresses of the site, and one more that answers with next to nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cooperation import urls as site


def empty(request: HttpRequest) -> HttpResponse:
    """What the same server and middleware take for a view that does nothing."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("empty/", empty), *site.urlpatterns]
handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500
