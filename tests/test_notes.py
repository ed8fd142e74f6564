"""The notes of a printed page."""

from datetime import date

import pytest
from django.template import Context, Template

from projects.notes import Notes
from projects.parameters import Parameters
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_publication_keeps_the_number_of_its_first_use():
    first, second = factories.source(), factories.source()
    notes = Notes()

    assert [notes.number(one) for one in (second, first, second)] == [1, 2, 1]
    assert list(notes) == [second, first]
    assert len(notes) == 2


def test_statements_of_one_publication_share_its_number(today):
    source = factories.source()
    one, other = factories.target(source=source), factories.observation(source=source)
    apart = factories.observation()
    template = Template("{% load cooperation %}{% for one in all %}{% note one %} {% endfor %}")

    context = Context({"all": [one, apart, other, source], "parameters": today})

    assert template.render(context) == "1 2 1 1 "
    assert list(today.notes) == [source, apart.source]


def test_every_page_counts_for_itself(today):
    today.notes.number(factories.source())

    assert len(Parameters(today.reader, today.scope).notes) == 0


def test_without_parameters_there_is_no_number():
    template = Template("{% load cooperation %}{% note one %}")

    assert template.render(Context({"one": factories.target()})) == ""


@pytest.fixture
def today():
    """The parameters of a page without any in its query string."""
    return Parameters(Reader(date(2026, 11, 23)), Scope())
