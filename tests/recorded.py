"""The models that hold the record itself, without the histories of their rows and the uploads."""

from django.apps import apps

from projects.models.versions import Versioned

RECORDED = [
    model for model in apps.get_app_config("projects").get_models() if issubclass(model, Versioned)
]
