"""What a long article costs: counted in time of the processor, which other work does not slow."""

from time import process_time

import pytest

from projects.admin.work.proposals import passages
from projects.admin.work.recognition import LONGEST_READ, recognise
from projects.models import MilestoneDate, Organization
from projects.reports.names import Known
from projects.values.dates import VagueDate

PARAGRAPH = (
    "海岳机电的负责人表示，公司将与各方继续合作，推动上下游协同发展，为当地带来更多岗位，"
    "并与高校共建实验室，完善配套设施，吸引更多企业入驻，打造西部领先的研发基地。\n"
    "海岳机电的工厂2021年3月开工，项目总投资25亿元，预计2024年底投产。\n"
)
NAMES = [(f"海岳机电第{number}公司", Known(Organization, number)) for number in range(200)]


def test_200_kb_with_200_known_names():
    text = PARAGRAPH * (200_000 // len(PARAGRAPH.encode()))
    start = process_time()
    marks = recognise(text, VagueDate("2021-06-01"), NAMES)
    found = list(passages(text, marks))
    assert (
        process_time() - start < 2
    )  # 0.7 s on the machine where it was made, unless others use it too
    assert len(found) == 3 * text.count("开工")


@pytest.mark.parametrize(
    "filler", ["1" * 5000, "十" * 5000, "亿" * 5000, "2021年" * 2000, "，" * 9000]
)
def test_a_text_made_to_be_slow(filler):
    start = process_time()
    marks = recognise(filler, VagueDate("2021-06-01"), NAMES)
    list(passages(filler, marks))
    assert process_time() - start < 3


def test_what_lies_beyond_the_bound_is_not_looked_through():
    text = "，" * LONGEST_READ + "2021年3月开工"
    marks = recognise(text, VagueDate("2021-06-01"), NAMES)
    assert [one for one in passages(text, marks) if one.kind is MilestoneDate] == []
