"""Two addresses: the way to the provider, and the way back."""

import logging
import re
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cooperation.login import onward
from cooperation.oidc.accounts import account_of
from cooperation.oidc.flow import LONGEST_NEXT, Flow, flow_of, forget
from cooperation.oidc.provider import provider
from cooperation.oidc.refusals import Refused, Why
from cooperation.proxies import client_address

BACKEND = "django.contrib.auth.backends.ModelBackend"
"""Looks at every request whether the account is still active."""

ERROR = re.compile(r"[a-z_]{1,40}")

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the provider. By a link: a form would be stopped by our policy on its way there."""
    # Whether it is within the site is looked at where it is followed.
    leads_to = request.GET.get("next", "")
    flow = Flow(next=leads_to if len(leads_to) <= LONGEST_NEXT else "")
    try:
        response = HttpResponseRedirect(provider().sign_in_address(flow))
    except Refused as refused:
        return _back_to_login(request, refused, flow.next)
    flow.keep(response)
    return response


@login_not_required
@never_cache
@require_GET
def finish(request: HttpRequest) -> HttpResponse:
    """Log in whom the provider sends back to the browser that was led there."""
    begun = flow_of(request)
    flow = begun if begun and begun.has_state(request.GET.get("state", "")) else None
    response: HttpResponse
    try:
        user = _who(request, flow)
    except Refused as refused:
        response = _back_to_login(request, refused, begun.next if begun else "")
    else:
        auth.login(request, user, backend=BACKEND)
        leads_to = onward(request, flow.next if flow else "")
        response = HttpResponseRedirect(leads_to or resolve_url(settings.LOGIN_REDIRECT_URL))
    if flow:
        # Not for an answer that belongs to no sign-in of this browser: anybody can send one.
        forget(response)
    return response


def _who(request: HttpRequest, flow: Flow | None) -> User:
    """The account that the provider's answer proves, or Refused."""
    if error := request.GET.get("error"):
        why = Why.CANCELLED if error == "access_denied" else Why.UNAVAILABLE
        raise Refused(why, error if ERROR.fullmatch(error) else "an error without a name")
    code = request.GET.get("code", "")
    if flow is None or not code:
        raise Refused(Why.STALE, "no sign-in of this browser")
    if request.GET.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        raise Refused(Why.UNPROVEN, "another provider answers")
    return account_of(provider().claims(code, flow))


def _back_to_login(request: HttpRequest, refused: Refused, leads_to: str) -> HttpResponse:
    """Lead to the page to log in, which says why: its address does, as cookies may be refused."""
    fields = {"why": str(refused.why), "address": client_address(request)}
    logger.warning("Sign-in refused: %s", refused.detail, extra={"fields": fields})
    query = {"sign-in": str(refused.why)} | ({"next": leads_to} if leads_to else {})
    return HttpResponseRedirect(f"{reverse('login')}?{urlencode(query)}")
