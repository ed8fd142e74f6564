"""Translations are compiled without gettext, once for each state."""

import gettext
import os

import pytest

from cooperation.catalogues import compile_catalogues

SOURCE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Milestones"
msgstr "里程碑"

msgctxt "verdict"
msgid "met"
msgstr "达标"
"""


@pytest.fixture
def po(tmp_path):
    file = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(SOURCE, encoding="utf-8")
    return file


def test_what_is_compiled_can_be_read(po, tmp_path):
    [mo] = compile_catalogues([tmp_path])

    with mo.open("rb") as stream:
        translations = gettext.GNUTranslations(stream)
    assert translations.gettext("Milestones") == "里程碑"
    assert translations.pgettext("verdict", "met") == "达标"
    assert [file.name for file in mo.parent.iterdir() if file.suffix == ".mo"] == ["django.mo"]


def test_nothing_is_compiled_again_until_it_changes(po, tmp_path):
    [mo] = compile_catalogues([tmp_path])

    assert compile_catalogues([tmp_path]) == []

    os.utime(po, (mo.stat().st_mtime + 1,) * 2)
    assert compile_catalogues([tmp_path]) == [mo]
