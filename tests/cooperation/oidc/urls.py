"""The project's addresses as they are where a provider is named."""

from cooperation import urls as site
from cooperation.oidc import urls as oidc
from cooperation.urls import handler400, handler403, handler404, handler500  # noqa: F401

urlpatterns = [*oidc.urlpatterns, *site.urlpatterns]
