"""The roles of those who work with the record, and exactly what each may do.

What an editor may change is narrowed to drafts by `projects.permissions`.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, User
from django.db.models import Model

from projects.models.history import HistoryRow
from projects.permissions import PUBLISH, SWAP

VIEWER, EDITOR, PUBLISHER, ADMINISTRATOR = "viewer", "editor", "publisher", "administrator"


def _permissions(models: Iterable[type[Model]], *actions: str) -> frozenset[str]:
    return frozenset(
        f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"
        for model in models
        for action in actions
    )


def _roles() -> dict[str, frozenset[str]]:
    models = list(apps.get_app_config("projects").get_models())
    recorded = [model for model in models if not issubclass(model, HistoryRow)]
    view = _permissions(models, "view")
    edit = view | _permissions(recorded, "add", "change", "delete")
    publish = edit | {PUBLISH, SWAP}
    administer = (
        publish
        | _permissions([User], "view", "add", "change", "delete")
        | _permissions([Group], "view")
    )
    return {VIEWER: view, EDITOR: edit, PUBLISHER: publish, ADMINISTRATOR: administer}


ROLES = _roles()
"""The permissions of each role, such as `projects.change_source`; each has those before it too."""
