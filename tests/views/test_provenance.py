"""Where sources differ, and how firm the record is."""

import re

from projects.models import Investment
from tests.views.reading import text


def test_rivals_stand_side_by_side_and_can_be_tried(facts, english):
    page = english.get("/disagreements/")
    words = text(page)
    assert "Mobile Finance restructuring, citizen services" in words
    assert re.search(r"CEC Investment, announced, not stated, February 2020 stands", words)
    assert re.search(r"CEC Credit, announced, not stated, February 2020 disputed", words)
    assert "“股权收购加定向增资，控股；今年2月”" in words
    rival = Investment.objects.get(restates_how="disputed")
    assert f'href="/?prefer=investment-{rival.pk}"' in page.content.decode()
    view = text(english.get(f"/?prefer=investment-{rival.pk}"))
    assert "This is a view, not the whole record: preferred: Mobile Finance" in view
    assert "CNY 5.2 billion to below 13.2 billion" in view


def test_easily_mistaken_figures_are_listed_apart(facts, english):
    words = text(english.get("/disagreements/")).partition("Easily mistaken")[2]
    assert re.search(r"2023 .*at least CNY 360 billion .*at least CNY 350 billion", words)
    assert re.search(r"2022 .*final, 2022, CNY 270\.5 billion .*final, 2022, CNY 303\.6", words)
    assert "500 billion" not in words


def test_before_the_rival_was_published_nothing_differs(facts, english):
    words = text(english.get("/disagreements/?as_of=2020-03-31"))
    assert "No two sources differ about the same thing." in words


def test_quality_counts_lead_to_their_rows(facts, english):
    page = english.get("/quality/")
    quality = page.context["quality"]
    assert (quality.disagreements, quality.silent, quality.overdue) == (1, 11, 2)
    assert (quality.not_dated, quality.without_amount) == (1, 2)
    # All but P1, P4, P5 and P6; of P3 no step is stated.
    assert (quality.without_investment, quality.without_stage) == (7, 1)
    # 数十亿元; the forecasts above 3000亿元 and above 5000亿元.
    assert quality.findings["vague"] == 3
    # 2023 and 2025 of both revenue indicators, the park's sales and floor area.
    assert quality.findings["final"] == 6
    for finding, count in quality.findings.items():
        assert f'href="/quality/{finding}/"' in page.content.decode()
        assert len(english.get(f"/quality/{finding}/").context["statements"]) == count
    for path, count in {
        "/projects/?silent=true": 11,
        "/milestones/?state=overdue": 2,
        "/milestones/?state=not_dated": 1,
        "/investments/?counted=true&amount_stated=false": 2,
        "/projects/?investment_stated=false": 7,
        "/projects/?stage=not_stated": 1,
    }.items():
        assert path.replace("&", "&amp;") in page.content.decode()
        assert english.get(path).context["count"] == count
