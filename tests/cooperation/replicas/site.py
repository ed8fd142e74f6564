"""A site that reads from replicas, as its visitors and one editor meet it."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

from tests.admin.test_simultaneous_saves import served

ROOT = Path(__file__).resolve().parents[3]
BOUND = 3
"""Seconds behind which a replica is left out."""

PREPARE = """
import json, django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from projects.models import Project, Sector, Source, Investment
call_command("migrate", verbosity=0)
User.objects.create_superuser("editor", password="only for tests")
row = Sector.objects.create(slug="sector", name_en="First name")
source = Source.objects.create(slug="source", title="S", published="2020", draft=False)
project = Project.objects.create(slug="project", name_en="Project")
for number in (1, 2):
    Investment.objects.create(
        key=f"i{number}", project=project, source=source, amount_low=number, amount_high=number
    )
print(json.dumps([row.pk, Investment.objects.get(key="i1").pk]))
"""


class Answer:
    """Status, headers and words of an answer, with the second in which it came."""

    def __init__(self, answer):
        self.status, self.headers = answer.status, answer.headers
        self.words = answer.read().decode(errors="replace")
        self.at = time.monotonic()


class Browser:
    """Keeps cookies, and names itself, as readers are spread over replicas by name."""

    def __init__(self, port, name="visitor"):
        self.port, self.name, self.cookies = port, name, {}

    def ask(self, method, path, typed=None):
        headers = {"User-Agent": self.name, "Accept-Language": "en"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if typed is not None:
            body = urlencode(
                typed | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}, doseq=True
            )
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, value = line.partition(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, typed):
        return self.ask("POST", path, typed)

    def log_in(self):
        self.get("/admin/login/")
        answer = self.post("/admin/login/", {"username": "editor", "password": "only for tests"})
        assert answer.status == 302, answer.words
        return self


class Site:
    """The running site, and the rows it was prepared with."""

    def __init__(self, port, sector, investment):
        self.port, self.sector, self.investment = port, sector, investment
        self._names = count()

    def browser(self):
        """One that the site has not met."""
        return Browser(self.port, f"browser {next(self._names)}")

    def rename(self, editor, name):
        """Save the sector under another name; the answer."""
        return self.save(editor, name, self.version(editor))

    def version(self, editor):
        """The state of the sector that its form is of; "0" where no form is answered."""
        form = editor.get(self._form).words
        version = re.search(r'name="version" value="(\d+)"', form)
        return version[1] if version else "0"

    def save(self, editor, name, version):
        """Save it as from the form of this state; the answer."""
        return editor.post(self._form, {"slug": "sector", "name_en": name, "version": version})

    @property
    def _form(self):
        return f"/admin/projects/sector/{self.sector}/change/"

    @contextmanager
    def under_load(self, ask=lambda browser: browser.get("/projects/"), readers=4):
        """Readers that ask all the time, and the list of what they were answered."""
        answers, over = [], Event()

        def read(browser):
            while not over.is_set():
                answers.append(ask(browser))

        threads = [Thread(target=read, args=[self.browser()]) for _ in range(readers)]
        for thread in threads:
            thread.start()
        try:
            yield answers
        finally:
            over.set()
            for thread in threads:
                thread.join()


def statuses(answers):
    """How often each status was answered."""
    return dict(Counter(answer.status for answer in answers))


@contextmanager
def running(cluster):
    """The site, on a database of the cluster; its replicas are made once that is filled."""
    first = cluster.replicas[0]
    both = f"127.0.0.1:{cluster.primary.port},127.0.0.1:{first.port}"
    address = cluster.primary.address.replace(f"127.0.0.1:{cluster.primary.port}", both)
    environment = os.environ | {
        "TEST_DATABASE_URL": f"{address}?target_session_attrs=read-write",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WEB_CONCURRENCY": "2",
    }
    done = subprocess.run(
        [sys.executable, "-c", PREPARE],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    cluster.replicate()
    environment |= {
        "TEST_REPLICA_URLS": ",".join(replica.address for replica in cluster.replicas),
        "TEST_REPLICA_LAG": str(BOUND),
    }
    with served(environment) as port:
        yield Site(port, *json.loads(done.stdout.splitlines()[-1]))
