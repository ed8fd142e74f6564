"""The addresses of single sign-on, which are there where the settings name a provider."""

from django.urls import path

from cooperation.oidc.views import begin, finish

urlpatterns = [
    path("oidc/", begin, name="oidc"),
    path("oidc/callback/", finish, name="oidc_callback"),
]
