"""Every address of the project by its resolver, with one named sample of each, to be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from projects.exports import EXPORTS
from projects.models import Source, Statement
from projects.models.uploads import Upload
from tests import factories
from tests.admin.pages import as_opened

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
SAMPLES: dict[str, dict[str, str]] = {
    "investments/total/<slug:line>/": {"": "investments/total/cny-once-promised/"},
    "quality/<slug:finding>/": {"": "quality/vague/"},
    "admin/^(?P<app_label>auth|projects)/$": {"": "admin/projects/"},
    "admin/(?P<url>.*)$": {"": "admin/nosuch/"},
}
"""The path of each pattern that is no plain route with the id or the slug of a row."""

QUERIES = {
    "admin/autocomplete/": "app_label=projects&model_name=investment&field_name=source",
    "admin/read-words/": "kind=amount&words=32亿元",
}
SENT: dict[str, dict[str, Any]] = {
    "i18n/setlang/": {"language": "en"},
    "login/": {"username": "root", "password": "only for tests"},
    "admin/login/": {"username": "root", "password": "only for tests"},
    "password/": {
        "old_password": "only for tests",
        "new_password1": "Gh7-kk2-xx1",
        "new_password2": "Gh7-kk2-xx1",
    },
    "admin/password_change/": {
        "old_password": "only for tests",
        "new_password1": "Gh7-kk2-xx1",
        "new_password2": "Gh7-kk2-xx1",
    },
}
"""What is sent to a pattern that is no form of a row."""

PUBLISHED, DRAFT = "published", "draft"


@dataclass(frozen=True)
class Asked:
    """One address: its pattern, of what it is asked, and what is sent to it."""

    pattern: str
    of: str
    path: str
    sent: dict[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """How the table names it."""
        return (f"/{self.pattern}", self.of)


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """The routes of all patterns, those of the development server apart."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif pattern.namespace != "djdt":
            yield from routes(pattern, route)


class Record:
    """Rows of every kind, a draft and a published one, on which nothing else depends."""

    def __init__(self) -> None:
        self.root = User.objects.create_superuser("root", password="only for tests")
        self.group = Group.objects.get(name="viewer")
        self.user = User.objects.create_user("somebody", is_staff=True)
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(self.root)
        self.upload = Upload.objects.create(user=self.root)
        self.rows = {PUBLISHED: self._rows(draft=False), DRAFT: self._rows(draft=True)}

    def _rows(self, draft: bool) -> dict[type[Model], Model]:
        word = DRAFT if draft else PUBLISHED
        source = factories.source(draft=draft)
        said = {"source": source}
        rows = [factories.source(draft=draft, slug=word)]
        entered = {"entered_with": source, "slug": word}
        rows += [
            getattr(factories, name)(**entered)
            for name in ("project", "organization", "agreement", "place", "sector", "milestone")
        ]
        rows.append(factories.indicator(**entered))
        rows += [
            getattr(factories, name)(**said)
            for name in (
                "participation",
                "agreement_party",
                "milestone_date",
                "target",
                "observation",
            )
        ]
        standing = factories.investment()
        same = {"project": standing.project, "restates": standing}
        rows.append(factories.investment(**said, **same))
        return {type(row): row for row in rows}

    def asked(self) -> Iterator[Asked]:
        """Every pattern with each of its samples."""
        for route in sorted(set(routes())):
            for of, path in self._paths(route).items():
                yield Asked(route, of, f"/{path}", self._sent(route, of, f"/{path}"))

    def _paths(self, route: str) -> dict[str, str]:
        """The path of each sample of a pattern, by what it is asked of."""
        if route in SAMPLES:
            return SAMPLES[route]
        model = model_of(route)
        names = ARGUMENT.findall(route)
        if model in {User, Group} and names:
            people = (
                {"": self.group} if model is Group else {"user": self.user, "superuser": self.root}
            )
            return {of: _fill(route, row) for of, row in people.items()}
        if names == ["upload"]:
            return {"of another account": _fill(route, str(self.upload.pk))}
        if model in self.rows[DRAFT] or names == ["slug"]:
            if not names and not route.endswith(f"{model._meta.model_name}/"):
                return {"": route}
            return {
                of: _fill(route, of if names == ["slug"] else rows[model])
                for of, rows in self.rows.items()
            }
        if names == ["kind", "pk"]:
            return {of: self._of_statement(route, of) for of in self.rows}
        if names == ["key"]:
            kind = EXPORTS[route.split("/")[2]].model
            return {of: _fill(route, rows[kind].key) for of, rows in self.rows.items()}
        if names == ["content_type_id", "object_id"]:
            return {of: self._on_site(route, of) for of in self.rows}
        assert not names, f"{route}: give it a path in SAMPLES of {__file__}"
        return {"": route}

    def _of_statement(self, route: str, of: str) -> str:
        row: Any = self.rows[of][apps.get_model("projects", "Investment")]
        return ARGUMENT.sub(lambda one: {"kind": "investment", "pk": str(row.pk)}[one[1]], route)

    def _on_site(self, route: str, of: str) -> str:
        row = self.rows[of][Source]
        kind = ContentType.objects.get_for_model(Source).pk
        return ARGUMENT.sub(lambda one: str(kind if one[1] == "content_type_id" else row.pk), route)

    def _sent(self, route: str, of: str, path: str) -> dict[str, Any]:
        """What a form of the page sends: valid, so that only a rule can refuse it."""
        if route in SENT:
            return SENT[route]
        model = model_of(route)
        if model is None:
            return self._swapped(of) if route.endswith("/stand/") else {}
        page = route.rstrip("/").rpartition("/")[2]
        row: Any = self.rows[of].get(model) if of in self.rows else None
        if page == "delete":
            return {"post": "yes", "version": row.version if row else ""}
        if route.endswith("/history/<slug:code>/"):
            return {"version": row.version}
        if page == "add":
            return self._new(model)
        if page == "change" and model not in {User, Group}:
            return as_opened(self.client, path)
        if page == "password":
            return {
                "password1": "Gh7-kk2-xx1",
                "password2": "Gh7-kk2-xx1",
                "usable_password": "true",
            }
        if page in {"publish", "unpublish"}:
            return {"version": 1, "reason": "x"}
        if page == model._meta.model_name and of:
            chosen = {ACTION_CHECKBOX_NAME: row.pk, f"version-{row.pk}": row.version}
            return chosen | {"action": "delete_selected", "post": "yes"}
        return {}

    def _swapped(self, of: str) -> dict[str, Any]:
        row: Any = self.rows[of][apps.get_model("projects", "Investment")]
        return {"instead_of": row.restates_id, "becomes": "disputed", "reason": "x"}

    def _new(self, model: type[Model]) -> dict[str, Any]:
        """Another row such as the draft, as an editor would enter it."""
        if model is User:
            return {"username": "new", "password1": "Gh7-kk2-xx1", "password2": "Gh7-kk2-xx1",
                    "usable_password": "true"}  # fmt: skip
        if model is Group:
            return {"name": "new"}
        row: Any = self.rows[DRAFT][model]
        sent = as_opened(self.client, f"/admin/projects/{model._meta.model_name}/{row.pk}/change/")
        sent = {name: "0" if name.endswith("_FORMS") else text for name, text in sent.items()}
        if issubclass(model, Statement):
            standing = row.restates_id or row.pk
            return sent | {"key": "new", "restates": standing, "restates_how": "disputed"}
        return sent | {"slug": "new"}


def ask(client: Client, method: str, asked: Asked) -> HttpResponse:
    """The answer; what it stored is taken back."""
    query = QUERIES.get(asked.pattern)
    path = f"{asked.path}?{query}" if query else asked.path
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.get(path) if method == "GET" else client.post(path, asked.sent)
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def model_of(route: str) -> Any:
    """The model whose page in the admin a route leads to; None for any other route."""
    found = re.match(r"admin/(auth|projects)/(\w+)/", route)
    return apps.get_model(*found.groups()) if found else None


def _fill(route: str, value: Any) -> str:
    """The path of a text, or of a row: by its id, and its newest state where one is named."""

    def argument(one: re.Match[str]) -> str:
        if one[1] == "code":
            return f"{value._meta.model_name}-{value.history.latest().history_id}"
        return str(value.pk if isinstance(value, Model) else value)

    return ARGUMENT.sub(argument, route)
