"""The app's place in Django, and the admin's."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """The one domain app: projects, agreements, and what is said of them."""

    name = "projects"
    verbose_name = _("Cooperation")
    default_auto_field = "django.db.models.BigAutoField"


class DataEntryConfig(admin.AdminConfig):
    """Django's admin, with a site of our own."""

    default = False  # for the app `projects`, whose configuration is the one above
    default_site = "projects.admin.site.DataEntrySite"

    def ready(self) -> None:
        # Whoever asks for the site imports the package that registers with it: a second site.
        import_module("projects.admin")
        super().ready()
