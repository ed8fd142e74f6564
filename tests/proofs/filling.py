"""The forms of the pages as a browser finds them, to be filled in with anything."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html

from projects.models import (
    AgreementParty,
    Investment,
    MilestoneDate,
    Observation,
    Participation,
    Target,
)
from tests import factories
from tests.admin import work
from tests.admin.editing import BUILD, inlines, row_of
from tests.admin.pages import address
from tests.cooperation.permissions import Record
from tests.proofs.corpus import HUGE

EXTREMES = [
    "\0", "a\0b", "1e400", "NaN", "-Infinity", "-1", "9" * 20, "-9223372036854775809", HUGE,
    "0000-01-01", "9999-12-31", "10000", "2024-02-30", "0001-01-01/9999-12-31", "\ud800",
    "a\udfffb", "名" * 5_000, "x" * 20_000, "javascript:alert(1)", "http://[::1",
    "https://x.example/\u202e", " \u3000\u200b\t", "\u202e\u2066x\u2069", "\ufeff", "\x1b[0m\x7f",
    "a\r\n\u2028b", "😀", "e\u0301" * 99, "１２３", "٣", "²", "=1+1", "<script>x()</script>", "on",
]  # fmt: skip
"""What nobody would type into a field."""
PASSAGES = {
    Investment: "46亿元",
    MilestoneDate: "去年9月",
    Observation: "210亿元",
    Target: "500亿元",
    Participation: "青岚光电",
    AgreementParty: "青岚光电",
}
"""Words of the article for a statement of every kind."""
NEW = "__prefix__"
"""The number of a row that a script adds."""
NOT_TYPED = {"csrfmiddlewaretoken"}
ELSEWHERE = ("/logout/", "/i18n/setlang/")
"""Forms that stand on every page."""
Values = dict[str, list[str]]


@dataclass(frozen=True)
class Form:
    """A form: where it is sent, and what it sends where nothing is typed."""

    path: str
    values: Values
    names: tuple[str, ...]

    def filled(self, typed: dict[str, str]) -> Values:
        """What is sent with some fields filled in; rows that are filled in are added."""
        sent = {name: given for name, given in self.values.items() if NEW not in name}
        for prefix in {name.split(f"-{NEW}-")[0] for name in typed if NEW in name}:
            count = self.values.get(f"{prefix}-TOTAL_FORMS", ["0"])[0]
            begun = {name: given for name, given in self.values.items() if name.startswith(prefix)}
            sent |= {name.replace(NEW, count): given for name, given in begun.items()}
            sent |= {f"{prefix}-TOTAL_FORMS": [str(int(count) + 1)]}
            typed = {name.replace(NEW, count): text for name, text in typed.items()}
        return sent | {name: [text] for name, text in typed.items()}

    def extremes(self, random: Random, most: int) -> Iterator[Values]:
        """What is sent with an extreme in one field, and in all of them."""
        pairs = [(name, text) for name in self.names for text in EXTREMES]
        for name, text in random.sample(pairs, min(most, len(pairs))):
            yield self.filled({name: text})
        own = [name for name in self.names if not name.endswith("_FORMS") and NEW not in name]
        for text in random.sample(EXTREMES, most // 4):
            yield self.filled(dict.fromkeys(own, text))


def forms_of(page: HttpResponse, path: str, **given: Any) -> Iterator[Form]:
    """The forms of a page that are sent to it, with some values given."""
    if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
        return
    for form in html.fromstring(page.content.decode()).forms:
        if form.method != "POST" or form.get("action") in ELSEWHERE:
            continue
        values: Values = {}
        for name, text in form.form_values():
            values.setdefault(name, []).append(text)
        for name, one in given.items():
            values[name] = [str(each) for each in (one if isinstance(one, list) else [one])]
        names = {name for name in form.fields if name} | set(values)
        if names - NOT_TYPED:
            yield Form(path, values, tuple(sorted(names - NOT_TYPED)))


def of_addresses(client: Client, record: Record, every: int) -> Iterator[Form]:
    """Those of every address of the project, or of one in so many."""
    for one in list(record.asked())[::every]:
        page = client.get(one.path)
        if not page.streaming:
            yield from forms_of(page, one.path, **one.sent)


def of_rows(client: Client) -> Iterator[Form]:
    """Those of data entry with a stored row in each of their inlines."""
    parents = {model: BUILD[model]() for model, _inline in inlines()}
    for model, inline in inlines():
        row_of(parents[model], inline)
    for model, row in parents.items():
        path = address(model, "change", row.pk)
        yield from forms_of(client.get(path), path)


def of_working_page(client: Client) -> Iterator[Form]:
    """Those of the page from an article to statements, for a statement of every kind."""
    subjects = {
        "project": factories.project(name_zh="青岚显示基地").pk,
        "organization": factories.organization(name_zh="青岚光电").pk,
        "indicator": factories.indicator(name_zh="显示产业产值").pk,
    }
    party = {"agreement": factories.agreement().pk, "role": "signatory"}
    own = {AgreementParty: party, Participation: {"role": "builder"}}
    source = work.article()
    path = work.address(source)
    for kind, words in PASSAGES.items():
        asked = {"passage": work.passage(source, words), "kind": kind.kind_of_statement}
        page = client.get(path, asked)
        fields = page.context["panel"].entry.fields()
        given = {name: pk for name, pk in subjects.items() if name in fields} | own.get(kind, {})
        for form in forms_of(page, path):
            values = (
                {name: [str(one)] for name, one in given.items()} if "kind" in form.names else {}
            )
            yield replace(form, values=form.values | values | {"_save": ["1"]})
