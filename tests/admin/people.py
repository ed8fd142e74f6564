"""Accounts of every role, each with a client that speaks English."""

from io import StringIO

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from projects.roles import ROLES


def account(role: str, name: str = "") -> User:
    """An account of one role; the roles are made where they are not there yet."""
    if Group.objects.filter(name__in=ROLES).count() < len(ROLES):
        call_command("set_up_roles", stdout=StringIO())
    user = User.objects.create_user(name or role, password="only for tests", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def client_of(user: User) -> Client:
    """A client in English; a server error shows as a 500."""
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(user)
    return client
