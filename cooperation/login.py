"""Logging in and out, and one's own password: the site's pages, which data entry uses too."""

import logging
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import get_user_model, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cooperation.oidc.refusals import words
from cooperation.origin import from_here
from cooperation.proxies import client_address
from cooperation.throttle import Locked, begin_attempt, forget_attempts
from projects.languages import speak

logger = logging.getLogger(__name__)


class LoginForm(AuthenticationForm):
    """User name and password of any active account."""

    wait = 0
    """For how many seconds no password is looked at; 0 where this one was."""

    def clean(self) -> dict[str, Any]:
        """The form where the password is right; it is not looked at after too many wrong ones."""
        username = self.cleaned_data.get("username")
        if username is None or not self.cleaned_data.get("password"):
            return self.cleaned_data
        address = client_address(self.request) if self.request else ""
        try:
            self.key = begin_attempt(username, address)
        except Locked as locked:
            self.wait = ceil(locked.wait.total_seconds())
            _log("refused after too many wrong passwords", username, address)
            raise ValidationError(_locked_words(self.wait), code="locked") from locked
        try:
            return super().clean()
        except ValidationError:
            _log("failed", username, address)
            raise

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        forget_attempts(self.key)
        super().confirm_login_allowed(user)  # type: ignore[arg-type]  # of django.contrib.auth


class StaffLoginForm(LoginForm):
    """User name and password of an account that may enter data."""

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if not user.is_staff:
            raise ValidationError(
                _(
                    "This account may look at the site, but not enter data. "
                    "Ask an administrator for the right to."
                ),
                code="no_staff",
            )


class Login(views.LoginView):
    """The page to log in, which leads back to the page that asked for it."""

    template_name = "account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        speak(request)

    def get_redirect_url(self, *args: Any) -> str:
        """Where to go on, within the site; not to where it would lead round in a circle."""
        return onward(self.request, super().get_redirect_url(*args))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"provider": _provider(self.request)}

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if isinstance(form, LoginForm) and form.wait:
            response.status_code = 429
            response.headers["Retry-After"] = str(form.wait)
        return response


@method_decorator(login_not_required, name="dispatch")
class StaffLogin(Login):
    """The same page for data entry; whoever is logged in and may not enter data is told so."""

    authentication_form = StaffLoginForm
    next_page = "admin:index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.redirect_authenticated_user = bool(getattr(request.user, "is_staff", False))
        return super().dispatch(request, *args, **kwargs)


class ChangePassword(views.PasswordChangeView):
    """The page on which an account changes its own password; all its other sessions end."""

    template_name = "account/password.html"
    success_url = reverse_lazy("projects:dashboard")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        speak(request)

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(
            self.request, _("Your password is changed. Everywhere else you are logged out.")
        )
        return super().form_valid(form)


@never_cache
@require_POST
@from_here
def log_out(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    auth.logout(request)
    return redirect("projects:dashboard")


def onward(request: HttpRequest, address: str) -> str:
    """An address to go on to after a log-in, within the site; empty where it is none.

    Nor where it would lead round in a circle.
    """
    within = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    names = ["login", "logout", "admin:login"]
    if settings.OIDC_ISSUER:
        names += ["oidc", "oidc_callback"]
    return address if within and urlsplit(address).path not in map(reverse, names) else ""


def _provider(request: HttpRequest) -> dict[str, str] | None:
    """The name of the provider of single sign-on, and what is wrong with a sign-in there."""
    if not settings.OIDC_ISSUER:
        return None
    why = request.GET.get("sign-in", "") if request.method == "GET" else ""
    return {"name": settings.OIDC_NAME, "problem": words(why, settings.OIDC_NAME)}


def _locked_words(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    return ngettext(
        "Too many wrong passwords for this user name. No password is looked at for %(minutes)d "
        "minute; wait, and try again then.",
        "Too many wrong passwords for this user name. No password is looked at for %(minutes)d "
        "minutes; wait, and try again then.",
        minutes,
    ) % {"minutes": minutes}


def _log(what: str, username: str, address: str) -> None:
    """Say that a log-in failed; no name but an account's, as a password may stand in its place."""
    known = get_user_model()._default_manager.filter(username=username).exists()
    fields = {"account": username if known else None, "address": address}
    logger.warning("Log-in %s", what, extra={"fields": fields})
