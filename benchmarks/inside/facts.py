"""How much is stored, and on which days something was published."""

from typing import Any

from projects.models import STATEMENTS, Source

DAYS = (0.25, 0.5, 0.9)
"""As-of days are those on which so much of everything published was out."""


def facts() -> dict[str, Any]:
    """The number of statements, and some days between the first publication and the last."""
    published = Source.objects.filter(draft=False).order_by("published_latest")
    days = list(published.values_list("published_latest", flat=True))
    return {
        "statements": sum(model._default_manager.count() for model in STATEMENTS),
        "days": [days[int(len(days) * share)].isoformat() for share in DAYS] if days else [],
    }
