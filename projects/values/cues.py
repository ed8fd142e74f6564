"""Words of a sentence that say what it states: a step, money put in, a figure, a role.

They propose and never decide: an editor confirms. Codes are those of the models.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_Patterns = tuple[tuple[str, str], ...]

_STEPS: _Patterns = (
    ("not_a_step", "签约额|签约金额|启用仪式筹备|收购价|完工率"),
    ("opened", "(?:建成|竣工|完工|落成)[并后即、]?(?:投产|投用|启用|运营|投入使用|投入运营|开园)"),
    ("planned", r"立项|获批|批复|\bapproved\b"),
    ("signed", r"签约|签署|签订|\bsign(?:ed|ing|s)?\b"),
    ("invested", r"入股|注资|增资|收购|\bacquir(?:ed|es)\b|\btook a stake\b"),
    (
        "started",
        r"开工|动工|奠基|破土|启动建设|开建|\bbr(?:oke|eaks?) ground\b|\bground-?breaking\b"
        r"|\b(?:start(?:ed|s)?|beg[iau]n|begins) (?:of )?construction\b"
        r"|\bconstruction (?:start(?:ed|s)?|beg[au]n|begins)\b",
    ),
    ("completed", r"竣工|建成|完工|落成|封顶|交付|\bcomplet(?:ed|ion|es?)\b"),
    (
        "opened",
        r"投产|投用|启用|投运|开园|开业|开通|上线|揭牌|挂牌|投入使用|投入运营|正式运营|试运营"
        r"|\b(?:put|go(?:es)?|went|came|come) into (?:operation|use|service|production)\b"
        r"|\benter(?:ed|s)? (?:operation|service|production)\b|\bopen(?:ed|ing|s)?\b",
    ),
    ("at_capacity", r"达产|满产|\b(?:full|design(?:ed)?) capacity\b"),
    ("suspended", r"停工|暂停|停建|中止|\bsuspended\b|\bhalted\b"),
    ("cancelled", r"取消|终止|撤销|\bcancell?ed\b|\bterminated\b"),
)
_ROLES: _Patterns = (
    ("builder", r"承建|负责建设|负责施工|施工|总承包|代建|\bbuilt by\b|\bbuilds\b|\bbuilder\b"),
    ("operator", r"负责运营|运营|\boperated by\b|\boperat(?:es|or)\b"),
    ("technology", "技术支持|提供技术|技术支撑|负责技术"),
    ("consultant", r"咨询|规划设计|负责设计|\bconsult(?:ant|s|ing)\b"),
    ("responsible", r"牵头|主管|负责(?!人)|\bresponsible\b"),
    ("partner", r"参与|共建|合作建设|\bpartner"),
)
_INSTRUMENTS: _Patterns = (
    ("project_total", r"总投资|项目投资|\btotal investment\b"),
    ("share_purchase_and_capital_increase", "收购[^，。]{0,12}增资"),
    ("equity_stake", r"入股|股权|持股|\b(?:equity|stake)\b"),
    ("loan", r"贷款|授信|\bloan"),
    ("grant", r"补助|补贴|拨款|资助|\bgrant"),
)
_BASES: _Patterns = (
    ("paid", r"到位|已投入|累计投入|实际投入|完成投资|已投资|\bpaid\b|\bspent\b|\bhas invested\b"),
    ("contracted", r"合同|\bcontract"),
    ("agreed", r"签约|签署|签订|协议|\bsigned\b|\bagree(?:d|ment)\b"),
)

_FLAGS = re.I
INVESTMENT = re.compile(
    r"投资|注资|出资|增资|入股|融资|投入|贷款|授信|补助|\binvest|\bfund(?:ing|ed)\b|\bloan|\bstake\b",
    _FLAGS,
)
FIGURE = re.compile(
    r"产值|营收|营业收入|收入|销售额|交易额|税收|利润|规模|面积|就业|从业|企业|人才"
    r"|\brevenue|\boutput\b|\bsales\b|\bprofit|\bturnover\b|\bfloor area\b|\bjobs\b",
    _FLAGS,
)
_DUE = re.compile(
    r"预计|计划|拟|将|力争|有望|确保|争取|目标|预期|有待|到20\d\d年|未来|今后"
    r"|\bwill\b|\bplan(?:s|ned)?\b|\bexpect|\baims?\b|\bto be\b|\bscheduled\b|\bdue\b|\bby 20\d\d\b"
    r"|\btarget|\bgoal\b",
    _FLAGS,
)
_NOT_YET = re.compile(r"尚未|仍未|还未|未能|\bnot yet\b|\bhas not\b", _FLAGS)
_DONE = re.compile(
    r"已经?|实现|完成|同比|增长|累计|\brose\b|\bgrew\b|\breached\b|\bhas been\b", _FLAGS
)
_YEARLY = re.compile(r"每年|年均|年投资|\b(?:a|per) year\b|\bannual", _FLAGS)
_PAPER = re.compile(r"协议|备忘录|意向书|\bagreement|\bmemorandum", _FLAGS)
_SIGNING = re.compile(r"签约|签署|签订|\bsign(?:ed|ing|s)?\b", _FLAGS)
_GROWTH = re.compile(r"增长|同比|增速|\bgrew\b|\bgrowth\b|\brose\b|\bup\b|\bincreased\b", _FLAGS)
_FORECAST = re.compile(r"预测|\bforecast", _FLAGS)
_PRELIMINARY = re.compile(r"初步|快报|\bpreliminary", _FLAGS)
_TO_DATE = re.compile(r"截至|目前|累计|\bso far\b|\bto date\b|\bas of\b", _FLAGS)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of a sentence and what it speaks of."""

    start: int
    end: int
    code: str


def _compiled(patterns: _Patterns) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern with a group for each code, in the order in which they are tried."""
    groups = "|".join(f"({words})" for _code, words in patterns)
    return re.compile(groups, _FLAGS), tuple(code for code, _words in patterns)


_STEP, _STEP_CODES = _compiled(_STEPS)
_ROLE, _ROLE_CODES = _compiled(_ROLES)


def steps(sentence: str) -> Iterator[Cue]:
    """The words for steps of a project, with the kind of milestone each speaks of."""
    for cue in _cues(_STEP, _STEP_CODES, sentence):
        if cue.code != "not_a_step":
            yield cue


def roles(sentence: str) -> Iterator[Cue]:
    """The words for the part that an organization takes in a project, with its role."""
    return _cues(_ROLE, _ROLE_CODES, sentence)


def _cues(pattern: re.Pattern[str], codes: tuple[str, ...], sentence: str) -> Iterator[Cue]:
    for match in pattern.finditer(sentence):
        yield Cue(*match.span(), codes[(match.lastindex or 1) - 1])


def instrument(words: str) -> str:
    """The instrument of an investment; empty where the words name none."""
    return _first(_INSTRUMENTS, words)


def basis(words: str) -> str:
    """How firm an investment is: announced where the words say nothing more."""
    return _first(_BASES, words) or "announced"


def per(words: str) -> str:
    """Whether an investment is made once or every year."""
    return "year" if _YEARLY.search(words) else "once"


def side(words: str) -> str:
    """Whether the date of a step is due, reached, or was not reached yet."""
    if _NOT_YET.search(words):
        return "not_yet"
    return "due" if _DUE.search(words) else "reached"


def is_target(words: str) -> bool:
    """Whether a figure is aimed at, and not observed."""
    return bool(_DUE.search(words)) and not _observed_after(words)


def _observed_after(words: str) -> bool:
    """Whether the last word about it says that it was so: 目标…已实现."""
    due = [match.end() for match in _DUE.finditer(words)]
    done = [match.start() for match in _DONE.finditer(words)]
    return bool(done) and done[-1] > due[-1]


def status(words: str) -> str:
    """The status of an observation; final where the words say nothing."""
    if _FORECAST.search(words):
        return "forecast"
    if _PRELIMINARY.search(words):
        return "preliminary"
    return "to_date" if _TO_DATE.search(words) else "final"


def signs_paper(words: str) -> bool:
    """Whether a sentence tells of a paper that is signed."""
    return bool(_PAPER.search(words) and _SIGNING.search(words))


def speaks_of_growth(words: str) -> bool:
    """Whether words say that a figure grew."""
    return bool(_GROWTH.search(words))


def _first(patterns: _Patterns, words: str) -> str:
    found = (code for code, pattern in patterns if re.search(pattern, words, _FLAGS))
    return next(found, "")
