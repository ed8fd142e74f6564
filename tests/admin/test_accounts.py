"""Who administers accounts gives no more than they have, and touches nobody who may do more."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from projects.models import Source
from tests.admin.pages import address, submit
from tests.admin.people import account, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db):
    return account("administrator")


@pytest.fixture
def client(administrator):
    return client_of(administrator)


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("root", password="only for tests")


def password_page(user: User) -> str:
    return reverse("admin:auth_user_password_change", args=[user.pk])


NEW_PASSWORD = {"password1": "Gh7-kk2-xx1", "password2": "Gh7-kk2-xx1", "usable_password": "true"}


def test_an_administrator_adds_people_and_gives_them_roles(client):
    new = {"username": "li", **NEW_PASSWORD}
    assert client.post(address(User, "add"), new).status_code == 302
    li = User.objects.get(username="li")
    target = address(User, "change", li.pk)
    editor = Group.objects.get(name="editor")
    shown = client.get(target).context["adminform"].form
    assert set(shown.fields["groups"].queryset) == set(Group.objects.all())
    sent = _as_sent(shown) | {"is_staff": "on", "groups": editor.pk}
    assert client.post(target, sent).status_code == 302
    li.refresh_from_db()
    assert (li.is_staff, list(li.groups.all())) == (True, [editor])
    assert client.post(password_page(li), NEW_PASSWORD).status_code == 302


def test_but_makes_nobody_a_superuser_and_gives_no_permission_apart(client, administrator):
    for user in (account("viewer"), administrator):
        target = address(User, "change", user.pk)
        form = client.get(target).context["adminform"].form
        assert not {"is_superuser", "user_permissions"} & set(form.fields)
        beyond = Permission.objects.get(codename="delete_group").pk
        sent = _as_sent(form) | {"is_superuser": "on", "user_permissions": beyond}
        assert client.post(target, sent).status_code == 302
        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.user_permissions.exists()


def test_nor_a_group_that_may_do_more_than_they(client):
    powerful = Group.objects.create(name="powerful")
    powerful.permissions.add(Permission.objects.get(codename="change_group"))
    target = address(User, "change", account("viewer").pk)
    form = client.get(target).context["adminform"].form
    assert powerful not in form.fields["groups"].queryset
    answer = client.post(target, _as_sent(form) | {"groups": powerful.pk})
    assert answer.status_code == 200
    assert not powerful.user_set.exists()


@pytest.mark.parametrize("active", [True, False])
def test_a_superuser_is_out_of_reach(client, superuser, active):
    User.objects.filter(pk=superuser.pk).update(is_active=active)
    stored = User.objects.filter(pk=superuser.pk).values().get()
    target = address(User, "change", superuser.pk)
    assert client.get(target).status_code == 200
    assert client.post(target, {"username": "mine"}).status_code == 403
    assert client.get(password_page(superuser)).status_code == 403
    assert client.post(password_page(superuser), NEW_PASSWORD).status_code == 403
    assert client.post(address(User, "delete", superuser.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": superuser.pk, "post": "yes"}
    assert client.post(address(User, "changelist"), chosen).status_code == 403
    assert User.objects.filter(pk=superuser.pk).values().get() == stored


def test_so_is_who_may_do_more_by_a_permission_of_their_own(client):
    other = account("viewer")
    other.user_permissions.add(Permission.objects.get(codename="change_group"))
    assert client.post(password_page(other), NEW_PASSWORD).status_code == 403


def test_a_superuser_may_do_all_of_it(superuser):
    root = client_of(superuser)
    form = root.get(address(User, "change", superuser.pk)).context["adminform"].form
    assert {"is_superuser", "user_permissions", "groups"} <= set(form.fields)


def test_groups_are_looked_at_only(client):
    group = Group.objects.get(name="viewer")
    assert client.get(address(Group, "changelist")).status_code == 200
    assert client.get(address(Group, "change", group.pk)).status_code == 200
    assert client.post(address(Group, "change", group.pk), {"name": "x"}).status_code == 403
    assert client.post(address(Group, "add"), {"name": "x"}).status_code == 403


def test_who_made_history_can_be_deleted(client):
    """The history keeps the name."""
    editor = account("editor", name="lin")
    target = address(Source, "add")
    submit(client_of(editor), target, {"title": "t", "slug": "mine", "published": "2020"})
    source = Source.objects.get(slug="mine")
    answer = client.post(address(User, "delete", editor.pk), {"post": "yes"})
    assert answer.status_code == 302
    assert not User.objects.filter(username="lin").exists()
    newest = source.history.first()
    assert (newest.history_user, newest.history_user_name) == (None, "lin")


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher"])
def test_the_other_roles_see_no_accounts(role):
    user = account(role)
    other = client_of(user)
    for target in (address(User, "changelist"), password_page(user), address(Group, "changelist")):
        assert other.get(target).status_code == 403


def _as_sent(form) -> dict:
    """What the form of an account sends if nothing is changed."""
    values = {field.html_name: field.value() for field in form}
    sent = {
        name: "on" if value is True else value
        for name, value in values.items()
        if value not in (None, False) and name not in {"password", "last_login", "date_joined"}
    }
    joined = form["date_joined"].value()
    return sent | {
        "date_joined_0": f"{joined:%Y-%m-%d}",
        "date_joined_1": f"{joined:%H:%M:%S}",
    }


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_a_number_beyond_all_is_no_role(client, number):
    user = account("viewer")
    target = address(User, "change", user.pk)
    sent = _as_sent(client.get(target).context["adminform"].form) | {"groups": number}
    answer = client.post(target, sent)
    assert answer.status_code == 200
    assert str(number) in " ".join(answer.context["adminform"].form.errors["groups"])
    assert list(user.groups.all()) == [Group.objects.get(name="viewer")]
