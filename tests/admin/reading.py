"""Reading a page of the admin as a person does."""

import html
import re

from django.http import HttpResponse


def text(response: HttpResponse) -> str:
    """The words of the page's content, without tags, blanks folded."""
    content = response.content.decode().partition('id="content"')[2].partition('id="footer"')[0]
    words = html.unescape(re.sub(r"<[^>]*>", " ", content.partition(">")[2]))
    return re.sub(r" (?=[,.:;，。：；、])", "", " ".join(words.split()))
