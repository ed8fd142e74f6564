"""Requests that nobody would send on purpose, to every address of the project."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from django.contrib import admin
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


def queries(asked: Asked) -> list[str]:
    """Every query string of an address: each value of each parameter, and the corpora."""
    named = [f"{name}={value}" for name in accepted(asked.path) for value in VALUES]
    return [*named, *QUERIES, *(LOOKUPS if asked.path.startswith("/admin/") else [])]


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


def hostile(asked: Asked, number: int, random: Random) -> Iterator[Hostile]:
    """So many requests of one address: about two thirds query strings, the rest paths, headers."""
    strings, places = queries(asked), paths(asked)
    for turn in range(number):
        kind = random.choice("qqqqph") if turn or not places else "p"
        if kind == "p" and places:
            yield Hostile(asked.pattern, random.choice(places))
        elif kind == "h":
            yield Hostile(asked.pattern, asked.path, headers=random.choice(HEADERS))
        else:
            yield Hostile(asked.pattern, asked.path, random.choice(strings))


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
    """Answers to many requests: their statuses, and what no answer should be."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.failed: list[str] = []
        self.patterns: set[str] = set()
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
        """Ask it, and note the answer; what it stored is taken back."""
        client, began = self._clients[role, language], monotonic()
        self._cause.clear()
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = client.get(one.address, headers=one.headers)
            size = sum(map(len, answer)) if answer.streaming else len(answer.content)
            transaction.set_rollback(True)
        client.cookies = cookies
        took = monotonic() - began
        self.patterns.add(one.pattern)
        self.statuses[answer.status_code] += 1
        named = f"GET {one.address[:300]} {one.headers or ''} {role} {language}"
        self.slowest = max(self.slowest, (took, named))
        if len(one.address) <= LINE and not answer.headers.get("Content-Disposition"):
            self.largest = max(self.largest, (size, named))
        if answer.status_code >= 500:
            self.failed.append(f"{named}: {answer.status_code} {self._cause[-1:]}")
