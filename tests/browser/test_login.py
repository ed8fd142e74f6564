"""Logging in, changing one's password and logging out, as a browser sends it."""

import pytest
from django.contrib.auth.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RIGHT = "only for tests"
NEW = "Gh7-kk2-xx1"


def test_in_and_out_by_the_keyboard(site, page):
    User.objects.create_user("visitor", password=RIGHT)
    page.goto(f"{site}/login/?next=/projects/")
    page.keyboard.type("visitor")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    page.get_by_label("Password").fill(RIGHT)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/projects/")

    page.get_by_role("link", name="visitor").click()
    page.get_by_label("Old password").fill(RIGHT)
    page.get_by_label("New password", exact=False).first.fill(NEW)
    page.get_by_label("New password confirmation").fill(NEW)
    page.get_by_role("button", name="Change it").click()
    page.get_by_text("Your password is changed.").wait_for()
    assert User.objects.get().check_password(NEW)

    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{site}/")
    assert page.get_by_role("button", name="Log out").count() == 0
    page.goto(f"{site}/password/")
    assert page.url == f"{site}/login/?next=/password/"
