"""The site behind nginx, as deploy/nginx.conf has it: what visitors are answered."""

import gzip
import json
import re

import brotli
import pytest
from django.conf import settings

from cooperation.middleware import security_headers
from environment import ROOT
from projects.admin import importing
from tests.deploy import front as fronts
from tests.deploy.tools import need

CONFIG = (ROOT / "deploy" / "nginx.conf").read_text()
MEGABYTE = 1024 * 1024

pytestmark = pytest.mark.xdist_group("nginx")


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    need("nginx", "openssl", fronts.BROTLI)
    with fronts.running(tmp_path_factory.mktemp("front")) as found:
        yield found


def address_of_styles(front):
    page = front.ask("/").body.decode()
    return re.search(r'href="(/static/[^"]+\.css)"', page)[1]


def test_http_is_sent_to_https(front):
    answer = front.ask_plain("/projects/?q=a")
    assert (answer.status, answer.headers["Location"]) == (
        301,
        "https://cooperation.example/projects/?q=a",
    )


def test_a_page_comes_as_the_site_gives_it(front):
    answer = front.ask("/projects/?lang=en", Accept_Encoding="gzip, br")
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "<html" in gzip.decompress(answer.body).decode()
    for name, value in security_headers().items():
        assert answer.headers.get_all(name) == [value]
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_the_site_knows_who_asks_and_believes_no_forged_address(front):
    answer = front.ask("/method/", source="127.0.0.2", X_Forwarded_For="203.0.113.9")
    number = answer.headers["X-Request-ID"]
    lines = [json.loads(line) for line in front.log.read_text().splitlines() if number in line]
    assert [line["address"] for line in lines] == ["127.0.0.2"]


def test_the_number_of_a_request_is_not_the_visitors(front):
    answer = front.ask("/method/", X_Request_ID="chosen-by-me")
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_static_files_are_compressed_beforehand(front):
    path = address_of_styles(front)
    plain = front.ask(path)
    small = front.ask(path, Accept_Encoding="gzip")
    smaller = front.ask(path, Accept_Encoding="gzip, br")
    assert plain.headers["Content-Encoding"] is None
    assert (small.headers["Content-Encoding"], smaller.headers["Content-Encoding"]) == (
        "gzip",
        "br",
    )
    assert gzip.decompress(small.body) == brotli.decompress(smaller.body) == plain.body


def test_static_files_carry_what_the_site_gives_them(front):
    path = address_of_styles(front)
    ours, nginxs = front.ask_site(path), front.ask(path)
    assert ours.body == nginxs.body
    assert nginxs.headers["Content-Type"] == ours.headers["Content-Type"].replace('"', "")
    for name in [*security_headers(), "Cache-Control", "Vary"]:
        assert nginxs.headers.get_all(name) == ours.headers.get_all(name), name
    assert nginxs.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_static_files_that_nginx_does_not_find_are_the_sites_to_give(front):
    answer = front.ask("/static/no-such-file.css")
    assert answer.status == 404
    assert answer.headers["X-Request-ID"]


def test_a_file_comes_whole(front):
    ours, nginxs = front.ask_site("/investments.csv"), front.ask("/investments.csv")
    assert nginxs.status == 200
    assert nginxs.body == ours.body


def test_the_first_administrator_can_log_in(front):
    answer = front.log_in()
    assert answer.status == 302
    assert "__Host-sessionid=" in " ".join(answer.headers.get_all("Set-Cookie"))


def test_what_is_too_large_is_refused_by_the_site_while_it_can_and_by_nginx_beyond(front):
    session = re.search(
        r"__Host-sessionid=\w+", " ".join(front.log_in().headers.get_all("Set-Cookie"))
    )[0]
    large = front.ask(
        "/admin/import/", "POST", b"x" * (52 * MEGABYTE), Cookie=session,
        Accept_Language="en", Content_Type="text/plain", Origin="https://cooperation.example",
    )  # fmt: skip
    assert large.status == 413
    assert "larger than 50 MB together" in large.body.decode()

    announced = front.ask("/admin/import/", "POST", Content_Length=str(201 * MEGABYTE))
    assert announced.status == 413
    assert "nginx" in announced.body.decode()
    assert front.ask("/login/", "POST", b"x" * (4 * MEGABYTE)).status == 413


def test_what_is_for_who_watches_is_not_on_the_net(front):
    token = f"Bearer {fronts.TOKEN}"
    assert front.ask("/metrics", Authorization=token).status == 404
    assert front.ask("/readyz").status == 404
    assert front.ask_site("/metrics", Authorization=token).status == 200
    assert front.ask_site("/readyz").status == 200


def test_limits_are_the_sites():
    assert f"client_max_body_size {importing._READ_TO_THE_END // MEGABYTE}m;" in CONFIG
    elsewhere = int(re.search(r"client_max_body_size (\d)m;", CONFIG)[1])
    assert elsewhere * MEGABYTE >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_headers_of_static_files_are_the_sites():
    for name, value in security_headers().items():
        assert re.search(f'add_header {name} "?{re.escape(value)}"?;', CONFIG), name
