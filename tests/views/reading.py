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


def keys(response):
    """The primary keys of the rows on a table's page."""
    return [row.pk for row in response.context["page"].object_list]


def records(response):
    """The rows of a CSV answer as dictionaries."""
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))
