"""What an API answers that cannot do what is asked: one line of JSON, as RFC 9457 has it."""

from http import HTTPStatus
from urllib.parse import parse_qsl

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from projects.parameters import Problem

PREFIX = "/api/"
TYPE = "application/problem+json"


def is_of_api(request: HttpRequest) -> bool:
    """Whether a request asks the API."""
    return request.path_info.startswith(PREFIX)


def nul_in(request: HttpRequest) -> Problem | None:
    """The parameter in which a NUL stands, which no database takes as text."""
    for name, value in parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True):
        if "\0" in name + value:
            message = _("Leave the NUL character out.")
            return Problem(name.replace("\0", "\N{REPLACEMENT CHARACTER}"), message)
    return None


def refusal(status: int, problem: Problem | None = None, detail: str = "") -> JsonResponse:
    """The answer; it names the parameter that could not be used, if it is one."""
    content: dict[str, object] = {"status": status, "title": HTTPStatus(status).phrase}
    if problem is not None:
        content |= {"parameter": problem.name, "detail": problem.message}
    elif detail:
        content["detail"] = detail
    return JsonResponse(
        content, status=status, content_type=TYPE, json_dumps_params={"ensure_ascii": False}
    )
