"""The addresses that a load balancer and a supervisor ask."""

from collections.abc import Iterable
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cooperation.replicas import states

SILENT = "database does not answer"


@login_not_required
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """200 with `ok` as long as the process answers; nothing else is asked."""
    return _answer()


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with `ok` when the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return _answer(SILENT)
    return _answer()


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 with `ok` when requests can be sent here, and how each replica is; 503 otherwise."""
    found = problems()
    return _answer(*found, beside=[] if found else [str(one) for one in states()])


def problems() -> list[str]:
    """What keeps this process from answering requests rightly."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        return [SILENT]
    outstanding = sorted(_newest_migrations() - applied.keys())
    return [f"migration {app}.{name} is outstanding" for app, name in outstanding]


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app as this process was started: reading them takes long."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _answer(*problems: str, beside: Iterable[str] = ()) -> HttpResponse:
    text = "\n".join([*(problems or ["ok"]), *beside])
    return HttpResponse(text, status=503 if problems else 200, content_type="text/plain")
