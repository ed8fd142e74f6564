"""No report since: the day and its age, on lists, pages and in the file."""

import pytest

from tests import factories as make
from tests.views.reading import records, text

# The last word on it is of April 2020, so at the latest of the 30th.
PARK = "kaifa-smart-device-park"


@pytest.mark.parametrize(
    ("day", "silent", "age", "months"),
    [
        ("2022-04-29", False, "", "23"),
        ("2022-04-30", True, "2 years", "24"),
        ("2026-11-23", True, "6 years 6 months", "78"),
    ],
)
def test_the_age_is_that_of_the_day_asked(facts, english, day, silent, age, months):
    page = text(english.get(f"/projects/{PARK}/?as_of={day}"))
    said = f"Last report no report since April 2020 {age}"
    assert (said in page) == silent
    rows = text(english.get(f"/projects/?q={PARK}&as_of={day}"))
    assert (f"no report since April 2020 {age}" in rows) == silent
    (record,) = records(english.get(f"/projects.csv?q={PARK}&as_of={day}"))
    assert (record["silent"], record["months_since_report"]) == (str(silent).lower(), months)


def test_in_chinese(facts, chinese):
    page = text(chinese.get(f"/projects/{PARK}/?as_of=2026-11-23"))
    assert "2020年4月以来无报道" in page.replace(" ", "") or "无报道" in page
    assert "6年6个月" in page


def test_a_project_of_which_nothing_was_reported_has_no_age(db, english):
    project = make.project()
    assert "never reported" in text(english.get(f"/projects/{project.slug}/"))
    (record,) = records(english.get("/projects.csv"))
    assert record["months_since_report"] == ""
