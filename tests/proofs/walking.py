"""Requests that nobody would send on purpose, to every address of the project."""

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from django.contrib import admin
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from projects.parameters import CARRIED
from tests.admin.people import account
from tests.cooperation.permissions import Asked
from tests.proofs.corpus import HEADERS, LOOKUPS, QUERIES, SEGMENTS, VALUES

LANGUAGES = ["en", "zh-hans"]
ROLES = ["anonymous", "viewer", "editor", "administrator"]
EACH = 6
"""So many of a corpus are sent to each address, drawn by lot."""
SLOW, AGAIN = 1.0, 2
"""After how many seconds an answer is asked for again, and how often."""
LINE = 4_094
"""Characters of the longest address that the server lets through; it answers 414 to others."""
OTHERS = ["next", "range", "by", "totals", "term", "kind", "words", "q", "page"]
"""Parameters that a page reads itself, without a declaration."""
ARGUMENT = re.compile(r"<|\(")


@dataclass(frozen=True)
class Hostile:
    """One request, as it goes over the wire, its path and query string quoted already."""

    pattern: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


def accepted(path: str) -> list[str]:
    """The names of all parameters that the page at a path declares."""
    try:
        view = resolve(path).func
    except Resolver404:
        return []
    page = getattr(view, "view_class", None)
    if page is not None:
        known = page().known if hasattr(page, "known") else ()
        return [*known, *CARRIED, *OTHERS]
    model = getattr(getattr(view, "model_admin", None), "model", None)
    fields = [one.name for one in model._meta.fields] if model else []
    listed = admin.site._registry[model].list_filter if model else ()
    filters = [f"{name}__exact" for name in listed if isinstance(name, str)]
    return [*fields, *filters, "o", "p", "e", "_popup", "_to_field", "_changelist_filters", *OTHERS]


def queries(asked: Asked, random: Random) -> list[str]:
    """Query strings of an address: a bad value at each parameter, at all of them, and corpora."""
    named = [f"{name}={random.choice(VALUES)}" for name in accepted(asked.path)]
    others = random.sample(QUERIES, EACH)
    looked = random.sample(LOOKUPS, EACH) if asked.path.startswith("/admin/") else []
    return [*named, *filter(None, ["&".join(named)]), *others, *looked]


def paths(asked: Asked) -> list[str]:
    """The path with each of its parts replaced that the pattern leaves open."""
    if not ARGUMENT.search(asked.pattern):
        return []
    parts = asked.path.strip("/").split("/")
    fixed = asked.pattern.strip("/").split("/")
    open_ = [n for n, part in enumerate(parts) if n >= len(fixed) or part != fixed[n]]
    return [
        "/" + "/".join([*parts[:n], segment, *parts[n + 1 :]]) + "/"
        for n in open_
        for segment in SEGMENTS
    ]


def hostile(asked: Asked, random: Random) -> list[Hostile]:
    """Requests of one address in any order: bad query strings, paths and headers."""
    open_ = paths(asked)
    found = [
        *(Hostile(asked.pattern, asked.path, query) for query in queries(asked, random)),
        *(Hostile(asked.pattern, path) for path in random.sample(open_, min(EACH, len(open_)))),
        *(
            Hostile(asked.pattern, asked.path, headers=headers)
            for headers in random.sample(HEADERS, EACH)
        ),
    ]
    return random.sample(found, len(found))


def clients() -> dict[tuple[str, str], Client]:
    """A client of every role in both languages."""
    users = {role: account(role, f"fuzz-{role}") for role in ROLES[1:]}
    made = {}
    for language in LANGUAGES:
        for role in ROLES:
            client = Client(raise_request_exception=False, headers={"accept-language": language})
            if role in users:
                client.force_login(users[role])
            made[role, language] = client
    return made


class Walk:
    """Answers to many requests: their statuses, and what no answer should be.

    A cold one remembers nothing from one answer to the next, as for the first reader after a save.
    """

    def __init__(self, cold: bool = False) -> None:
        self._cold = cold
        self.statuses: Counter[int] = Counter()
        self.failed: list[str] = []
        self.asked: set[tuple[str, str, str]] = set()
        self.slowest = (0.0, "")
        self.largest = (0, "")
        self._clients = clients()

    def __enter__(self) -> "Walk":
        self._cause: list[str] = []
        got_request_exception.connect(self._note, weak=False)
        return self

    def __exit__(self, *_: object) -> None:
        got_request_exception.disconnect(self._note)

    def _note(self, **_: object) -> None:
        kind, error, trace = sys.exc_info()
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        self._cause.append(f"{kind and kind.__name__}: {str(error)[:200]} at {where}")

    def ask(self, one: Hostile, role: str, language: str) -> None:
        """Ask it, and note the answer; a slow one is asked again, as the machine may be busy."""
        status, size, took = self._answer(one, role, language)
        for _ in range(AGAIN if took > SLOW else 0):
            took = min(took, self._answer(one, role, language)[2])
        self.asked.add((one.pattern, role, language))
        self.statuses[status] += 1
        named = f"GET {one.address[:300]} {one.headers or ''} {role} {language}"
        self.slowest = max(self.slowest, (took, named))
        self.largest = max(self.largest, (size, named))
        if status >= 500:
            self.failed.append(f"{named}: {status} {self._cause[-1:]}")

    def _answer(self, one: Hostile, role: str, language: str) -> tuple[int, int, float]:
        """Status, bytes of the page and seconds of one answer; what it stored is taken back."""
        if self._cold:
            cache.clear()
        client, began = self._clients[role, language], monotonic()
        self._cause.clear()
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = client.get(one.address, headers=one.headers)
            size = sum(map(len, answer)) if answer.streaming else len(answer.content)
            transaction.set_rollback(True)
        client.cookies = cookies
        counts = len(one.address) <= LINE and not answer.headers.get("Content-Disposition")
        return answer.status_code, size if counts else 0, monotonic() - began
