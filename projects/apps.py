"""The app's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """The one domain app: projects, agreements, and what is said of them."""

    name = "projects"
    verbose_name = _("Cooperation")
    default_auto_field = "django.db.models.BigAutoField"
