"""Brings the database and the static files to the state of the code; quick when they are there."""

import hashlib
import secrets
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from cooperation.catalogues import compile_catalogues
from projects.models import RULES, Derivation

FIXTURES = ("signing", "follow_ups")


class Command(BaseCommand):
    """Translations, migrations, roles, first facts, a first administrator, static files."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Does each step only where it is needed, and says so."""
        compile_catalogues(settings.LOCALE_PATHS)
        reach_database()
        self.migrate()
        call_command("clearsessions")
        self.derive()
        call_command("set_up_roles", stdout=self.stdout)
        self.load_fixtures()
        self.create_administrator()
        if not settings.DEBUG:
            self.collect_static_files()

    def migrate(self) -> None:
        """Applies the migrations that are not applied."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date …")
            call_command("migrate", verbosity=0, interactive=False)

    def load_fixtures(self) -> None:
        """Loads the shipped facts into a database that holds no fact of its own."""
        if not holds_facts():
            self.stdout.write("Loading the shipped facts into the empty database …")
            call_command("loaddata", *FIXTURES, verbosity=0)

    def derive(self) -> None:
        """Derives what is stored of a database that was written by other rules, or by none."""
        if not Derivation.objects.filter(rules=RULES).exists():
            if holds_facts():
                self.stdout.write("Deriving what follows from the facts …")
            call_command("derive", stdout=self.stdout)

    def create_administrator(self) -> None:
        """Creates the first user with a password that is shown here and nowhere else."""
        users = get_user_model()._default_manager
        if not users.exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser("admin", password=password)
            self.stdout.write(
                f"\nFirst administrator: admin, password: {password}\n"
                "Shown only this once; it can be changed at /password/.\n"
            )

    def collect_static_files(self) -> None:
        """Collects and compresses static files, unless these very files are collected."""
        root = Path(settings.STATIC_ROOT)
        # Beside the folder, as everything in it is served.
        stamp = root.with_suffix(".collected")
        state = static_files_state()
        if root.is_dir() and stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
            return
        self.stdout.write("Collecting the static files …")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(state, encoding="utf-8")


def reach_database() -> None:
    """Refuses to go on without a database, in a few words."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CommandError(f"The database of DATABASE_URL does not answer: {error}") from error


def holds_facts() -> bool:
    """Whether any table of the app has a row."""
    models = set(apps.get_app_config("projects").get_models()) - {Derivation}
    return any(model._default_manager.exists() for model in models)


def static_files_state() -> str:
    """One text that changes with the name or content of any static file, or how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            name = f"{getattr(storage, 'prefix', '')}/{path}"
            with storage.open(path) as file:
                digest.update(name.encode() + b"\0" + file.read() + b"\0")
    return digest.hexdigest()
