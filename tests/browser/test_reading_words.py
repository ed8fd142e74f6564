"""Words of amounts and dates are read while they are typed, by keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import Indicator, Investment, MilestoneDate, Project, Source
from tests.admin.pages import address
from tests.browser.test_pages import violations
from tests.browser.test_pages_of_editors import OF_DJANGO

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(site, browser, admin_user, client):
    """Opens an address as a superuser, in English."""
    client.force_login(admin_user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    contexts = []

    def opened(path, **options):
        contexts.append(browser.new_context(locale="en-US", **options))
        contexts[-1].add_cookies([session])
        page = contexts[-1].new_page()
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def reading(page, field):
    """What a field's words are read as."""
    return page.locator(f"#id_{field}_reading")


def choose(page, field, row):
    """Choose a relation by its search box, with the keyboard."""
    page.locator(f"#id_{field} + .select2 .select2-selection").press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type(row.title)
    # Not those of what was asked before: Enter takes the first one.
    expect(page.locator(".select2-results__option[role=option]")).to_have_text([row.title])
    page.keyboard.press("Enter")


def test_typing_shows_what_is_read(site, open_page):
    page = open_page(address(Investment, "add"))
    page.locator("#id_amount_words").focus()
    page.keyboard.type("数十亿元")
    expect(reading(page, "amount_words")).to_contain_text("CNY 2 billion to below 10 billion")
    expect(reading(page, "amount_words")).to_contain_text("10,000,000,000, not included")
    expect(reading(page, "amount_words")).to_have_attribute("aria-live", "polite")
    described = page.locator("#id_amount_words").get_attribute("aria-describedby")
    assert described.split() == ["id_amount_words_helptext", "id_amount_words_reading"]
    page.keyboard.type("嗯嗯")
    expect(reading(page, "amount_words")).to_contain_text("“嗯嗯” in “数十亿元嗯嗯”")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("Delete")
    expect(reading(page, "amount_words")).to_have_text(re.compile(r"^\s*$"))
    page.keyboard.type("5家")
    expect(reading(page, "amount_words")).to_contain_text("name no sum of money")
    assert [line for line in violations(page) if not OF_DJANGO.search(line)] == []


def test_another_source_day_and_unit_are_taken_up(site, open_page):
    page = open_page(address(MilestoneDate, "add"))
    page.locator("#id_date").focus()
    page.keyboard.type("4月15日")
    expect(reading(page, "date")).to_contain_text("Choose the source too")
    choose(page, "source", Source.objects.get(published="2021-04-16"))
    expect(reading(page, "date")).to_contain_text("first possible day 2021-04-15")
    page.locator("#id_date").fill("三年内")
    expect(reading(page, "date")).to_contain_text("last possible day 2024-04-16")
    page.locator("#id_counted_from").focus()
    page.keyboard.type("2020-04-26")
    expect(reading(page, "date")).to_contain_text("last possible day 2023-04-26")


def test_a_row_that_is_added(site, open_page):
    project = Project.objects.get(slug="software-park")
    page = open_page(address(Project, "change", project.pk))
    rows = project.investments.count()
    page.locator("#investments-group .add-row a").press("Enter")
    page.locator(f"#id_investments-{rows}-amount_words").focus()
    page.keyboard.type("不低于40亿元")
    shown = reading(page, f"investments-{rows}-amount_words")
    expect(shown).to_contain_text("at least CNY 4 billion")
    described = page.locator(f"#id_investments-{rows}-amount_words").get_attribute(
        "aria-describedby"
    )
    assert f"id_investments-{rows}-amount_words_reading" in described.split()


def test_a_figure_in_the_unit_of_the_page_of_its_indicator(site, open_page):
    indicator = Indicator.objects.filter(unit="organizations").first()
    page = open_page(address(Indicator, "change", indicator.pk))
    page.locator("#targets-group .add-row a").press("Enter")
    rows = indicator.targets.count()
    page.locator(f"#id_targets-{rows}-amount_words").fill("500以上")
    shown = reading(page, f"targets-{rows}-amount_words")
    expect(shown).to_contain_text("at least 500 organizations")
    page.locator("#id_unit").fill("people")
    expect(shown).to_contain_text("at least 500 people")


def test_who_was_logged_out_is_told(site, open_page):
    page = open_page(address(Investment, "add"))
    page.context.clear_cookies()
    page.locator("#id_amount_words").fill("32亿元")
    expect(reading(page, "amount_words")).to_contain_text("could not be read just now")


def test_without_scripts(site, open_page):
    page = open_page(address(Investment, "add"), java_script_enabled=False)
    page.locator("#id_amount_words").fill("数十亿元")
    page.get_by_role("button", name="Read the words").press("Enter")
    expect(page.get_by_text("Nothing was saved yet")).to_be_visible()
    expect(reading(page, "amount_words")).to_contain_text("CNY 2 billion to below 10 billion")
    expect(page.locator("#id_amount_words")).to_have_value("数十亿元")


def test_the_fold_of_the_bounds(site, open_page):
    read, typed = (
        Investment.objects.get(key="a-kaifa-park-total"),
        Investment.objects.get(key="b-software-park-total"),
    )
    typed.amount_high = None
    typed.save()
    for row, shown in ((read, False), (typed, True)):
        page = open_page(address(Investment, "change", row.pk), java_script_enabled=False)
        assert page.locator("#id_amount_low").is_visible() is shown
        assert page.get_by_text("entered by hand").count() == int(shown)
    page = open_page(address(Project, "change", typed.project_id))
    (row,) = (n for n, one in enumerate(typed.project.investments.order_by("pk")) if one == typed)
    expect(page.locator(f"#id_investments-{row}-amount_low")).to_be_visible()
    expect(page.locator(f"#id_investments-{row}-amount_low")).to_have_value("2000000000")
