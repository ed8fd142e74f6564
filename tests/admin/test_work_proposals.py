"""What the working page proposes for sentences: the kind of statement and its values."""

import pytest

from projects.admin.work.proposals import chosen, passages
from projects.admin.work.recognition import recognise
from projects.models import (
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    Target,
)
from projects.reports.names import Known
from projects.values.dates import VagueDate
from projects.values.folded_text import Span

SAID_ON = VagueDate("2022-04-18")
QINGLAN, YUSHI, LIGHT = Known(Organization, 11), Known(Organization, 12), Known(Organization, 13)
BASE, PORT = Known(Project, 21), Known(Project, 22)
PACT = Known(Agreement, 31)
OUTPUT, AREA = Known(Indicator, 41, "CNY"), Known(Indicator, 42, "m²")
NAMES = [
    ("青岚光电", QINGLAN),
    ("Qinglan Display", QINGLAN),
    ("渝石建设", YUSHI),
    ("光电", LIGHT),
    ("青岚显示基地", BASE),
    ("Qinglan base", BASE),
    ("临江港", PORT),
    ("临江显示合作协议", PACT),
    ("显示产业产值", OUTPUT),
    ("厂房面积", AREA),
    ("临江高新区", Known(Place, 51)),
]


def proposed(text):
    """The words, the kind and the values of every passage of a text."""
    marks = recognise(text, SAID_ON, NAMES)
    found = []
    for one in passages(text, marks):
        passage = chosen(text, marks, one.span, None)
        found.append((text[one.span.start : one.span.end], passage.kind, passage.values))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "青岚光电投资46亿元建设青岚显示基地。",
            [("46亿元", Investment, {"project": 21, "investors": [11], "amount_words": "46亿元",
                                   "unit": "CNY", "basis": "announced", "per": "once"})],
        ),
        (
            "临江港总投资约9亿元。",
            [("约9亿元", Investment, {"project": 22, "amount_words": "约9亿元", "unit": "CNY",
                                   "basis": "announced", "per": "once",
                                   "instrument": "project_total"})],
        ),
        (
            "青岚光电每年投资2亿美元。",
            [("2亿美元", Investment, {"investors": [11], "amount_words": "2亿美元", "unit": "USD",
                                    "basis": "announced", "per": "year"})],
        ),
        (
            "目前青岚显示基地已到位资金3亿元，其中贷款1亿元。",
            [
                ("3亿元", Investment, {"project": 21, "amount_words": "3亿元", "unit": "CNY",
                                     "basis": "paid", "per": "once"}),
                ("1亿元", Investment, {"project": 21, "amount_words": "1亿元", "unit": "CNY",
                                     "basis": "announced", "per": "once", "instrument": "loan"}),
            ],
        ),
        (
            "Qinglan Display will invest CNY 4.6 billion in the Qinglan base.",
            [("CNY 4.6 billion", Investment, {"project": 21, "investors": [11], "unit": "CNY",
                                              "amount_words": "CNY 4.6 billion",
                                              "basis": "announced", "per": "once"})],
        ),
    ],
)  # fmt: skip
def test_an_amount_beside_a_word_for_money_put_in_is_an_investment(text, expected):
    assert proposed(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "step", "side"),
    [
        ("青岚显示基地去年9月开工。", "去年9月", "started", "reached"),
        ("2023年3月，青岚显示基地动工。", "2023年3月", "started", "reached"),
        ("青岚显示基地预计2024年底建成投产。", "2024年底", "opened", "due"),
        ("青岚显示基地计划于2024年6月竣工。", "2024年6月", "completed", "due"),
        ("4月18日，青岚显示基地正式签约。", "4月18日", "signed", "reached"),
        ("青岚显示基地力争2025年达产。", "2025年", "at_capacity", "due"),
        ("截至2022年3月底，青岚显示基地尚未开工。", "截至2022年3月底", "started", "not_yet"),
        ("The Qinglan base broke ground in March 2021.", "in March 2021", "started", "reached"),
        ("The Qinglan base will be put into operation in 2024.", "in 2024", "opened", "due"),
    ],
)
def test_a_date_beside_a_step_is_a_date_of_that_milestone(text, words, step, side):
    ((found, kind, values),) = proposed(text)
    assert words.removeprefix("in ") in found
    assert (kind, values) == (
        MilestoneDate,
        {"project": 21, "step": step, "side": side, "date": found},
    )


def test_each_of_two_steps_gets_the_date_beside_it():
    text = "青岚显示基地2021年9月开工，预计2024年底竣工。"
    dates = [(words, one["step"], one["side"]) for words, _kind, one in proposed(text)]
    assert dates == [("2021年9月", "started", "reached"), ("2024年底", "completed", "due")]


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        (
            "2021年，显示产业产值完成210亿元，同比增长8%。",
            Observation,
            {"indicator": 41, "amount_words": "210亿元", "period": "2021年", "status": "final",
             "growth": 8, "growth_as_written": "8%"},
        ),
        (
            "力争到2025年显示产业产值达到500亿元。",
            Target,
            {"indicator": 41, "amount_words": "500亿元", "period": "2025年"},
        ),
        (
            "2020年建成厂房面积12万平方米。",
            Observation,
            {"indicator": 42, "amount_words": "12万平方米", "period": "2020年", "status": "final"},
        ),
        (
            "到2024年，厂房面积将达到30万平方米。",
            Target,
            {"indicator": 42, "amount_words": "30万平方米", "period": "到2024年"},
        ),
    ],
)  # fmt: skip
def test_a_figure_of_an_indicator_is_a_target_or_an_observation(text, kind, values):
    (found,) = [one for one in proposed(text) if one[1] is not MilestoneDate]
    period = values.pop("period")
    assert found[2].pop("period") in (period, period.removeprefix("到"))
    assert found[1:] == (kind, values)


def test_who_builds_takes_part_and_puts_in_nothing():
    text = "青岚光电建设青岚显示基地，总投资46亿元，由渝石建设承建。"
    investment, participation = proposed(text)
    assert investment[2]["investors"] == [11]
    assert participation == (
        "渝石建设承建",
        Participation,
        {"project": 21, "organization": 12, "role": "builder"},
    )


def test_the_head_of_a_company_is_not_its_part_in_a_project():
    assert proposed("青岚显示基地由青岚光电负责人介绍。") == []


def test_those_who_sign_a_paper_are_its_parties():
    assert proposed("青岚光电与渝石建设签署临江显示合作协议。") == [
        ("青岚光电", AgreementParty, {"agreement": 31, "organization": 11, "role": "signatory"}),
        ("渝石建设", AgreementParty, {"agreement": 31, "organization": 12, "role": "signatory"}),
    ]


def test_the_project_named_before_is_the_one_that_is_spoken_of():
    text = "临江港与青岚显示基地相邻。\n项目总投资46亿元。"
    assert proposed(text)[0][2]["project"] == 21


def test_any_words_can_be_chosen_and_any_kind_asked_for():
    text = "据悉，青岚光电的新址在临江高新区，青岚显示基地2021年9月开工。"
    marks = recognise(text, SAID_ON, NAMES)
    start = text.index("的新址")
    nothing = chosen(text, marks, Span(start, start + 3), None)
    assert (nothing.kind, nothing.values["project"]) == (MilestoneDate, 21)
    asked = chosen(text, marks, Span(start - 4, start), Participation)
    assert asked.values == {"project": 21, "organization": 11}


def test_a_name_in_a_longer_name_is_not_marked():
    marks = recognise("青岚光电与光电协会", SAID_ON, NAMES)
    assert [(mark.start, mark.end, mark.things) for mark in marks] == [
        (0, 4, (QINGLAN,)),
        (5, 7, (LIGHT,)),
    ]


def test_a_text_without_marks_of_sentences_is_bounded():
    text = "青岚显示基地" * 3000 + "2021年9月开工"
    marks = recognise(text, SAID_ON, NAMES)
    (found,) = list(passages(text, marks))
    assert found.kind is MilestoneDate
