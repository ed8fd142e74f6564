"""The models that hold the record itself, without the histories of their rows."""

from django.apps import apps

from projects.models.history import HistoryRow

RECORDED = [
    model
    for model in apps.get_app_config("projects").get_models()
    if not issubclass(model, HistoryRow)
]
