"""The admin's own pages under the Content-Security-Policy, in a real browser."""

import pytest


@pytest.mark.browser
@pytest.mark.django_db
def test_logging_in_breaks_no_rule_of_the_policy(live_server, page, admin_user):
    messages = []
    page.on("console", lambda message: messages.append(message.text))

    page.goto(f"{live_server.url}/admin/")
    page.fill("[name=username]", admin_user.username)
    page.fill("[name=password]", "password")
    page.click(".account-form button")
    page.wait_for_selector("#user-tools")

    assert [text for text in messages if "Content Security Policy" in text] == []
