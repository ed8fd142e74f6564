"""What `make check` finds in templates, style sheets and translations."""

import polib
import pytest

import check_catalogues
import check_styles
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


@pytest.mark.parametrize(
    ("template", "has_one"),
    [
        ("{# A mark. Reads: statement. #}\n<a>", True),
        ("{# Shapes. Reads nothing. #}<svg>", True),
        ("<a>{# A mark. Reads: statement. #}", False),
        ("{# A mark. #}\n<a>Reads</a> {# #}", False),
    ],
)
def test_a_template_opens_with_what_it_reads(template, has_one):
    assert check_templates.has_contract(template) is has_one


@pytest.mark.parametrize(
    "colour",
    [
        "a { color: #fff; }",
        "a { border: 1px solid #DDE1E6 }",
        "a { box-shadow: 0 0 2rem rgb(0 0 0 / 22%); }",
        "a { background: linear-gradient(#fff, var(--ink)); }",
        "a { color: hsl(0 0% 0%); }",
        'const ink = "#1d2329";',
    ],
)
def test_a_colour_that_is_no_token_is_found_with_its_line(colour):
    assert [line for line, _colour in check_styles.colours(f"/* #fff\n */\n{colour}")] == [3]


@pytest.mark.parametrize(
    "style",
    [
        "#content { color: var(--ink); }",
        "main, #add.htmx-request { opacity: 1; }",
        "a { fill: url(#bars-hatching); }",
        "a { color: CanvasText; }",
    ],
)
def test_what_only_looks_like_a_colour_is_not(style):
    assert list(check_styles.colours(style)) == []


@pytest.mark.parametrize(
    "text", ["a { color: var(--inc); }", 'style.getPropertyValue("--inc")', "x\n  token('--inc')"]
)
def test_a_token_that_nobody_declares_is_found(text):
    assert [name for _line, name in check_styles.undeclared(text, {"--ink"})] == ["--inc"]


def test_our_tokens_and_those_of_the_base_library_are_not():
    style = "a { color: var(--ink); gap: calc(var( --bs-gutter-x) * 2); --own: 1; }"

    assert list(check_styles.undeclared(style, {"--ink"})) == []


def test_a_class_that_is_given_to_nothing_is_found():
    used = check_styles.Used()
    used.add(
        '<p class="big {% if a == "b" %}chosen{% endif %} stage-{{ stage }}">dead</p>', ".html"
    )
    used.add('"""Some dead words."""\nattrs = {"class": "cell", "stage": "opened"}', ".py")
    used.add("row.className = `bar bar-${kind}`; // dead", ".js")
    style = """
        .big .chosen, .cell > a:hover, .bar { gap: 1.5rem; }
        .stage-opened { color: var(--x); }
        .stage-nowhere { color: var(--x); }
        @media print { .dead, .big { top: 0; } }
    """

    assert list(check_styles.unused(style, used)) == [(4, "stage-nowhere"), (5, "dead")]


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
