"""Finding by words in either language: the shipped facts by hand."""

import pytest

from projects.reports.search import SHOWN, search
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group


def found(text, reader=TODAY, scope=EVERYTHING):
    return {one.kind: {row.slug for row in one.entities} for one in search(text, reader, scope)}


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
    assert (len(result.entities), result.more) == (SHOWN, True)


@pytest.mark.django_db
def test_draft_is_not_found():
    make.source(title="草稿里的标题", draft=True)
    make.participation(project=make.project(name_zh="草稿里的项目"), source=make.source(draft=True))
    assert found("草稿里") == {}
