"""Reading an answer as a person does: its words and its rows."""

import csv
import html
import io
import re

DAY_BAR = re.compile(r'<section class="day-bar">.*?</section>', re.DOTALL)


def text(response):
    """The words of the page's content but for the bar of days, without tags, blanks folded."""
    content = response.content.decode().partition('<main id="content"')[2].partition("</main>")[0]
    content = DAY_BAR.sub("", content)
    words = html.unescape(re.sub(r"<[^>]*>", " ", content.partition(">")[2])).replace("\u2060", "")
    return re.sub(r" (?=[,.:;，。：；、])", "", " ".join(words.split()))


AFTER = re.compile(
    r'<section class="changed comes-after" id="(?P<id>\w+)"[^>]* hx-get="(?P<path>[^"]*)"'
    r".*?</section>",
    re.DOTALL,
)
"""A part of a comparison that comes after its page."""


def whole(client, path, query=None):
    """A page with the parts that come after it, as a browser with scripts puts them together."""
    response = client.get(path, query)
    content = response.content.decode()
    while found := AFTER.search(content):
        headers = {"HX-Request": "true", "HX-Target": found["id"]}
        part = client.get(html.unescape(found["path"]), headers=headers)
        assert part.status_code == 200 and "<html" not in part.content.decode()
        content = content[: found.start()] + part.content.decode() + content[found.end() :]
    response.content = content.encode()
    return response


def keys(response):
    """The primary keys of the rows on a table's page."""
    return [row.pk for row in response.context["page"].object_list]


def records(response):
    """The rows of a CSV answer as dictionaries."""
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))
