"""Numbers about what the site does, in the form of Prometheus, for who has the token."""

import os

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

disable_created_metrics()
REQUESTS = Counter("cooperation_requests", "Answers.", ["view", "method", "status"])
SECONDS = Histogram(
    "cooperation_request_seconds",
    "From the request to the first byte of its answer.",
    ["view", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
QUERIES = Counter("cooperation_queries", "Queries asked of the database.", ["view"])
QUERY_SECONDS = Counter("cooperation_query_seconds", "Time taken by queries.", ["view"])
SLOW_QUERIES = Counter("cooperation_slow_queries", "Queries slower than SLOW_QUERY_MS.")


def record(
    request: HttpRequest, response: HttpResponseBase, seconds: float, queries: int, asked: float
) -> None:
    """Count an answer: how long it took, and how many queries for how many seconds."""
    view = view_of(request)
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(view, method, response.status_code).inc()
    SECONDS.labels(view, method).observe(seconds)
    QUERIES.labels(view).inc(queries)
    QUERY_SECONDS.labels(view).inc(asked)


def view_of(request: HttpRequest) -> str:
    """The name of the view, of which there are only so many; paths are made up by anybody."""
    if request.resolver_match:
        return request.resolver_match.view_name
    static = request.path.startswith(settings.STATIC_URL)
    return "static" if static else "none"


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers of all processes; 404 where there is no token, or another one is given."""
    given = request.headers.get("Authorization", "")
    expected = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(given, expected):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    """What all processes of the server have counted, or this one, where it is the only one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
