"""The project as an app, with what `manage.py check` looks at."""

from django.apps import AppConfig
from django.core.checks import register

from cooperation.checks import single_sign_on


class CooperationConfig(AppConfig):
    """The project."""

    name = "cooperation"

    def ready(self) -> None:
        register(single_sign_on)
