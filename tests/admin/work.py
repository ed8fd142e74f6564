"""An article made up for these tests, and the form of the working page as a browser sends it."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from projects.admin.work.text import digest
from projects.models import Source, Statement
from projects.values.folded_text import Span
from tests import factories

ARTICLE = """　　青岚光电昨日宣布，拟在临江高新区建设青岚显示基地，项目总投资46亿元，由渝石承建。
　　青岚显示基地去年9月开工，预计2024年底建成投产。

　　2021年，全区显示产业产值完成210亿元，同比增长8%；力争到2025年显示产业产值达到500亿元。"""


def article(**overrides: Any) -> Source:
    """A draft of April 2022 with the article."""
    values = {"published": "2022-04-18", "draft": True, "full_text": ARTICLE, "title": "青岚落户"}
    return factories.source(**values | overrides)


def address(source: Source) -> str:
    """The address of the working page of a source."""
    return reverse("admin:projects_source_work", args=[source.pk])


def passage(source: Source, words: str) -> str:
    """Where words stand in the text of a source, as addresses name it."""
    start = source.full_text.index(words)
    return f"{start}-{start + len(words)}"


def span(source: Source, words: str) -> Span:
    """Where words stand in the text of a source."""
    start = source.full_text.index(words)
    return Span(start, start + len(words))


def state(source: Source) -> str:
    """What a form carries of the text it was opened for."""
    return digest(source.full_text)


def opened(client: Client, source: Source, words: str, kind: type[Statement] | None = None) -> Any:
    """The form that the page fills in for words of the text."""
    query = {"passage": passage(source, words)}
    if kind:
        query["kind"] = kind.kind_of_statement
    return client.get(address(source), query).context["panel"]


def sent(panel: Any, /, **typed: Any) -> dict[str, Any]:
    """What a browser sends for a form, with what is typed."""
    span = panel.span
    data = {
        "passage": f"{span.start}-{span.end}" if span else "",
        "text": panel.article.digest,
        "kind": panel.kind.kind_of_statement,
    }
    for name, field in panel.entry.fields().items():
        value = field.value()
        if isinstance(value, list):
            data[name] = [str(one) for one in value]
        elif value not in (None, False, ""):
            data[name] = "on" if value is True else str(value)
    data |= {name.replace("step_", "step-"): value for name, value in typed.items()}
    return {name: value for name, value in data.items() if value != ""}


def save(client: Client, source: Source, panel: Any, /, **typed: Any) -> HttpResponse:
    """Confirm a form."""
    return client.post(address(source), sent(panel, **typed) | {"_save": "1"})
