"""Names and texts in the language of the page; a missing one falls back to the other."""

import pytest
from django.utils.translation import override

from projects.models import Agreement, Indicator, Organization, Place, Project

NAMED = pytest.mark.parametrize("model", [Agreement, Indicator, Organization, Place, Project])


@NAMED
@pytest.mark.parametrize(
    ("zh", "en", "chinese", "english"),
    [
        ("软件园", "Software park", "软件园", "Software park"),
        ("软件园", "", "软件园", "软件园"),
        ("", "Software park", "Software park", "Software park"),
        ("", "", "the-slug", "the-slug"),
    ],
)
def test_names(model, zh, en, chinese, english):
    row = model(slug="the-slug", name_zh=zh, name_en=en)
    with override("zh-hans"):
        assert (row.name, str(row)) == (chinese, chinese)
    with override("en"):
        assert (row.name, str(row)) == (english, english)


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Agreement, "summary"),
        (Organization, "summary"),
        (Project, "summary"),
        (Indicator, "definition"),
    ],
)
def test_texts(model, column):
    both = model(**{f"{column}_zh": "摘要", f"{column}_en": "In short"})
    with override("zh-hans"):
        assert getattr(both, column) == "摘要"
    with override("en"):
        assert getattr(both, column) == "In short"
        assert getattr(model(**{f"{column}_zh": "摘要"}), column) == "摘要"
        assert getattr(model(), column) == ""


def test_without_a_language_the_name_is_chinese():
    with override(None):
        assert Place(name_zh="成都", name_en="Chengdu").name == "成都"


def test_aliases_are_found_one_by_one():
    assert Organization(aliases="中国电子; CEC ;;中电").all_aliases == ["中国电子", "CEC", "中电"]
    assert Organization().all_aliases == []
