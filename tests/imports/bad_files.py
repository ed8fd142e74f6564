"""Files that are refused, made in memory, each with the row and the column that the refusal names.

Beside them stands `record`: a source, a project and what is said of it, for the files to refer to.
"""

from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from projects.imports import File
from tests import factories


@dataclass(frozen=True)
class Bad:
    """A file that is refused: at this row (0: as a whole) and column (empty: none)."""

    content: bytes
    table: str
    line: int
    column: str = ""

    @property
    def file(self):
        return File(f"{self.table}.csv", self.content)


def record():
    """What the files refer to, by keys that they can write down."""
    source = factories.source(slug="paper", published="2024-01-01")
    project = factories.project(slug="park")
    other = factories.project(slug="harbour", agreement=factories.agreement(slug="paper-signed"))
    said = {"source": source, "project": project}
    factories.investment(key="whole", amount="30亿元", **said)
    factories.investment(key="elsewhere", amount="30亿元", source=source, project=other)
    place = factories.place(slug="town")
    factories.indicator(slug="output", place=place, unit="CNY")
    milestone = factories.milestone(slug="opening", project=project, kind="opened")
    factories.milestone_date(key="opened", milestone=milestone, source=source)


def text(*lines):
    """Lines of cells that need no quotes, as a file."""
    return "".join(f"{line}\r\n" for line in lines).encode()


def investment(columns, *cells):
    """Rows of investments in a project, with these columns besides."""
    rows = [f"new-{number},park,announced,once,CNY,paper,{row}" for number, row in enumerate(cells)]
    return text(f"statement_id,project,basis,per,unit,source,{columns}", *rows)


def workbook():
    """The beginning of an xlsx file, with the name of a CSV file."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


def of_projects(name):
    """A project of this name."""
    return text("slug,name_zh", f"new,{name}")


FEW_ROWS = 1_000
"""The most rows of a file while these are read: the limit itself takes long to reach."""
TOO_LONG = "甲" * 140_000
EXTRA = ("version", "draft", "search_text", "history", "id", "entered_with", "full_text")

BAD = {
    # The file as a whole
    "empty": Bad(b"", "projects", 0),
    "blanks": Bad(b"\r\n \r\n", "projects", 0),
    "mark only": Bad(b"\xef\xbb\xbf", "projects", 0),
    "header only": Bad(text("slug,name_zh"), "projects", 0),
    "workbook": Bad(workbook(), "projects", 0),
    "old workbook": Bad(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "projects", 0),
    "no table": Bad(text("a,b", "1,2"), "nonsense", 0),
    "picture": Bad(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "projects", 4),
    # Its characters
    "broken UTF-8": Bad(b"\xef\xbb\xbfslug,name_zh\r\nnew,\xe5\x90\r\n", "projects", 2),
    "broken GB18030": Bad(b"slug,name_zh\r\nold,\xc3\xfb\r\nnew,\xff\r\n", "projects", 3),
    "half a character": Bad(b"slug,name_zh\r\nnew,\xed\xa0\x80\xff\r\n", "projects", 2),
    "odd UTF-16": Bad("slug,name_zh\r\nnew,名".encode("utf-16")[:-1], "projects", 2),
    "NUL": Bad(b"slug,name_zh\r\nnew,a\0b\r\n", "projects", 2, "name_zh"),
    # Its form
    "no header": Bad(text("new,名称,Name", "other,名称,Name"), "projects", 1),
    "header twice": Bad(text("slug,name_zh,name_zh", "new,甲,乙"), "projects", 1, "name_zh"),
    "nameless column": Bad(text("slug,,name_zh", "new,甲,乙"), "projects", 1),
    "unclosed quote": Bad(text("slug,name_zh", 'new,"名称', "other,名称"), "projects", 2),
    "lone quote": Bad(text("slug,name_zh", "old,名", 'new,"名"称'), "projects", 3),
    "too many cells": Bad(text("slug,name_zh", "new,名,称"), "projects", 2),
    "too many columns": Bad(
        text(",".join(["slug", *(f"c{number}" for number in range(299))]), "new"),
        *("projects", 1, "c0"),
    ),
    "too many rows": Bad(
        text("slug,name_zh", *(f"new-{number},名称" for number in range(FEW_ROWS + 1))),
        *("projects", FEW_ROWS + 2),
    ),
    "cell of 140,000 letters": Bad(
        text("slug,name_zh,summary_zh", f"new,名,{TOO_LONG}"), "projects", 2, "summary_zh"
    ),
    **{
        f"column {name}": Bad(text(f"slug,title,published,{name}", "new,题,2024,1"), table, 1, name)
        for name in EXTRA
        for table in ["sources"]
    },
    "version of a statement": Bad(investment("version", "7"), "investments", 1, "version"),
    # Its cells
    "no key": Bad(text("slug,name_zh", ",名称"), "projects", 2, "slug"),
    "key with a blank": Bad(text("slug,name_zh", "a b,名称"), "projects", 2, "slug"),
    "key in Chinese": Bad(text("slug,name_zh", "新项目,名称"), "projects", 2, "slug"),
    "key twice": Bad(text("slug,name_zh", "new,甲", "new,乙"), "projects", 3, "slug"),
    "no name": Bad(text("slug,name_zh", "new,"), "projects", 2, "name_zh"),
    "title of 5,000 letters": Bad(
        text("slug,title,published", f"new,{'题' * 5_000},2024"), "sources", 2, "title"
    ),
    "script as an address": Bad(
        text("slug,title,published,address", "new,题,2024,javascript:alert(1)"),
        *("sources", 2, "address"),
    ),
    "unknown choice": Bad(text("slug,name_zh,kind", "new,名,firm"), "organizations", 2, "kind"),
    "2^63": Bad(investment("amount_low", "9223372036854775808"), "investments", 2, "amount_low"),
    "NaN": Bad(investment("amount_low", "NaN"), "investments", 2, "amount_low"),
    "separators": Bad(investment("amount_low", '"4,000"'), "investments", 2, "amount_low"),
    "shortened by a spreadsheet": Bad(
        investment("amount_low", "3.2E+09"), "investments", 2, "amount_low"
    ),
    "neither true nor false": Bad(
        investment("amount_low,amount_low_included", "4,ja"),
        *("investments", 2, "amount_low_included"),
    ),
    "no such day": Bad(investment("date", "2024-02-30"), "investments", 2, "date"),
    "interval that runs backwards": Bad(investment("date", "2024/2023"), "investments", 2, "date"),
    "no such day of access": Bad(
        text("slug,title,published,accessed_on", "new,题,2024,2024-02-30"),
        *("sources", 2, "accessed_on"),
    ),
    "no such currency": Bad(
        text("statement_id,project,source,unit", "new,park,paper,¥"), "investments", 2, "unit"
    ),
    # What its rows say
    "low above high": Bad(investment("amount_low,amount_high", "9,4"), "investments", 2),
    "below nothing": Bad(
        investment("amount_low,amount_high,amount_low_included", "-4,4,true"), "investments", 2
    ),
    "contradictory amount_stated": Bad(
        investment("amount_stated,amount_low,amount_high", "false,4,5"),
        *("investments", 2, "amount_stated"),
    ),
    "contradictory days": Bad(
        investment("date,date_latest", "2024-05,2024-06-30"), "investments", 2, "date_latest"
    ),
    "no such source": Bad(
        text("statement_id,project,source", "new,park,nowhere"), "investments", 2, "source"
    ),
    "no such place": Bad(
        text("slug,name_zh,places", "new,名,town;nowhere"), "projects", 2, "places"
    ),
    "circle of parents": Bad(text("slug,name_zh,parent", "a,甲,b", "b,乙,a"), "places", 2),
    "parent of itself": Bad(text("slug,name_zh,parent", "a,甲,a"), "places", 2),
    "parent without a source": Bad(
        text("slug,name_zh,parent", "a,甲,", "b,乙,a"), "organizations", 3
    ),
    "restates nothing": Bad(
        investment("restates,restates_how", "nowhere,repeats"), "investments", 2, "restates"
    ),
    "restates something else": Bad(
        investment("restates,restates_how", "elsewhere,disputed"), "investments", 2, "restates"
    ),
    "does not say how": Bad(investment("restates,restates_how", "whole,"), "investments", 2),
    "repeats and differs": Bad(
        investment("amount_low,amount_high,restates,restates_how", "4,5,whole,repeats"),
        *("investments", 2, "restates_how"),
    ),
    "restates in a row": Bad(
        investment("restates,restates_how", "whole,disputed", "new-0,disputed"),
        *("investments", 3, "restates"),
    ),
    "part in another currency": Bad(
        text("statement_id,project,source,unit,part_of", "new,park,paper,USD,whole"),
        *("investments", 2, "part_of"),
    ),
    "two subjects": Bad(
        text("statement_id,project,agreement,source", "new,park,paper-signed,paper"),
        *("investments", 2),
    ),
    "second date that stands": Bad(
        text("statement_id,milestone,side,date,source", "new,opening,reached,2024,paper"),
        *("milestone-dates", 2),
    ),
    "target without an amount": Bad(
        text("statement_id,indicator,period,source", "new,output,2024,paper"), "targets", 2
    ),
    "growth beyond all bounds": Bad(
        text(
            "statement_id,indicator,period,status,amount_low,amount_high,growth,source",
            "new,output,2024,final,5,5,123456789,paper",
        ),
        *("observations", 2, "growth"),
    ),
    "wider in another unit": Bad(
        text("slug,name_zh,unit,place,wider", "new,名,家,town,output"), "indicators", 2, "wider"
    ),
}

_ROWS = "slug,name_zh,name_en\r\nnew,数字城市研发中心,Centre\r\n"
GOOD = {
    "UTF-8": _ROWS.encode(),
    "with a mark": _ROWS.encode("utf-8-sig"),
    "UTF-16": _ROWS.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + _ROWS.encode("utf-16-be"),
    "GB18030": _ROWS.encode("gb18030"),
    "semicolons": _ROWS.replace(",", ";").encode("utf-8-sig"),
    "tabs": _ROWS.replace(",", "\t").encode("utf-16"),
    "all quoted": _ROWS.replace(",", '","').replace("\r\n", '"\r\n"')[:-1].join('""')[:-1].encode(),
    "bare line feeds": _ROWS.replace("\r\n", "\n").encode(),
    "old Macintosh": _ROWS.replace("\r\n", "\r").encode(),
    "no end of line": _ROWS.strip().encode(),
    "the separator said": f"sep=,\r\n{_ROWS}".encode(),
    "columns in another order": "name_en,slug,name_zh\r\nCentre,new,数字城市研发中心\r\n".encode(),
}
