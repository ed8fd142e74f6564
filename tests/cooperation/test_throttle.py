"""After five wrong passwords none is looked at: for that user name, from that address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.test import Client

from cooperation.models import LoginAttempt
from cooperation.throttle import TRIES, Locked, begin_attempt
from projects.remembering.version import data_version

RIGHT = "only for tests"
PAGES = ["/login/", "/admin/login/"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts():
    for name in ("ann", "bob"):
        User.objects.create_user(name, password=RIGHT, is_staff=True)


def log_in(page, password, username="ann", language="en", address="203.0.113.9", **headers):
    client = Client(headers={"accept-language": language, **headers}, REMOTE_ADDR=address)
    return client.post(page, {"username": username, "password": password})


def wrong(page="/login/", times=5, **who):
    return [log_in(page, f"wrong {number}", **who).status_code for number in range(times)]


def later(**passed):
    """Let time pass, by making every try older."""
    LoginAttempt.objects.update(tried=F("tried") - timedelta(**passed))


@pytest.mark.proof
@pytest.mark.parametrize("page", PAGES)
def test_the_right_password_is_refused_after_five_wrong_ones(page, figure):
    assert wrong(page) == [200] * 5
    same = log_in(page, RIGHT).status_code
    elsewhere = log_in(page, RIGHT, address="203.0.113.10").status_code
    another = log_in(page, RIGHT, username="bob").status_code
    what = f"right password after 5 wrong ones at {page}: same address, another, another user"
    figure("B7", what, f"{same}, {elsewhere}, {another}", "429, 302, 302")
    assert (same, elsewhere, another) == (429, 302, 302)


def test_both_pages_count_together():
    wrong("/login/", 3)
    wrong("/admin/login/", 2)
    assert [log_in(page, RIGHT).status_code for page in PAGES] == [429, 429]


def test_four_wrong_ones_and_a_right_one_begin_anew():
    wrong(times=4)
    assert log_in("/login/", RIGHT).status_code == 302
    assert wrong(times=4) == [200] * 4
    assert log_in("/login/", RIGHT).status_code == 302


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "No password is looked at for 11 minutes; wait, and try again then."),
        ("zh-hans", "此用户名的密码输错次数过多。11分钟内不再核对密码，请届时再试。"),
    ],
)
def test_the_page_says_how_long(language, words):
    wrong()
    later(minutes=4, seconds=30)
    answer = log_in("/login/", RIGHT, language=language)
    assert words in answer.content.decode()
    assert 600 < int(answer.headers["Retry-After"]) <= 630
    assert "wrong" not in answer.headers


def test_a_last_minute_is_one_minute():
    wrong()
    later(minutes=14, seconds=30)
    assert "for 1 minute;" in log_in("/login/", RIGHT).content.decode()


def test_waiting_is_over_when_it_was_said_to_be():
    wrong()
    later(minutes=10)
    assert [log_in("/login/", RIGHT).status_code for _ in range(6)] == [429] * 6
    later(minutes=5)
    assert log_in("/login/", RIGHT).status_code == 302


def test_a_user_name_that_nobody_has_is_refused_the_same_way():
    assert wrong(username="nobody") == [200] * 5
    assert log_in("/login/", RIGHT, username="nobody").status_code == 429


def test_who_says_to_be_elsewhere_is_not_unless_a_proxy_says_so(settings):
    wrong()
    elsewhere = {"x-forwarded-for": "198.51.100.1"}
    assert log_in("/login/", RIGHT, **elsewhere).status_code == 429
    settings.TRUSTED_PROXIES = 1
    assert log_in("/login/", RIGHT, **elsewhere).status_code == 302
    forged = {"x-forwarded-for": "198.51.100.1, 203.0.113.9"}
    assert log_in("/login/", RIGHT, **forged).status_code == 429


def test_another_address_of_the_same_ipv6_network_is_no_other_address():
    for number in range(5):
        log_in("/login/", "wrong", address=f"2001:db8::{number}")
    assert log_in("/login/", RIGHT, address="2001:db8::ffff").status_code == 429
    assert log_in("/login/", RIGHT, address="2001:db8:0:1::1").status_code == 302


def test_nothing_typed_is_stored_and_what_is_over_is_deleted():
    wrong(times=2)
    rows = LoginAttempt.objects.values_list("key", flat=True)
    assert len(rows) == 2
    assert not any("ann" in key or "wrong" in key or "203" in key for key in rows)
    later(minutes=15)
    wrong(times=1, username="bob")
    assert LoginAttempt.objects.count() == 1


def test_the_data_are_no_other_than_before():
    before = data_version()
    wrong()
    log_in("/login/", RIGHT)
    assert data_version() == before


@pytest.mark.django_db(transaction=True)
def test_of_many_at_one_instant_no_more_are_looked_at():
    together = Barrier(20)

    def attempt(_number):
        together.wait()
        try:
            begin_attempt("ann", "203.0.113.9")
        except Locked:
            return False
        finally:
            connection.close()
        return True

    if connection.vendor == "sqlite":
        pytest.skip("a database in memory is not shared by threads")
    with ThreadPoolExecutor(20) as pool:
        looked_at = sum(pool.map(attempt, range(20)))
    assert looked_at <= TRIES
    assert LoginAttempt.objects.count() == looked_at
