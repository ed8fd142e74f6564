"""nginx as deploy/nginx.conf has it, in front of the site, on ports of this test."""

import http.client
import os
import re
import ssl
import subprocess
import sys
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from environment import ROOT
from tests.admin.test_simultaneous_saves import free_port, served
from tests.cooperation.waiting import until

HOST = "cooperation.example"
TOKEN = "only for tests"
BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"

AROUND = """
{user}
load_module {brotli};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Front:
    """The site as the world sees it, through nginx; `site` is its own port."""

    def __init__(self, site, plain, secure, password, log):
        self.site, self.plain, self.secure = site, plain, secure
        self.password, self.log = password, log

    def ask(self, path, method="GET", body=None, source="127.0.0.1", **headers):
        """An answer by https, with what its body holds."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.secure, timeout=60, context=context, source_address=(source, 0)
        )
        return answer(connection, method, path, body, headers)

    def ask_plain(self, path):
        """An answer by http."""
        return answer(http.client.HTTPConnection("127.0.0.1", self.plain), "GET", path, None, {})

    def ask_site(self, path, **headers):
        """The site's own answer, without nginx."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site, timeout=60)
        return answer(connection, "GET", path, None, {"X_Forwarded_Proto": "https"} | headers)

    def log_in(self):
        """The answer to the first administrator's name and password."""
        page = self.ask("/login/?lang=en")
        cookies = SimpleCookie()
        for line in page.headers.get_all("Set-Cookie"):
            cookies.load(line)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body.decode())[1]
        typed = {"username": "admin", "password": self.password, "csrfmiddlewaretoken": token}
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        return self.ask(
            "/login/", "POST", urlencode(typed), Cookie=cookie, Origin=f"https://{HOST}",
            Content_Type="application/x-www-form-urlencoded",
        )  # fmt: skip


def answer(connection, method, path, body, headers):
    """Status, headers and body; in names of headers, _ is written for -."""
    named = {"Host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, named)
        found = connection.getresponse()
        found.body = found.read()
        return found
    finally:
        connection.close()


@contextmanager
def running(folder):
    """The site and nginx, until the end."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "tests.deploy.settings",
        "TEST_STATIC_ROOT": str(folder / "var" / "static"),
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "SECRET_KEY": "only for tests",
        "PUBLIC_URL": f"https://{HOST}",
        "TRUSTED_PROXIES": "1",
        "METRICS_TOKEN": TOKEN,
    }
    (folder / "var").mkdir()
    told = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    password = re.search(r"password: (\S+)", told)[1]
    log = folder / "site.log"
    with log.open("w") as stream, served(environment, stream) as site:
        plain, secure = free_port(), free_port()
        with nginx(folder, site, plain, secure):
            yield Front(site, plain, secure, password, log)


@contextmanager
def nginx(folder, site, plain, secure):
    """nginx, with a certificate signed by itself."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    config = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(AROUND.format(folder=folder, user=user, brotli=BROTLI))
    (folder / "site.conf").write_text(moved(folder, site, plain, secure))
    subprocess.run(["nginx", "-t", "-q", "-c", config], check=True)
    server = subprocess.Popen(["nginx", "-c", config, "-g", "daemon off;"])
    try:
        until(lambda: (folder / "nginx.pid").exists() and (folder / "nginx.pid").read_text())
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def moved(folder, site, plain, secure):
    """deploy/nginx.conf with the paths and ports of this test, each of which has to be in it."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/cooperation": str(folder),
        "/srv/cooperation/current/var": str(folder / "var"),
        "127.0.0.1:8000": f"127.0.0.1:{site}",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return text
