"""Finding by words in either language: the shipped facts by hand."""

import pytest
from django.utils.translation import override

from projects.reports.search import SHOWN, search
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group


def found(text, reader=TODAY, scope=EVERYTHING):
    results = search(text, reader, scope)
    return {one.kind: {hit.entity.slug for hit in one.hits} for one in results}


def matches(text, kind):
    """What is shown beside each entity found, by its slug."""
    [one] = [one for one in search(text, TODAY, EVERYTHING) if one.kind == kind]
    return {hit.entity.slug: hit.matched for hit in one.hits}


@pytest.mark.usefixtures("facts")
class TestFacts:
    @pytest.mark.parametrize("words", ["CEC", "cec", "ＣＥＣ", "Ｃｅｃ"])
    def test_alias_in_any_width_and_case(self, words):
        assert "cec" in found(words)["organization"]

    def test_chinese_name(self):
        assert found("智创园")["project"] == {"zhichuang-park"}
        assert "chongqing-eic" in found("市经信委")["organization"]

    def test_english_name(self):
        assert found("Kaifa")["organization"] == {"kaifa", "kaifa-chongqing-branch"}
        assert "software-park" in found("software park")["project"]

    def test_every_word_has_to_occur(self):
        assert found("重庆　光谷")["organization"] == {"chongqing-cec-optics-valley"}
        assert "project" not in found("智创园 数据中心")

    @pytest.mark.parametrize(
        "words",
        [
            "中国电子（重庆）软件产业园",
            "中国电子(重庆)软件产业园",
            "（重庆）",
            "行动计划（2020—2022年）",
        ],
    )
    def test_marks_as_written_and_as_typed(self, words):
        """A name copied from the page is found, and so is one typed with narrow brackets."""
        assert found(words)

    def test_wide_brackets_find_narrow_ones(self):
        assert found("（ＣＥＣ）")["organization"] == found("(CEC)")["organization"] == {"cec"}

    def test_other_kinds(self):
        assert found("战略合作协议")["agreement"] >= {"strategic-cooperation"}
        assert found("软件业务收入")["indicator"] >= {"software-business-revenue"}
        assert found("夏元")["source"] == {"interview-2020-04", "news-2020-04"}

    @pytest.mark.parametrize(
        "words", ["", "   ", "　", "不存在的词", "%", "_", "'--", "\0", "重庆\0"]
    )
    def test_nothing(self, words):
        assert found(words) == {}

    def test_as_many_words_as_the_page_lets_through(self):
        assert found(" ".join(["重"] * 100)).keys() == {
            "project",
            "organization",
            "agreement",
            "source",
        }

    def test_nothing_before_its_publication(self):
        assert found("智创园", as_of("2020-03-31")) == {}
        assert "source" not in found("107个重点项目", as_of("2021-04-15"))
        assert "source" in found("107个重点项目", as_of("2021-04-16"))

    def test_only_of_the_group(self):
        assert "project" not in found("智创园", scope=group("kaifa"))
        assert found("智创园", scope=group("cec"))["project"] == {"zhichuang-park"}


@pytest.mark.django_db
def test_more_than_are_shown():
    for _ in range(SHOWN + 1):
        make.sector()
        make.organization(name_zh="同名")
    (result,) = search("同名", TODAY, EVERYTHING)
    assert (len(result.hits), result.more) == (SHOWN, True)


@pytest.mark.django_db
def test_draft_is_not_found():
    make.source(title="草稿里的标题", draft=True)
    make.participation(project=make.project(name_zh="草稿里的项目"), source=make.source(draft=True))
    assert found("草稿里") == {}


@pytest.mark.django_db
class TestSpelling:
    @pytest.mark.parametrize("words", ["École", "école", "ÉCOLE", "E\u0301cole", "ｅ\u0301cole"])
    def test_letters_beyond_ascii_without_regard_to_case_and_width(self, words):
        make.organization(slug="school", name_zh="", name_en="École des Ponts")
        assert found(words) == {"organization": {"school"}}

    @pytest.mark.parametrize("words", ["ＡＢＣ", "abc", "ABC"])
    def test_names_stored_wide(self, words):
        make.project(slug="wide", name_zh="ＡＢＣ产业园", name_en="")
        make.project(slug="narrow", name_zh="Abc产业园", name_en="")
        assert found(words) == {"project": {"wide", "narrow"}}

    @pytest.mark.parametrize("words", ["软件", "产业", "园("])
    def test_two_characters_are_enough(self, words):
        make.project(slug="park", name_zh="中国电子软件产业园（二期）", name_en="")
        assert found(words) == {"project": {"park"}}

    def test_wildcards_are_letters(self):
        make.project(slug="percent", name_zh="100%国产化", name_en="")
        make.project(slug="other", name_zh="1000国产化", name_en="")
        assert found("0%国") == {"project": {"percent"}}

    def test_by_the_short_name(self):
        make.organization(slug="bureau", name_zh="重庆市经济和信息化委员会", short_name="经信委")
        assert found("经信委") == {"organization": {"bureau"}}

    def test_by_the_slug(self):
        make.project(slug="software-park", name_zh="产业园", name_en="")
        assert found("software-park") == {"project": {"software-park"}}
        assert matches("software", "project") == {"software-park": "software-park"}


@pytest.mark.usefixtures("facts")
class TestMatched:
    def test_nothing_where_the_name_has_the_words(self):
        with override("zh-hans"):
            assert matches("软件产业园", "project")["software-park"] == ""

    def test_the_alias_alone(self):
        with override("zh-hans"):
            assert matches("市经信委", "organization") == {"chongqing-eic": "市经信委"}

    def test_the_name_in_the_other_language(self):
        with override("en"):
            assert matches("软件产业园", "project")["software-park"] == "中国电子（重庆）软件产业园"

    def test_a_part_of_the_summary(self):
        make.project(name_zh="长", summary_zh="一" * 100 + "独有词" + "二" * 100)
        [part] = matches("独有词", "project").values()
        assert part == "…" + "一" * 19 + "独有词" + "二" * 36 + "…"


@pytest.mark.django_db
def test_those_come_first_whose_name_has_the_word():
    make.project(slug="third", name_zh="公司", summary_zh="关于重庆")
    make.project(slug="second", name_zh="新重庆")
    make.project(slug="first", name_zh="重庆", summary_zh="重庆")
    [result] = search("重庆", TODAY, EVERYTHING)
    assert [hit.entity.slug for hit in result.hits] == ["first", "second", "third"]


@pytest.mark.django_db
def test_what_is_called_just_so_comes_before_all_others():
    make.organization(slug="longer", name_zh="CEC数据")
    make.organization(slug="itself", name_zh="中国电子信息产业集团", aliases="中国电子；CEC")
    for words in ("CEC", "ｃｅｃ"):
        [result] = search(words, TODAY, EVERYTHING)
        assert [hit.entity.slug for hit in result.hits] == ["itself", "longer"]


@pytest.mark.django_db
def test_fewer_are_shown_where_fewer_are_asked_for():
    for _ in range(3):
        make.organization(name_zh="同名")
    [result] = search("同名", TODAY, EVERYTHING, shown=2)
    assert (len(result.hits), result.more, result.table) == (2, True, "organizations")
