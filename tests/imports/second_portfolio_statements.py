# ruff: noqa: E501
"""What is said in the second portfolio; the tables are read by `second_portfolio.rows`."""

PARTICIPATIONS = """
statement_id | project | organization | role | source | locator | restates | restates_how | said_by
lan-01-host | lan-01 | lingang-park | host | lanchuan-daily-2021 | 第2段
lan-01-technology | lan-01 | hualing-system | technology | lanchuan-daily-2021 | 第3段
lan-02-operator | lan-02 | hualing-cloud | operator | lanchuan-daily-2021 | 第3段
lan-02-operator-too | lan-02 | hualing-cloud-lanchuan | operator | lanchuan-daily-2021 | 第4段
lan-04-investee | lan-04 | yuanhang-auto | investee | yuanhang-report-2022 | 第12页
lan-07-responsible | lan-07 | lanchuan-government | responsible | lanchuan-plan-2022 | 第三章
lan-12-partner | lan-12 | hualing-system | partner | lanchuan-signing-2021 | 第5段
lan-16-consultant | lan-16 | lanchuan-software-association | consultant | lanchuan-plan-2022 | 第四章
lan-16-builder | lan-16 | hualing-system | builder | lanchuan-daily-2021 | 第5段
lan-16-builder-again | lan-16 | hualing-system | builder | lanchuan-notes-2024 | 第1页 | lan-16-builder | repeats | 园区负责人
lan-17-builder | lan-17 | hualing-system | builder | lanchuan-daily-2021 | 第6段
lan-17-builder-rival | lan-17 | hualing-cloud | builder | lanchuan-notes-2024 | 第2页 | lan-17-builder | disputed |
"""
# The projects of which no more is known: 18 to 24 are of the first group, 25 to 32 of the second.
PARTICIPATIONS += "".join(
    f"lan-{number}-partner | lan-{number} | {who} | partner | lanchuan-interview-2023 | 附表\n"
    for who, numbers in (("hualing-cloud", range(18, 25)), ("yuanhang-health", range(25, 33)))
    for number in numbers
)

AGREEMENT_PARTIES = """
statement_id | agreement | organization | role | source | locator | inferred
framework-hualing | lanchuan-framework | hualing | signatory | lanchuan-signing-2021 | 导语
framework-city | lanchuan-framework | lanchuan-government | signatory | lanchuan-signing-2021 | 导语
yuanhang-yuanhang | lanchuan-yuanhang | yuanhang | signatory | yuanhang-report-2022 | 第3页
yuanhang-city | lanchuan-yuanhang | lanchuan-government | signatory | yuanhang-report-2022 | 第3页
plan-city | lanchuan-digital-plan | lanchuan-government | owner | lanchuan-plan-2022 | 封面 | 由发文机关认定
"""

INVESTMENTS = """
statement_id | project | agreement | organizations | basis | per | instrument | amount | unit | date | part_of | as_written | source | locator | restates | restates_how | note
lan-01-total | lan-01 | | hualing | announced | once | project_total | [30] | CNY | 2021-03 | | 总投资30亿元 | lanchuan-signing-2021 | 第2段
lan-01-phase | lan-01 | | hualing | announced | once | project_total | [10] | CNY | | lan-01-total | 一期10亿元 | lanchuan-daily-2021 | 第2段
lan-01-total-again | lan-01 | | | announced | once | project_total | [30] | CNY | | | 30亿元 | lanchuan-interview-2023 | 第1问 | lan-01-total | repeats
lan-02-total | lan-02 | | hualing-cloud | agreed | once | project_total | [20, 100) | CNY | 2021/2022 | | 数十亿元 | lanchuan-daily-2021 | 第3段
lan-03-contract | lan-03 | | hualing-system | contracted | once | investment | [5] | CNY | 2023-02-14 | | 5亿元 | lanchuan-interview-2023 | 第2问
lan-03-announced | lan-03 | | hualing-system | announced | once | investment | [6] | CNY | 2021 | | 6亿元 | lanchuan-daily-2021 | 第7段 | lan-03-contract | superseded
lan-04-total | lan-04 | | yuanhang | announced | once | project_total | [40, ) | CNY | | | 40亿元以上 | yuanhang-report-2022 | 第12页
lan-04-rival | lan-04 | | yuanhang | announced | once | project_total | [35, 38] | CNY | | | 35亿—38亿元 | lanchuan-notes-2024 | 第3页 | lan-04-total | disputed | '=待核
lan-05-total | lan-05 | | yuanhang-auto | announced | once | project_total | ( , 10) | CNY | ../2024 | | 不足10亿元 | yuanhang-report-2022 | 第13页
lan-06-joint | lan-06 | | hualing;yuanhang | announced | once | equity_stake | [12] | CNY | | | 共12亿元 | lanchuan-interview-2023 | 第3问
lan-07-open | lan-07 | | | announced | once | | | CNY | | | | lanchuan-plan-2022 | 第三章
lan-08-paid | lan-08 | | hualing | paid | once | equity_stake | [2] | CNY | 2022-04-26 | | 2亿元已到位 | lanchuan-interview-2023 | 第4问
lan-09-yearly | lan-09 | | yuanhang-health | contracted | year | other | [0.3] | CNY | | | 每年3000万元 | yuanhang-report-2022 | 第20页
lan-10-dollars | lan-10 | | hualing | announced | once | investment | [1.5] | USD | 2023 | | 1.5亿美元 | lanchuan-interview-2023 | 第5问
lan-11-about | lan-11 | | yuanhang | agreed | once | project_total | ~[50] | CNY | 2022-40 | | 约50亿元 | yuanhang-report-2022 | 第14页
lan-12-open | lan-12 | | hualing | announced | once | share_purchase_and_capital_increase | | CNY | 2022-05 | | | lanchuan-interview-2023 | 第6问
lan-13-total | lan-13 | | hualing | announced | once | project_total | [8] | CNY | | | 8亿元 | lanchuan-daily-2021 | 第8段
lan-13-paid | lan-13 | | hualing | paid | once | investment | [1] | CNY | 2022 | | 1亿元 | lanchuan-interview-2023 | 第7问
lan-14-loan | lan-14 | | yuanhang | agreed | once | loan | [30, 40] | CNY | | | 30亿—40亿元 | yuanhang-report-2022 | 第15页
lan-15-yearly | lan-15 | | hualing-cloud-lanchuan | agreed | year | other | [0.02, ) | USD | 2023/.. | | 每年至少200万美元 | lanchuan-interview-2023 | 第8问
lan-16-grant | lan-16 | | lanchuan-government | paid | once | grant | [0.5] | CNY | 2023-06 | | 5000万元 | lanchuan-notes-2024 | 第4页
yuanhang-all | | lanchuan-yuanhang | yuanhang | announced | once | investment | [100] | CNY | 2022 | | 100亿元 | yuanhang-report-2022 | 第3页
"""

MILESTONE_DATES = """
statement_id | milestone | side | date | counted_from | as_written | source | locator | restates | restates_how
framework-signed | lanchuan-framework-signed | reached | 2021-03-18 | | 今天签约 | lanchuan-signing-2021 | 导语
yuanhang-signed | lanchuan-yuanhang-signed | reached | 2022-05 | | 2022年5月 | yuanhang-report-2022 | 第3页
lan-01-planned-reached | lan-01-planned | reached | 2020-06 | | 2020年6月 | lanchuan-signing-2021 | 第6段
lan-01-started-reached | lan-01-started | reached | 2021-09 | | 本月 | lanchuan-daily-2021 | 第2段
lan-01-completed-due | lan-01-completed | due | 2023 | | 2023年 | lanchuan-interview-2023 | 第1问
lan-01-completed-due-before | lan-01-completed | due | 2022-09/2022-12 | | 2022年底 | lanchuan-daily-2021 | 第2段 | lan-01-completed-due | superseded
lan-01-full-due | lan-01-full | due | 2024-03-18/2026-03-18 | 2021-03-18 | 未来3-5年 | lanchuan-signing-2021 | 第7段
lan-02-opened-reached | lan-02-opened | reached | 2022-06 | | 2022年6月 | lanchuan-interview-2023 | 第2问
lan-02-opened-rival | lan-02-opened | reached | 2022-35 | | 去年三季度 | lanchuan-notes-2024 | 第2页 | lan-02-opened-reached | disputed
lan-03-full-reached | lan-03-full | reached | 2023-05-01/2023-05-10 | | 2023年5月上旬 | lanchuan-notes-2024 | 第5页
lan-04-invested-reached | lan-04-invested | reached | 2022-40 | | 2022年上半年 | yuanhang-report-2022 | 第12页
lan-04-started-due | lan-04-started | due | 2023-04 | | 2023年4月 | yuanhang-report-2022 | 第12页
lan-04-started-not-yet | lan-04-started | not_yet | 2024-02-05 | | 尚未开工 | lanchuan-notes-2024 | 第3页
lan-05-completed-reached | lan-05-completed | reached | ../2023-12 | | 已竣工 | lanchuan-notes-2024 | 第3页
lan-06-started-reached | lan-06-started | reached | 2022-03 | | 2022年3月 | lanchuan-interview-2023 | 第3问
lan-06-suspended-reached | lan-06-suspended | reached | 2023-02 | | 今年2月 | lanchuan-interview-2023 | 第3问
lan-07-planned-reached | lan-07-planned | reached | 2022 | | 2022年 | lanchuan-plan-2022 | 第三章
lan-08-licence-due | lan-08-licence | due | | | 择机 | lanchuan-interview-2023 | 第4问
lan-13-cancelled-reached | lan-13-cancelled | reached | 2023-09 | | 2023年9月 | lanchuan-notes-2024 | 第6页
lan-15-planned-reached | lan-15-planned | reached | 2022-02 | | 2022年2月 | lanchuan-plan-2022 | 第五章
"""

TARGETS = """
statement_id | indicator | period | period_as_written | amount | stands_in | as_written | source | locator | restates | restates_how
digital-2022 | lanchuan-digital | 2022 | | [500, ) | lanchuan-digital-plan | 500亿元以上 | lanchuan-plan-2022 | 第一章
digital-2022-before | lanchuan-digital | 2022 | | [400, ) | lanchuan-framework | 400亿元以上 | lanchuan-signing-2021 | 第3段 | digital-2022 | superseded
digital-2023 | lanchuan-digital | 2023 | | (600, ) | lanchuan-digital-plan | 超过600亿元 | lanchuan-plan-2022 | 第一章
digital-2025 | lanchuan-digital | 2025 | | [1000, ) | lanchuan-digital-plan | 不低于1000亿元 | lanchuan-plan-2022 | 第一章
firms-2023 | lanchuan-firms | 2023 | | [100, 150] | lanchuan-digital-plan | 100至150家 | lanchuan-plan-2022 | 第二章
floor-full | lan-01-floor | | 达产后 | ~[500000] | | 约50万平方米 | lanchuan-signing-2021 | 第2段
"""

OBSERVATIONS = """
statement_id | indicator | period | status | amount | growth | growth_as_written | growth_since | as_written | source | locator | restates | restates_how
digital-2021-final | lanchuan-digital | 2021 | final | [450] | 12.5 | 增长12.5% | 2020 | 450亿元 | lanchuan-plan-2022 | 前言
digital-2022-final | lanchuan-digital | 2022 | final | [480] | | | | 480亿元 | lanchuan-interview-2023 | 第9问
digital-2022-rival | lanchuan-digital | 2022 | final | [470] | | | | 470亿元 | lanchuan-notes-2024 | 第7页 | digital-2022-final | disputed
digital-2023-final | lanchuan-digital | 2023 | final | [620] | | | | 620亿元 | lanchuan-notes-2024 | 第7页
digital-2024-to-date | lanchuan-digital | 2024-01 | to_date | [50, ) | | | | 50亿元以上 | lanchuan-notes-2024 | 第7页
digital-2024-early | lanchuan-digital | 2023-36 | preliminary | ~[170] | -3.25 | 下降3.25% | | 约170亿元 | lanchuan-notes-2024 | 第7页
digital-2025-forecast | lanchuan-digital | 2025 | forecast | [900] | | | | 预计900亿元 | lanchuan-notes-2024 | 第7页
electronics-2022-final | lanchuan-electronics | 2022 | final | [520] | | | | 520亿元 | lanchuan-interview-2023 | 第9问
firms-2023-final | lanchuan-firms | 2023 | final | [120] | | | | 120家 | lanchuan-notes-2024 | 第8页
"""

STATEMENTS = {
    "participations": PARTICIPATIONS,
    "agreement-parties": AGREEMENT_PARTIES,
    "investments": INVESTMENTS,
    "milestone-dates": MILESTONE_DATES,
    "targets": TARGETS,
    "observations": OBSERVATIONS,
}
