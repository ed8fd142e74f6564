"""Prepares a site of its own, or shows its pages: run by itself, with TEST_DATABASE_URL."""

import json
import sys

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from projects.models import Sector  # noqa: E402


def prepare():
    """The shipped facts, an account, and what only a change leaves in a history."""
    call_command("migrate", verbosity=0)
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    get_user_model().objects.create_superuser("admin", password="a password of tests")
    Sector.objects.create(slug="deleted", name_zh="删去", name_en="Deleted").delete()


def generate(projects):
    """A made-up portfolio besides, about 75 rows a project."""
    call_command("generate_portfolio", projects=int(projects), seed=1)


def show(*addresses):
    """The pages of these addresses, as JSON."""
    pages = {}
    for address in addresses:
        answer = Client().get(address, headers={"accept-language": "en", "host": "localhost"})
        assert answer.status_code == 200, address
        pages[address] = (b"".join(answer) if answer.streaming else answer.content).decode()
    print(json.dumps(pages))


if __name__ == "__main__":
    {"prepare": prepare, "generate": generate, "show": show}[sys.argv[1]](*sys.argv[2:])
