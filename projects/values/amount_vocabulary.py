"""The words that bound an amount, and the side of it that each one bounds."""

from typing import Literal

Side = Literal["from", "above", "up to", "below"]

BEFORE_WORDS: dict[str, Side] = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "至少", "最少"), "from"),
    **dict.fromkeys(("at least", "no less than", "not less than", "no fewer than"), "from"),
    **dict.fromkeys(("not fewer than", "a minimum of"), "from"),
    **dict.fromkeys(("超过", "超", "逾", "突破", "高于", "大于", "多于"), "above"),
    **dict.fromkeys(("more than", "over", "above", "exceed", "exceeds", "exceeding"), "above"),
    **dict.fromkeys(("greater than", "in excess of"), "above"),
    **dict.fromkeys(("不超过", "不高于", "不多于", "不大于", "最多", "至多"), "up to"),
    **dict.fromkeys(("up to", "no more than", "not more than", "at most"), "up to"),
    **dict.fromkeys(("not exceeding", "a maximum of"), "up to"),
    **dict.fromkeys(("近", "将近", "接近", "不足", "不到", "不满"), "below"),
    **dict.fromkeys(("低于", "少于", "小于"), "below"),
    **dict.fromkeys(("nearly", "almost", "less than", "fewer than", "below", "under"), "below"),
}
# 以上, 以下 and 以内 include the number itself (Civil Code of China, article 1259).
BEHIND_WORDS: dict[str, Side] = {
    **dict.fromkeys(("以上", "及以上", "or more", "and above", "or above"), "from"),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "or less", "or fewer", "or below"), "up to"),
}
ABOUT_WORDS = (
    "约",
    "大约",
    "大概",
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
)
ROUGHLY_WORDS = ("左右", "上下")
NOT_STATED_WORDS = ("未说明", "not stated")
