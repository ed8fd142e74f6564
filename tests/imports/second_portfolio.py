# ruff: noqa: E501
"""A second portfolio, made up from end to end: the city of Lanchuan, two groups, 32 projects.

`files()` gives it as an editor would bring it: one CSV text a table, and nothing else. Sums of money
are in 亿元 here; what they add up to is worked out beside the tests that ask.
"""

import csv
import re
from decimal import Decimal
from io import StringIO

from tests.imports.second_portfolio_statements import STATEMENTS

CITY = "lanchuan"
GROUPS = ("hualing", "yuanhang")

SOURCES = """
slug | title | outlet | author | kind | published | address | archive_address | accessed_on | inferred
lanchuan-signing-2021 | 澜川市与华岭集团签约现场实录 | 澜川发布 | | press_conference | 2021-03-18 | https://news.example.org/2021/signing | | 2024-02-06 |
lanchuan-daily-2021 | 澜川日报：“云上澜川”开工, 首批落地 | 澜川日报 | 林可 | news_report | 2021-09 | https://daily.example.org/a?id=7&p=2 | https://archive.example.org/7 | 2024-02-06 |
yuanhang-report-2022 | 远航智能集团2022年年度报告 | 远航智能集团 | | company_report | 2022 | | | |
lanchuan-plan-2022 | 澜川市数字产业行动计划; 2022—2025年 | 澜川市人民政府 | | official_document | 2022-33 | https://gov.example.org/plan | | |
lanchuan-interview-2023 | 对话华岭集团："十年"之约 | 澜川日报 | 林可 | interview | 2023-06-01/2023-06-10 | | | |
lanchuan-notes-2024 | 澜川产业园走访笔记 | | 周澜 | other | 2024-02-05 | | | | 笔记没有写明日期，按文件名认定。
"""

PLACES = """
slug | name_zh | name_en | parent | inferred
yunling | 云岭省 | Yunling Province | |
lanchuan | 澜川市 | Lanchuan | yunling |
donghu | 东湖区 | Donghu District | lanchuan |
beidu | 北渡区 | Beidu District | lanchuan |
lingang | 临港科技城 | Lingang Science City | beidu | 按地图认定
lanchuan-hightech | 澜川高新区 | Lanchuan High-tech Zone | lanchuan |
"""

SECTORS = """
slug | name_zh | name_en
cloud | 云服务 | Cloud services
smart-port | 智慧港口 | Smart port
new-energy-vehicles | 新能源汽车 | New energy vehicles
"""

ORGANIZATIONS = """
slug | name_zh | name_en | short_name | aliases | kind | parent | parent_source | parent_locator
hualing | 华岭科技集团有限公司 | Hualing Technology Group | 华岭集团 | 华岭;Hualing | company | | lanchuan-signing-2021 | 导语
hualing-system | 华岭系统有限公司 | Hualing Systems | 华岭系统 | | company | hualing | lanchuan-signing-2021 | 第2段
hualing-cloud | 华岭云计算有限公司 | Hualing Cloud | 华岭云 | | company | hualing | lanchuan-daily-2021 | 第1段
hualing-cloud-lanchuan | 华岭云计算澜川分公司 | Hualing Cloud Lanchuan Branch | | | branch | hualing-cloud | lanchuan-daily-2021 | 第4段
yuanhang | 远航智能集团股份有限公司 | Yuanhang Intelligence Group | 远航集团 | | company | | yuanhang-report-2022 | 第1页
yuanhang-auto | 远航汽车有限公司 | Yuanhang Auto | 远航汽车 | | company | yuanhang | yuanhang-report-2022 | 第9页
yuanhang-health | 远航健康有限公司 | Yuanhang Health | | | company | yuanhang | yuanhang-report-2022 | 第9页
lanchuan-government | 澜川市人民政府 | Lanchuan Municipal Government | 澜川市政府 | | public_body | | |
lingang-park | 临港科技城开发公司 | Lingang Park Company | | | park_operator | | |
lanchuan-software-association | 澜川软件协会 | Lanchuan Software Association | | | association | | |
"""

AGREEMENTS = """
slug | name_zh | name_en | kind | sectors | summary_zh | summary_en
lanchuan-framework | 澜川—华岭战略合作协议 | Lanchuan–Hualing framework agreement | agreement | cloud;smart-port | 共建“云上澜川”。 | Building a cloud city together.
lanchuan-yuanhang | 澜川—远航合作协议 | Lanchuan–Yuanhang agreement | agreement | new-energy-vehicles | |
lanchuan-digital-plan | 澜川市数字产业行动计划 | Lanchuan digital industry plan | plan | | |
"""

# Number, names, agreement, places, sectors; `data-centre` is a sector that is there already.
PROJECTS = """
slug | name_zh | name_en | agreement | places | sectors | summary_zh | summary_en
lan-01 | 华岭澜川产业园 | Hualing Lanchuan Park | lanchuan-framework | donghu | cloud | 分三期建设。 | In three phases.
lan-02 | 澜川云中心 | Lanchuan cloud centre | lanchuan-framework | beidu;donghu | cloud;data-centre | |
lan-03 | 政务系统改造 | Government systems | lanchuan-framework | lanchuan-hightech | cloud | |
lan-04 | 智慧港口一期 | Smart port, phase one | lanchuan-framework | lingang | smart-port | |
lan-05 | 车联网示范区 | Connected vehicles | lanchuan-framework | lingang | new-energy-vehicles | |
lan-06 | 联合实验室 | Joint laboratory | lanchuan-framework | lanchuan-hightech | | |
lan-07 | 城市大脑 | City brain | lanchuan-framework | lanchuan | cloud | |
lan-08 | 数据交易中心 | Data exchange | lanchuan-framework | donghu | | |
lan-09 | 健康云 | Health cloud | lanchuan-framework | donghu | | |
lan-10 | 海外研发中心 | Overseas research centre | lanchuan-framework | lanchuan-hightech | | |
lan-11 | 整车基地 | Vehicle plant | lanchuan-yuanhang | lingang | new-energy-vehicles | |
lan-12 | 电池工厂 | Battery plant | lanchuan-yuanhang | beidu | new-energy-vehicles | |
lan-13 | 氢能试验线 | Hydrogen test line | lanchuan-yuanhang | beidu | new-energy-vehicles | |
lan-14 | 零部件园 | Parts park | lanchuan-yuanhang | beidu | new-energy-vehicles | |
lan-15 | 算力租赁 | Computing for rent | lanchuan-digital-plan | donghu | cloud | |
lan-16 | 数字人才学院 | Digital academy | lanchuan-digital-plan | lanchuan | | |
"""
# Of the others no more is known than who takes part.
PROJECTS += "".join(
    f"lan-{number} | 澜川示范应用{number}号 | Lanchuan pilot {number} | | lanchuan-hightech | | |\n"
    for number in range(17, 33)
)

INDICATORS = """
slug | name_zh | name_en | definition_zh | definition_en | unit | place | project | wider
lanchuan-electronics | 电子信息产业产值 | Electronics output | 全口径。 | All of it. | CNY | lanchuan | |
lanchuan-digital | 数字产业营业收入 | Digital revenue | 规模以上企业。 | Larger companies. | CNY | lanchuan | | lanchuan-electronics
lanchuan-firms | 软件企业数 | Software companies | | | 家 | lanchuan | |
lan-01-floor | 园区建筑面积 | Floor space of the park | | | m² | | lan-01 |
"""

MILESTONES = """
slug | project | agreement | kind | name_zh | name_en
lanchuan-framework-signed | | lanchuan-framework | signed | 签约 | Signing
lanchuan-yuanhang-signed | | lanchuan-yuanhang | signed | 签约 | Signing
lan-01-planned | lan-01 | | planned | 列入储备 | Listed
lan-01-started | lan-01 | | started | 一期开工 | Start of building
lan-01-completed | lan-01 | | completed | 一期竣工 | Completion
lan-01-full | lan-01 | | at_capacity | 达产 | At capacity
lan-02-opened | lan-02 | | opened | 启用 | Opening
lan-03-full | lan-03 | | at_capacity | 全面运行 | Full operation
lan-04-invested | lan-04 | | invested | 出资 | Funding
lan-04-started | lan-04 | | started | 开工 | Start of building
lan-05-completed | lan-05 | | completed | 竣工 | Completion
lan-06-started | lan-06 | | started | 开工 | Start of building
lan-06-suspended | lan-06 | | suspended | 停工 | Halt
lan-07-planned | lan-07 | | planned | 列入储备 | Listed
lan-08-licence | lan-08 | | other | 取得牌照 | Licence
lan-13-cancelled | lan-13 | | cancelled | 终止 | Cancellation
lan-15-planned | lan-15 | | planned | 列入储备 | Listed
"""

ENTITIES = {
    "sources": SOURCES,
    "places": PLACES,
    "sectors": SECTORS,
    "organizations": ORGANIZATIONS,
    "agreements": AGREEMENTS,
    "projects": PROJECTS,
    "indicators": INDICATORS,
    "milestones": MILESTONES,
}

_SET = re.compile(r"(~?)([\[(])\s*([0-9.]*)\s*(?:,\s*([0-9.]*)\s*)?([\])])")
"""A set of amounts as it is written in mathematics: `[30]`, `[20, 100)`, `[40, )`, `~[50]`."""
_FLAGS = ("amount_low_included", "amount_high_included", "amount_approximate")


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table as they are uploaded, by the names of the columns."""
    head, *lines = [line for line in (ENTITIES | STATEMENTS)[table].splitlines() if line]
    names = [name.strip() for name in head.split("|")]
    found = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        row = dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=True))
        if "amount" in row:
            row |= _amount(row.pop("amount"), row)
        found.append(row)
    return found


def files() -> dict[str, str]:
    """Every table as the text of a CSV file, by its name."""
    return {name: _written(rows(name)) for name in ENTITIES | STATEMENTS}


def _written(found: list[dict[str, str]]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, list(found[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue()


def _amount(given: str, row: dict[str, str]) -> dict[str, str]:
    """The columns of a set; sums of money are given in 亿元, other figures as they are."""
    if not given:
        bounds = dict.fromkeys(("amount_low", "amount_high"), "")
        return {"amount_stated": "false"} | bounds | dict.fromkeys(_FLAGS, "false")
    about, left, low, high, right = _SET.fullmatch(given).groups()
    exact = high is None
    bounds = {"amount_low": low, "amount_high": low if exact else high}
    money = "basis" in row or row.get("indicator", "") in (
        "lanchuan-digital",
        "lanchuan-electronics",
    )
    for end, bound in bounds.items():
        bounds[end] = f"{Decimal(bound) * 10**8:.0f}" if bound and money else bound
    flags = (left == "[" and bool(low), right == "]" and bool(bounds["amount_high"]), bool(about))
    written = {name: str(flag).lower() for name, flag in zip(_FLAGS, flags, strict=True)}
    return {"amount_stated": "true"} | bounds | written
