"""Whom a sign-in lets in, as which account, and whom it does not."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from cooperation.models import Identity
from cooperation.oidc import accounts
from projects.roles import VIEWER
from tests.admin.people import account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]

UNKNOWN = (
    "Office knows you, but no account of this site is yours. Ask an administrator of the site for "
    "one."
)
INACTIVE = "Your account is switched off. Ask an administrator of the site whether that is right."


def test_who_has_no_account_is_told_whom_to_ask(visitor):
    assert visitor.told(visitor.sign_in()) == UNKNOWN
    assert not visitor.is_in()
    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("why", ["cancelled", "stale", "unavailable", "unproven", "unknown"])
def test_each_reason_names_the_provider(browser_of, language, why):
    page = browser_of(language).get(f"/login/?sign-in={why}").content.decode()
    said = page.partition('notice-warning" role="alert"><p>')[2].partition("</p>")[0]
    assert "Office" in said
    assert (" the " in said or " with " in said) is (language == "en")


@pytest.mark.parametrize("verified", [False, None, "false", 1, "yes"])
def test_an_address_that_is_not_verified_counts_for_nothing(provider, visitor, zhang, verified):
    provider.claims["email_verified"] = verified
    assert visitor.told(visitor.sign_in()) == UNKNOWN


@pytest.mark.parametrize("email", ["", "zhang", 7, ["zhang@office.example"], "zhang@office\0"])
def test_nor_does_one_that_is_none(provider, visitor, zhang, email):
    User.objects.create_user("without")
    provider.claims["email"] = email
    assert visitor.told(visitor.sign_in()) == UNKNOWN


def test_letters_that_only_look_the_same_are_others(provider, visitor):
    """PostgreSQL takes the Turkish i without a dot for an i, compared without regard to case."""
    User.objects.create_user("mike", email="mike@office.example")
    provider.claims["email"] = "m\u0131ke@office.example"
    assert visitor.told(visitor.sign_in()) == UNKNOWN


def test_a_user_name_counts_for_nothing(provider, visitor, zhang):
    provider.claims = {"sub": "zhang", "preferred_username": "zhang"}
    assert visitor.told(visitor.sign_in()) == UNKNOWN


def test_an_address_that_two_accounts_have_leads_to_neither(visitor, zhang):
    User.objects.create_user("other", email="zhang@office.example")
    assert visitor.told(visitor.sign_in()) == UNKNOWN


def test_an_address_that_was_given_to_somebody_new_does_not_give_them_the_account(
    provider, visitor, browser_of, zhang
):
    visitor.sign_in()
    provider.claims["sub"] = "zhang-2"
    other = browser_of()
    assert other.told(other.sign_in()) == UNKNOWN
    assert Identity.objects.get().subject == "zhang-1"


def test_another_provider_may_know_the_same_account(settings, provider, visitor, zhang):
    Identity.objects.create(user=zhang, issuer="https://before.example", subject="zhang-1")
    visitor.sign_in()
    assert visitor.is_in()
    assert Identity.objects.filter(user=zhang).count() == 2


def test_the_same_name_at_another_provider_is_somebody_else(provider, visitor, zhang):
    Identity.objects.create(user=zhang, issuer="https://before.example", subject="li-1")
    provider.claims = {"sub": "li-1"}
    assert visitor.told(visitor.sign_in()) == UNKNOWN


def test_no_address_opens_a_superusers_account(visitor, zhang):
    User.objects.update(is_superuser=True)
    assert visitor.told(visitor.sign_in()) == UNKNOWN
    assert not Identity.objects.exists()


def test_an_account_that_is_switched_off_stays_out(visitor, browser_of, zhang):
    User.objects.update(is_active=False)
    assert visitor.told(visitor.sign_in()) == INACTIVE
    assert not visitor.is_in()
    User.objects.update(is_active=True)
    browser_of().sign_in()
    assert Identity.objects.get().user == zhang
    User.objects.update(is_active=False)
    again = browser_of()
    assert again.told(again.sign_in()) == INACTIVE


def test_one_that_is_switched_off_meanwhile_is_out_at_once(closed, visitor, zhang):
    visitor.sign_in()
    User.objects.update(is_active=False)
    assert visitor.get("/")["Location"] == "/login/?next=/"


def test_roles_stay_what_they_are(provider, visitor):
    editor = account("editor")
    User.objects.update(email="zhang@office.example")
    provider.claims |= {"is_superuser": True, "groups": ["administrator"], "is_staff": False}
    visitor.sign_in(next="/admin/")
    editor.refresh_from_db()
    assert (editor.is_superuser, editor.is_staff) == (False, True)
    assert [group.name for group in editor.groups.all()] == ["editor"]
    assert visitor.get("/admin/").status_code == 200


def test_what_only_userinfo_says_is_asked_there(provider, visitor, zhang):
    provider.userinfo = provider.claims
    provider.claims = {"sub": "zhang-1"}
    visitor.sign_in()
    assert visitor.is_in()


@pytest.fixture
def creating(settings):
    """A site that makes accounts for those it does not know."""
    settings.OIDC_CREATE = True


def test_where_it_is_allowed_an_account_is_made_that_may_look_and_no_more(
    closed, creating, provider, visitor
):
    Group.objects.get_or_create(name=VIEWER)
    provider.claims |= {"preferred_username": "zhang.w", "groups": ["viewer"], "is_staff": True}
    assert visitor.sign_in(next="/projects/")["Location"] == "/projects/"
    made = User.objects.get()
    assert (made.username, made.email) == ("zhang.w", "zhang@office.example")
    assert not (made.is_staff or made.is_superuser or made.groups.exists())
    assert not made.user_permissions.exists()
    assert not made.has_usable_password()
    assert visitor.get("/projects/").status_code == 200
    assert visitor.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_it_is_made_once(creating, visitor, browser_of):
    visitor.sign_in()
    browser_of().sign_in()
    assert User.objects.count() == Identity.objects.count() == 1


def test_two_windows_at_one_instant_make_it_once(creating, visitor, monkeypatch):
    made = accounts._created

    def met(claims, subject):
        made(claims, subject)
        raise IntegrityError("as the other one was first")

    other = User.objects.create_user("first")
    looked = iter([None, other])
    monkeypatch.setattr(accounts, "_known", lambda subject: next(looked))
    monkeypatch.setattr(accounts, "_created", met)
    visitor.sign_in()
    assert visitor.session["_auth_user_id"] == str(other.pk)
    assert User.objects.count() == 1


def test_no_second_account_for_an_address_that_has_one(creating, visitor, zhang):
    User.objects.update(is_superuser=True)
    assert visitor.told(visitor.sign_in()) == UNKNOWN
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"preferred_username": "Zhang"}, "Zhang-3"),
        ({"preferred_username": "王伟"}, "王伟"),
        ({"preferred_username": "two words"}, "account"),
        ({"preferred_username": "<b>"}, "account"),
        ({"preferred_username": "\0"}, "account"),
        ({"preferred_username": 7}, "account"),
        ({"preferred_username": "a" * 101}, "account"),
        ({"preferred_username": "ｆｕｌｌ"}, "full"),
        ({"preferred_username": "\ufb03" * 100}, "ffi" * 33 + "f"),
        ({"email": "li@office.example", "email_verified": True}, "li"),
        ({"email": "li@office.example"}, "account"),
        ({}, "account"),
    ],
)
def test_its_name_is_one_that_nobody_has(creating, provider, visitor, claims, name):
    User.objects.create_user("zhang")
    User.objects.create_user("ZHANG-2")
    provider.claims = {"sub": "new"} | claims
    visitor.sign_in()
    assert Identity.objects.get().user.username == name


def told(*arguments, capsys):
    call_command("identities", *arguments)
    return capsys.readouterr().out


def test_who_runs_the_server_gives_and_takes_identities(provider, visitor, capsys):
    root = User.objects.create_superuser("root")
    assert told(capsys=capsys) == ""
    assert told("root", "--subject", "zhang-1", capsys=capsys) == "root\tzhang-1\n"
    visitor.sign_in()
    assert visitor.session["_auth_user_id"] == str(root.pk)
    assert told(capsys=capsys) == "root\tzhang-1\n"
    assert told("root", "--forget", capsys=capsys) == ""
    assert not Identity.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody"], "There is no account nobody."),
        (["--forget"], "Name the account."),
        (["--subject", "a"], "Name the account."),
        (["zhang", "--subject", "b"], "zhang has an identity there already, or b has another"),
        (["li", "--subject", "a"], "li has an identity there already, or a has another account."),
    ],
)
def test_what_it_cannot_do_it_says(provider, zhang, arguments, words):
    User.objects.create_user("li")
    Identity.objects.create(user=zhang, issuer=provider.issuer, subject="a")
    with pytest.raises(CommandError, match=words):
        call_command("identities", *arguments)


def test_an_account_is_deleted_with_its_identity(zhang, provider):
    Identity.objects.create(user=zhang, issuer=provider.issuer, subject="a")
    zhang.delete()
    assert not Identity.objects.exists()
