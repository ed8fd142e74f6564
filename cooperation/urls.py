"""Addresses of the project; those of the site itself are in projects.urls."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from cooperation.health import healthz, livez, readyz
from cooperation.language import set_language
from cooperation.login import ChangePassword, Login, StaffLogin, log_out
from cooperation.metrics import metrics
from cooperation.robots import robots

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", log_out, name="logout"),
    path("password/", ChangePassword.as_view(), name="password"),
    path("admin/login/", StaffLogin.as_view()),  # instead of the admin's own
    path("admin/", admin.site.urls),
    path("i18n/setlang/", set_language, name="set_language"),
    path("livez", livez, name="livez"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    path("", include("projects.urls")),
]
if settings.OIDC_ISSUER:
    from cooperation.oidc import urls as oidc

    urlpatterns += oidc.urlpatterns
if "debug_toolbar" in settings.INSTALLED_APPS:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()

handler400 = "projects.views.errors.bad_request"
handler403 = "projects.views.errors.permission_denied"
handler404 = "projects.views.errors.not_found"
handler500 = "cooperation.unavailable.server_error"
