"""A statement's page: its words, source and group, what it counts towards, and its citation."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from projects.models import Investment, MilestoneDate, Observation, Target
from tests import factories as make
from tests.views.reading import text


def used(response):
    """What the statement counts towards: the kind, whose, what comes of it, why not."""
    return [
        (use.kind, str(use.subject or ""), use.outcome, use.why_not)
        for use in response.context["uses"]
    ]


class TestCard:
    def test_says_all_that_is_known_of_it(self, facts, english):
        statement = MilestoneDate.objects.get(milestone__slug="itai-demonstration-centre-opened")
        words = text(english.get(statement.get_absolute_url()))
        assert "“未来3-5年”" in words
        assert (
            "重庆电子信息产业发展按下“加速键” B6（第6段） 重庆日报 Chongqing Daily, April 2020"
            in words
        )
        assert "Counted from 26 April 2020" in words
        assert "In its group stands nothing else is stated of the same thing" in words

    def test_names_the_others_of_its_group_and_which_one_stands(self, facts, english):
        rival = Investment.objects.get(restates_how="disputed")
        words = text(english.get(rival.get_absolute_url()))
        assert (
            "In its group disputed CEC Investment, announced, not stated, February 2020 stands"
            in words
        )
        words = text(english.get(rival.restates.get_absolute_url()))
        assert (
            "In its group stands CEC Credit, announced, not stated, February 2020 disputed" in words
        )

    def test_says_what_was_entered_by_hand(self, facts, english, chinese):
        typed = Target.objects.get(key="b-software-revenue-2022")
        said = "Bounds entered by hand: no words of the publication are read as this amount"
        assert said in text(english.get(typed.get_absolute_url()))
        assert "界限由人工录入" in text(chinese.get(typed.get_absolute_url()))
        read = Target.objects.get(key="a-kaifa-park-annual-sales")
        assert "by hand" not in text(english.get(read.get_absolute_url()))

    def test_is_cut_out_for_the_marks(self, facts, english):
        statement = Investment.objects.first()
        page = english.get(statement.get_absolute_url()).content.decode()
        assert page.count("data-statement>") == 1


class TestUses:
    def test_an_investment_counts_in_the_totals_of_all_above_its_investor(self, facts, english):
        statement = Investment.objects.get(project__slug="kaifa-smart-device-park")
        assert used(english.get(statement.get_absolute_url())) == [
            ("total", "", "", ""),
            ("total", "Kaifa smart-device industrial park", "", ""),
            ("total", "Shenzhen Kaifa Technology", "", ""),
            ("total", "China Electronics Corporation (CEC)", "", ""),
        ]

    def test_a_rival_says_why_not(self, facts, english):
        rival = Investment.objects.get(restates_how="disputed")
        page = english.get(rival.get_absolute_url())
        assert {why for _kind, _of, _outcome, why in used(page)} == {"restates another statement"}
        assert "left out: restates another statement" in text(page)

    def test_a_joint_one_counts_only_where_all_its_investors_are(self, db, english):
        cec, outsider = make.organization(name_en="CEC"), make.organization(name_en="Outsider")
        branch = make.organization(name_en="Branch", parent=cec)
        joint = make.investment(organizations=[branch, outsider])
        assert [
            (of, why) for _kind, of, _outcome, why in used(english.get(joint.get_absolute_url()))
        ][2:] == [
            (name, "joint with organizations outside the group")
            for name in ("Outsider", "Branch", "CEC")
        ]
        within = make.investment(organizations=[branch, cec])
        assert [
            (of, why) for _kind, of, _outcome, why in used(english.get(within.get_absolute_url()))
        ][2:] == [("CEC", ""), ("Branch", "joint with organizations outside the group")]

    def test_a_date_decides_a_state_and_a_stage(self, facts, english):
        opened = MilestoneDate.objects.filter(milestone__slug__startswith="zhichuang-park").first()
        assert used(english.get(opened.get_absolute_url())) == [
            ("state", "Optics Valley Zhichuang Park", "reached", ""),
            ("stage", "Optics Valley Zhichuang Park", "opened", ""),
        ]

    def test_a_signing_decides_the_stage_of_the_projects_that_came_no_further(self, facts, english):
        signed = MilestoneDate.objects.get(
            milestone__agreement__slug="strategic-cooperation", restates=None
        )
        stages = [
            of
            for kind, of, _outcome, _why in used(english.get(signed.get_absolute_url()))
            if kind == "stage"
        ]
        # P7, P9, P10, P11; P6 was started since, and P8 is under the other agreement.
        assert len(stages) == 4
        before = english.get(f"{signed.get_absolute_url()}?as_of=2020-12-31")
        assert len([use for use in used(before) if use[0] == "stage"]) == 5

    @pytest.mark.parametrize(
        ("amount", "kind", "outcome"),
        [("2705亿元", "verdict", "missed"), ("2750亿元", None, ""), ("3036亿元", "wider", "met")],
    )
    def test_figures_of_2022_and_the_verdict(self, facts, english, amount, kind, outcome):
        figure = Observation.objects.get(
            as_written__contains=amount[:4], period="2022", restates=None
        )
        target = Target.objects.get(indicator__slug="software-business-revenue", period="2022")
        found = used(english.get(figure.get_absolute_url()))
        assert found == ([(kind, str(target), outcome, "")] if kind else [])
        early = (
            used(english.get(f"{figure.get_absolute_url()}?as_of=2023-02-01"))
            if kind is None
            else None
        )
        assert early in (None, [("best_known", str(target), "not_decided", "")])

    def test_a_target_is_judged(self, facts, english):
        target = Target.objects.get(indicator__slug="software-business-revenue", period="2020")
        assert used(english.get(target.get_absolute_url())) == [("verdict", str(target), "met", "")]

    def test_a_role_and_a_party(self, db, english):
        cec = make.organization(name_en="CEC")
        branch = make.organization(name_en="Branch", parent=cec)
        role = make.participation(organization=branch)
        assert used(english.get(role.get_absolute_url())) == [
            ("projects", "Branch", "", ""),
            ("projects", "CEC", "", ""),
        ]
        party = make.agreement_party(organization=branch)
        assert [kind for kind, *_ in used(english.get(party.get_absolute_url()))] == [
            "parties",
            "agreements",
            "agreements",
        ]

    def test_a_cycle_of_parents_ends(self, db, english):
        one = make.organization(name_en="One")
        two = make.organization(name_en="Two", parent=one)
        type(one).objects.filter(pk=one.pk).update(parent=two, parent_source=two.parent_source)
        statement = make.investment(organizations=[two])
        found = [of for _kind, of, *_ in used(english.get(statement.get_absolute_url()))]
        assert found[2:] == ["Two", "One"]

    def test_asks_no_more_for_more_investors(self, db, english, django_assert_max_num_queries):
        project = make.project()
        for number in (1, 20):
            statement = make.investment(
                project=project, organizations=[make.organization() for _ in range(number)]
            )
            with django_assert_max_num_queries(10):
                english.get(statement.get_absolute_url())


class TestHistory:
    @pytest.fixture
    def editor(self, db):
        client = Client(headers={"accept-language": "en"})
        client.force_login(User.objects.create_superuser("wang"))
        return client

    def test_shows_editors_who_changed_what_and_why(self, facts, editor):
        rival = Investment.objects.get(restates_how="disputed")
        first = rival.restates
        assert "It has not been changed since it was entered." in text(
            editor.get(rival.get_absolute_url())
        )
        editor.post(
            f"{rival.get_absolute_url()}stand/",
            {"instead_of": first.pk, "becomes": "superseded", "reason": "年报"},
        )
        words = text(editor.get(first.get_absolute_url()))
        assert "wang · 年报" in words
        assert f"restates: {rival} (added)" in words
        assert "restates how: superseded (added)" in words
        assert "first state kept" in words

    def test_shows_everybody_which_one_stood_when_and_no_more(self, facts, editor, english):
        rival = Investment.objects.get(restates_how="disputed")
        rival.note = "不公开的草稿"
        rival.save()
        rival.note = ""
        rival.save()
        editor.post(
            f"{rival.get_absolute_url()}stand/",
            {"instead_of": rival.restates_id, "becomes": "disputed", "reason": "年报"},
        )
        words = text(english.get(rival.get_absolute_url()))
        assert f"investment-{rival.pk} came to stand, because: 年报" in words
        assert "wang" not in words
        assert "不公开的草稿" not in words
        assert "不公开的草稿" in text(editor.get(rival.get_absolute_url()))


class TestCitation:
    def test_has_value_words_source_day_and_address(self, facts, english, settings):
        statement = Investment.objects.get(project__slug="kaifa-smart-device-park")
        page = english.get(f"{statement.get_absolute_url()}?as_of=2021-03-01")
        assert page.context["citation"] == (
            "Kaifa smart-device industrial park: Shenzhen Kaifa Technology, announced, "
            "CNY 3.2 billion; in the words “项目总投资32亿元”; 重庆日报 Chongqing Daily, "
            "“为重庆“智造重镇”“智慧名城”建设贡献力量——对话中国电子信息产业集团党组成员、"
            "副总经理陈锡明”, April 2020, A1.5（第1个小标题下第5段）; as known on 1 March 2021. "
            f"http://127.0.0.1:8000/statements/investment/{statement.pk}/?as_of=2021-03-01&lang=en"
        )

    def test_is_written_in_the_pages_language(self, facts, chinese):
        statement = Investment.objects.get(project__slug="kaifa-smart-device-park")
        page = chinese.get(f"{statement.get_absolute_url()}?as_of=2021-03-01")
        assert page.context["citation"] == (
            "深科技智能设备产业园：深圳长城开发科技股份有限公司，宣布，32亿元；原文“项目总投资32亿元”；"
            "重庆日报 Chongqing Daily《为重庆“智造重镇”“智慧名城”建设贡献力量——对话中国电子信息"
            "产业集团党组成员、副总经理陈锡明》，2020年4月，A1.5（第1个小标题下第5段）；截至2021年3月1日所知。"
            f"http://127.0.0.1:8000/statements/investment/{statement.pk}/?as_of=2021-03-01&lang=zh-hans"
        )

    def test_its_address_opens_what_was_cited(self, facts, english, chinese):
        rival = Investment.objects.get(restates_how="disputed")
        query = f"?prefer=investment-{rival.pk}&group=cec&lang=en"
        cited = english.get(rival.get_absolute_url() + query).context["citation"]
        path = cited.partition("http://127.0.0.1:8000")[2]
        assert path == f"{rival.get_absolute_url()}?prefer=investment-{rival.pk}&lang=en"
        again = chinese.get(path)
        assert again.context["citation"] == cited
