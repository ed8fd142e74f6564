"""The notes of a page: every publication that its marks name, once."""

import re

from tests import factories


def numbers(text):
    """The numbers in the order of the page."""
    return re.findall(r'<sup class="note-number" data-note="(\d*)"></sup>', text)


def listed(text):
    """The notes as a reader sees them."""
    notes = text.partition('<section class="source-notes">')[2].partition("</section>")[0]
    lines = re.findall(r"<li>(.*?)</li>", notes)
    return [re.sub(r"<[^>]+>", "", line) for line in lines]


def test_each_publication_is_noted_once_in_the_order_of_first_use(db, english):
    project = factories.project()
    later = factories.source(title="Later", published="2021-05", outlet="Daily")
    first = factories.source(title="First", published="2020-04-26", address="https://a.example/1")
    factories.participation(project=project, source=first)
    factories.investment(project=project, source=later, amount="1亿元")
    factories.investment(project=project, source=first, amount="2亿元")

    text = english.get(project.get_absolute_url()).content.decode()

    # The last report, the participation, and the two investments; the numbers are of two sources.
    assert numbers(text) == ["1", "2", "1", "2"]
    assert listed(text) == ["Later, Daily, May 2021", "First, 26 April 2020 https://a.example/1"]


def test_every_mark_has_a_number_that_is_listed(facts, english):
    for path in ("/", "/projects/software-park/", "/indicators/software-business-revenue/"):
        text = english.get(path).content.decode()
        found = {int(number) for number in numbers(text)}
        assert found == set(range(1, len(listed(text)) + 1)), path


def test_a_page_that_names_no_publication_has_no_notes(db, english):
    assert "source-notes" not in english.get("/").content.decode()
