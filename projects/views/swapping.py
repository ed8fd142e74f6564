"""Choosing which of rival statements stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from projects.models import RestatesHow, Statement
from projects.models.swapping import let_stand
from projects.models.versions import StaleRow, met_another_save
from projects.parameters import KINDS
from projects.reports.provenance import group_of, statements
from projects.values.readers import Reader
from projects.views.base import Page

MAY_SWAP = "projects.swap_standing"


class SwapPage(AccessMixin, Page):
    """The question whether a statement is to stand instead of another; POST answers it.

    It is asked of the record: the day and the preferences of the query string are only carried on.
    """

    http_method_names = ["get", "head", "options", "post"]
    template_name = "projects/statement/swap.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.raise_exception = request.user.is_authenticated
        if not request.user.has_perm(MAY_SWAP):
            return self.handle_no_permission()
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def context(self, kind: str, pk: int) -> dict[str, Any]:
        statement = _statement(kind, pk)
        group = group_of(statement, _editor())
        return {
            "statement": statement,
            "group": group,
            "stands_already": statement.restates_id is None,
            "hows": RestatesHow.choices,
            "becomes": statement.restates_how,
            "reason": "",
            "errors": {},
        }

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
        """Swap, and go back to the disagreements; or the same page with what is to be done."""
        typed = {name: request.POST.get(name, "") for name in ("becomes", "reason")}
        try:
            let_stand(
                _statement(kind, pk),
                instead_of=_number(request.POST.get("instead_of", "")),
                becomes=_how(typed["becomes"]),
                reason=typed["reason"],
                user=request.user,
            )
        except ValidationError as error:
            return self._refused(kind, pk, typed | {"errors": _errors(error)})
        except (StaleRow, OperationalError) as error:
            if isinstance(error, OperationalError) and not met_another_save(error):
                raise
            busy = _(
                "Nothing was saved: another save is under way. Look at the group and try again."
            )
            return self._refused(kind, pk, typed | {"errors": {"form": busy}})
        messages.success(request, _("It stands now. Every total and verdict follows."))
        return HttpResponseRedirect(self.parameters.address(reverse("projects:disagreements")))

    def _refused(self, kind: str, pk: int, answers: dict[str, Any]) -> HttpResponseBase:
        """The question anew, with what was answered and what is to be done."""
        response = self.render(self.context(kind, pk) | answers)
        response.status_code = 400
        return response


def _editor() -> Reader:
    """A reader of the record as it is today."""
    return Reader(timezone.localdate())


def _statement(kind: str, pk: int) -> Statement:
    if kind not in KINDS:
        raise Http404
    found: Statement = get_object_or_404(statements(KINDS[kind], _editor()), pk=pk)
    return found


def _number(text: str) -> int:
    """The id that a form sent; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _how(text: str) -> RestatesHow:
    if text not in RestatesHow.values:
        raise ValidationError({"becomes": _("Say what becomes of the one that stood.")})
    return RestatesHow(text)


def _errors(error: ValidationError) -> dict[str, str]:
    """The first sentence on each field; under `form` what concerns none of them."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"form": error.messages}
    return {
        "form" if name == NON_FIELD_ERRORS else name: words[0] for name, words in by_field.items()
    }
