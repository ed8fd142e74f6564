"""How points of time are put together: ranges, bounds, and stretches counted from a day."""

import re

from projects.values.date_words import (
    COUNT,
    EN_COUNT,
    EN_MONTH,
    FLAGS,
    NUMBER,
    POINTS,
    WITHIN,
    nameless,
)

# 过去三年内 looks back, and 数十年内 is no number of years.
_FORWARD = "(?<![0-9.数多几近前])(?<!过去)(?<!此前)"
_AHEAD = "(?:未来|今后)的?"
_UNIT = "(?P<unit>年|个月)"
_EN_UNIT = r"(?P<unit>year|month)s?\b"
_COUNTED = (
    rf"{_AHEAD}(?P<low>{COUNT})(?:年|个月)?[-至到](?P<high>{COUNT}){_UNIT}",
    rf"{_AHEAD}(?:(?P<low>{COUNT}){_UNIT}|半年){WITHIN}?",
    rf"{_FORWARD}(?:(?P<low>{COUNT}){_UNIT}|半年){WITHIN}",
    rf"\bwithin (?:the next )?(?:(?P<low>{EN_COUNT}) {_EN_UNIT}|half a year\b)",
    rf"\b(?:in|over|during) the next (?P<low>{EN_COUNT}) {_EN_UNIT}",
    rf"\bin (?:the next )?(?P<low>{EN_COUNT})(?: to | ?- ?)(?P<high>{EN_COUNT}) {_EN_UNIT}",
)
COUNTED = tuple(re.compile(pattern, FLAGS) for pattern in _COUNTED)

_UP_TO = r"(?:不晚于|不迟于|截至|\b(?:by|no later than|not later than|up to) )"
_BEFORE = "(?:之前|以前|前)"
_FROM = r"(?:(?<!来)自|从|\b(?:from|between) )"
_ON = "起(?![步点草诉重来])"
SEPARATOR = re.compile(r" ?[-至到] ?| to | and ", FLAGS)

UP_TO = re.compile(rf"{_UP_TO}(?P<point>.+)", FLAGS)
UP_TO_THE_END = re.compile(rf"(?:(?P<point>.+?){_BEFORE}|before (?P<en_point>.+))", FLAGS)
FROM = re.compile(
    rf"(?:(?:自|从)(?P<point>.+?)(?:{_ON})?|(?P<on_point>.+){_ON}|from (?P<en_point>.+))", FLAGS
)
RANGE = re.compile(rf"{_FROM}?(?P<range>.+)", FLAGS)
LEAD = re.compile(r"(?:in|on|during) (?=[^ ])", FLAGS)
# 1-7月, 4月1-10日 and 2021-2023年 name the unit once, at the end.
SHARED_UNIT = re.compile(r"(年|月|日|号|季度)份?$", FLAGS)
DAYS_OF_MONTH = re.compile(
    rf"(?P<month>{nameless(EN_MONTH)}) (?P<first>[0-9]{{1,2}}) ?- ?(?P<last>[0-9]{{1,2}})"
    r"(?P<year>,? [0-9]{4})?",
    FLAGS,
)

_POINT = "(?:" + "|".join(nameless(pattern) for pattern in POINTS) + ")"
_BARE_START = (
    r"(?:(?<![0-9.])[0-9]{4}(?=[-至到])"
    rf"|(?:(?<![0-9.])[0-9]{{4}}年)?(?:{NUMBER}月)?(?<![0-9.])第?{NUMBER}"
    rf"|{nameless(EN_MONTH)} [0-9]{{1,2}})"
)
_RANGE = (
    rf"(?:{_POINT}(?: ?[-至到] ?| to | and )(?:{_POINT}|{NUMBER}[日号])"
    rf"|{_BARE_START} ?[-至到] ?{_POINT}"
    rf"|{nameless(EN_MONTH)} [0-9]{{1,2}} ?- ?[0-9]{{1,2}}(?![0-9.])(?:,? [0-9]{{4}})?)"
)
PHRASE = (
    "(?:"
    + "|".join(nameless(pattern) for pattern in _COUNTED)
    + rf"|(?:{_UP_TO}|{_FROM}|\bbefore (?=(?:the )?end of ))?(?:{_RANGE}|{_POINT})"
    + rf"(?:{_ON}|(?<=[底末]){_BEFORE})?)"
)
