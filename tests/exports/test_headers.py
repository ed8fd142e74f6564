"""The header of every file, written out by hand: others read these files by it."""

import pytest
from django.utils.translation import override

from projects.exports import EXPORTS
from tests.exports.reading import content

STATEMENT = (
    "as_written,said_by,inferred,note,restates,restates_how,source,locator,"
    "stands,source_title,source_published,source_address"
)
AMOUNT = (
    "amount_stated,amount_low,amount_high,amount_low_included,amount_high_included,"
    "amount_approximate,unit"
)

HEADERS = {
    "projects": (
        "slug,name_zh,name_en,summary_zh,summary_en,agreement,places,sectors,"
        "stage,stage_label,stage_since,promised_low,promised_high,promised_not_stated,"
        "last_reported,silent,overdue,months_since_report"
    ),
    "organizations": (
        "slug,name_zh,name_en,short_name,aliases,kind,parent,parent_source,parent_locator,inferred,"
        "group,projects,promised_low,promised_high,promised_not_stated,summary_zh,summary_en"
    ),
    "places": "slug,name_zh,name_en,parent,inferred",
    "sectors": "slug,name_zh,name_en",
    "agreements": (
        "slug,name_zh,name_en,kind,sectors,parties,signed,projects,summary_zh,summary_en"
    ),
    "indicators": "slug,name_zh,name_en,definition_zh,definition_en,unit,place,project,wider",
    "sources": (
        "slug,title,outlet,author,kind,published,published_earliest,published_latest,"
        "address,archive_address,accessed_on,inferred,statements"
    ),
    "milestones": (
        "slug,project,agreement,kind,name_zh,name_en,state,state_label,overdue_days,"
        "due,due_earliest,due_latest,due_statement_id,due_source,"
        "reached,reached_earliest,reached_latest,reached_statement_id,reached_source"
    ),
    "participations": f"statement_id,id,project,organization,role,{STATEMENT}",
    "agreement-parties": f"statement_id,id,agreement,organization,role,{STATEMENT}",
    "investments": (
        f"statement_id,id,project,agreement,organizations,basis,per,instrument,{AMOUNT},"
        f"date,date_earliest,date_latest,part_of,counted,not_counted_because,{STATEMENT}"
    ),
    "milestone-dates": (
        f"statement_id,id,milestone,side,date,date_earliest,date_latest,counted_from,{STATEMENT}"
    ),
    "targets": (
        "statement_id,id,indicator,period,period_earliest,period_latest,period_as_written,"
        f"{AMOUNT},stands_in,verdict,outlook,wider_outcome,attainment,{STATEMENT}"
    ),
    "observations": (
        "statement_id,id,indicator,period,period_earliest,period_latest,status,"
        f"{AMOUNT},growth,growth_as_written,growth_since,{STATEMENT}"
    ),
}


def test_there_is_a_header_for_every_file():
    assert set(EXPORTS) == set(HEADERS)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", HEADERS)
def test_an_empty_file_is_a_mark_and_the_header(name, language):
    with override(language):
        assert content(name) == f"\ufeff{HEADERS[name]}\r\n".encode()


@pytest.mark.parametrize("name", HEADERS)
def test_the_columns_are_known_before_anything_is_read(name):
    assert ",".join(EXPORTS[name].columns) == HEADERS[name]
    assert EXPORTS[name].name == name
