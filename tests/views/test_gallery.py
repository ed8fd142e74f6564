"""The page of all components: where debug is on, each in its states, with nothing missing."""

import importlib
import re

import pytest
from django.urls import clear_url_caches

import cooperation.urls
import projects.urls
from projects.views import gallery
from projects.views.samples import SHOWN_OTHERWISE, all_samples

MISSING = "MISSING-%s"


def load_addresses():
    importlib.reload(projects.urls)
    importlib.reload(cooperation.urls)
    clear_url_caches()


@pytest.fixture
def debugging(settings):
    """The addresses as they are where debug is on."""
    settings.DEBUG = True
    load_addresses()
    yield
    settings.DEBUG = False
    load_addresses()


@pytest.fixture
def strict(settings):
    """Templates that write what is missing instead of nothing."""
    [engine] = settings.TEMPLATES
    options = engine["OPTIONS"] | {"string_if_invalid": MISSING}
    settings.TEMPLATES = [engine | {"OPTIONS": options}]


def test_every_component_has_samples_or_a_reason_why_not():
    names, samples = set(gallery.names()), all_samples()

    assert set(samples) | set(SHOWN_OTHERWISE) == names
    assert not set(samples) & set(SHOWN_OTHERWISE)
    assert [name for name, of_one in samples.items() if not of_one] == []


def test_a_component_tells_its_contract():
    [verdict] = [one for one in gallery.components() if one.name == "verdict.html"]

    assert verdict.contract == "A verdict as word, icon and colour. Reads: outcome."
    assert [shown.sample.words for shown in verdict.shown] == ["met", "missed", "not_decided"]


def test_the_page_is_there_only_where_debug_is_on(db, english):
    assert english.get("/components/").status_code == 404


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_the_page_shows_every_component_on_an_empty_database(
    db, debugging, strict, request, language
):
    response = request.getfixturevalue(language).get("/components/")

    page = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r"MISSING-[^<\"]{0,60}", page) == []
    for name in gallery.names():
        assert f">{name}</h2>" in page
    assert page.count('class="gallery-sample"') == sum(map(len, all_samples().values()))


def test_a_sample_is_drawn_in_the_language_of_the_page(db, debugging, english, chinese):
    assert "Sample Park" in english.get("/components/").content.decode()
    assert "示例产业园" in chinese.get("/components/").content.decode()
