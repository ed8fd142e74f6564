"""What `make check` finds in templates and translations."""

import polib
import pytest

import check_catalogues
import check_templates


@pytest.mark.parametrize(
    "template",
    [
        '<p style="color: red">',
        "<a onclick='go()'>",
        "<script>go()</script>",
        "<style>a {}</style>",
        '<a href="javascript:go()">',
        "{{ words|safe }}",
        "{{ words | safe }}",
        "{% autoescape off %}",
    ],
)
def test_what_the_policy_blocks_is_found_with_its_line(template):
    [(line, _words)] = check_templates.problems(f"<main>\n{template}\n</main>")

    assert line == 2


@pytest.mark.parametrize(
    "template",
    [
        '<script src="{% static "js/chart.js" %}" defer></script>',
        '<script id="data" type="application/json">{}</script>',
        '<p class="style" data-on="1" data-style="2">',
        "{# style= #}",
        "{% comment %}\n<script>\n{% endcomment %}",
        "{{ words|safely }}",
    ],
)
def test_what_it_allows_is_not(template):
    assert list(check_templates.problems(template)) == []


def catalogue(**entry):
    file = polib.POFile()
    file.append(polib.POEntry(**entry))
    return file


@pytest.mark.parametrize(
    ("entry", "gap"),
    [
        ({"msgid": "met", "msgstr": ""}, "not translated: met"),
        ({"msgid": "met", "msgstr": "达标", "flags": ["fuzzy"]}, "fuzzy: met"),
        ({"msgid": "met", "msgstr": "达标", "obsolete": True}, "obsolete: met"),
        ({"msgid": "达标", "msgstr": "met"}, "not English: 达标"),
    ],
)
def test_a_gap_in_the_translation_is_named(entry, gap):
    assert list(check_catalogues.gaps(catalogue(**entry))) == [gap]


def test_a_finished_translation_has_no_gap():
    assert list(check_catalogues.gaps(catalogue(msgid="€ 3 — met…", msgstr="达标"))) == []


def test_texts_in_only_one_of_code_and_catalogue_are_named():
    code = catalogue(msgid="met", msgctxt="verdict")

    assert list(check_catalogues.differences(catalogue(msgid="met"), code)) == [
        "in the code, not in the catalogue: met",
        "in the catalogue, not in the code: met",
    ]
    assert list(check_catalogues.differences(code, code)) == []
