"""Stretches of days written out in Chinese and English, always with their bounds."""

from projects.values.edtf import Part, Stretch
from projects.values.words import Language

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_QUARTERS = "一二三四"
_HALVES_ZH = ("上半年", "下半年")
_HALVES = ("first half", "second half")
_OPENINGS_ZH = {"date": "不晚于", "period": "截至"}
_OPENINGS = {"date": "by", "period": "up to"}


def format_date(stretch: Stretch, language: Language) -> str:
    """Write out some day of the stretch; an open start reads as no later than its end."""
    return _format(stretch, language, "date")


def format_period(stretch: Stretch, language: Language) -> str:
    """Write out the whole stretch; an open start reads as all up to its end."""
    return _format(stretch, language, "period")


def _format(stretch: Stretch, language: Language, kind: str) -> str:
    start, end = stretch.start, stretch.end
    chinese = language.startswith("zh")
    if start and end:
        if start == end:
            return _part_zh(start) if chinese else _part_en(start)
        return _between_zh(start, end) if chinese else _between_en(start, end)
    if end:
        opening = _OPENINGS_ZH[kind] if chinese else f"{_OPENINGS[kind]} "
        return opening + (_part_zh(end) if chinese else _part_en(end))
    if start:
        return f"{_part_zh(start)}起" if chinese else f"from {_part_en(start)}"
    raise ValueError("A stretch has at least one end.")


def _part_zh(part: Part) -> str:
    return _year_zh(part) + _within_year_zh(part)


def _year_zh(part: Part) -> str:
    return f"{part.year:04d}年"


def _within_year_zh(part: Part) -> str:
    if part.unit == "day":
        return f"{part.first.month}月{part.number}日"
    if part.unit == "month":
        return f"{part.number}月"
    if part.unit == "quarter":
        return f"第{_QUARTERS[part.number - 1]}季度"
    return _HALVES_ZH[part.number - 1] if part.unit == "half" else ""


def _between_zh(start: Part, end: Part) -> str:
    if start.year != end.year or "year" in (start.unit, end.unit):
        return f"{_part_zh(start)}至{_part_zh(end)}"
    if _same_month(start, end):
        return f"{_part_zh(start)}至{end.number}日"
    return f"{_part_zh(start)}至{_within_year_zh(end)}"


def _part_en(part: Part) -> str:
    year = f"{part.year:04d}"
    if part.unit == "half":
        return f"{_HALVES[part.number - 1]} of {year}"
    return f"{_within_year_en(part)} {year}".lstrip()


def _within_year_en(part: Part) -> str:
    if part.unit == "day":
        return f"{part.number} {MONTHS[part.first.month - 1]}"
    if part.unit == "month":
        return MONTHS[part.number - 1]
    return f"Q{part.number}" if part.unit == "quarter" else ""


def _between_en(start: Part, end: Part) -> str:
    if start.unit == end.unit == "year":
        return f"{_part_en(start)}–{_part_en(end)}"
    if start.year == end.year and start.unit == end.unit and start.unit != "half":
        if _same_month(start, end):
            return f"{start.number}–{_part_en(end)}"
        dash = " – " if start.unit == "day" else "–"
        return f"{_within_year_en(start)}{dash}{_part_en(end)}"
    return f"{_part_en(start)} – {_part_en(end)}"


def _same_month(start: Part, end: Part) -> bool:
    return start.unit == end.unit == "day" and start.first.month == end.first.month
