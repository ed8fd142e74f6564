"""An article becomes statements: by mouse, by keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import Investment, MilestoneDate, Participation, Source
from tests import factories
from tests.browser.test_pages import WIDTHS, violations, watch
from tests.browser.test_pages_of_editors import OF_DJANGO

pytestmark = pytest.mark.browser

# Of the library of searches, too: what it puts into the list of several choices.
OF_OTHERS = re.compile(rf"{OF_DJANGO.pattern}|list: .*select2-selection--multiple")

BY_MOUSE = (
    "松岭机电宣布在两江新区建设松岭电机工厂，项目总投资17亿元，由巴江建工承建。\n"
    "松岭电机工厂已于2022年3月开工，计划2024年底投产。"
)
BY_KEYBOARD = (
    "松岭机电在市内建设松岭电机工厂，项目总投资18亿元。\n松岭电机工厂2022年5月开工，2025年6月竣工。"
)


@pytest.fixture
def entities(site):
    """What the articles speak of."""
    factories.organization(slug="songling", name_zh="松岭机电", name_en="Songling Motors")
    factories.organization(slug="bajiang", name_zh="巴江建工", name_en="Bajiang Construction")
    plant = factories.project(slug="motor-plant", name_zh="松岭电机工厂", name_en="Motor plant")
    # Somebody has spoken of it before, so it is on the site whatever is drafted.
    factories.participation(project=plant, role="host")
    return plant


@pytest.fixture
def open_page(site, browser, admin_user, client):
    """Opens a page of a superuser."""
    client.force_login(admin_user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    contexts = []

    def opened(**options):
        viewport = {"width": 1440, "height": 900}
        contexts.append(browser.new_context(**{"viewport": viewport, "locale": "en-US"} | options))
        contexts[-1].add_cookies([session])
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def paste(page, site, text, slug):
    """Enter a source with its text, and go on to the text."""
    page.goto(f"{site}/admin/projects/source/add/")
    page.fill("#id_title", "松岭电机工厂落户")
    page.fill("#id_slug", slug)
    page.fill("#id_published", "2022-06-01")
    page.get_by_text("full text", exact=False).first.click()
    page.fill("#id_full_text", text)
    page.get_by_role("button", name="Save and work on the text").click()
    expect(page.locator("#work-form")).to_be_visible()
    return Source.objects.get(slug=slug)


def publish(page):
    """Publish the source that is worked on, on its own page."""
    page.goto(page.url.partition("passages/")[0] + "change/")
    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_role("heading", name="What will appear on the site")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Publish")).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def expect_total(page, site, words):
    """The total promised on the first page, read elsewhere, so that the work stays open."""
    reader = page.context.new_page()
    reader.goto(f"{site}/")
    expect(reader.get_by_role("link", name=words, exact=True).first).to_be_visible()
    reader.close()


def test_three_statements_by_mouse(site, entities, open_page):
    page = open_page()
    expect_total(page, site, "CNY 5.2 billion to below 13.2 billion")
    source = paste(page, site, BY_MOUSE, "songling-mouse")
    count = page.locator(".work-count")
    expect(count).to_contain_text("0 of 4 passages are statements")

    # The first passage is chosen: the investment, filled in.
    expect(page.locator("#id_amount_words")).to_have_value("17亿元")
    expect(page.locator("#id_as_written")).to_have_value("17亿元")
    expect(page.locator("#id_investors option:checked")).to_have_text("Songling Motors")
    page.get_by_role("button", name="Save and go on").click()
    expect(count).to_contain_text("1 of 4 passages are statements")

    # A mark of the text.
    page.locator("a.work-mark", has_text="2022年3月").click()
    expect(page.locator("#id_date")).to_have_value("2022年3月")
    expect(page.locator("#id_step-kind")).to_have_value("started")
    expect(page.locator("#id_step-name_en")).to_have_value("Started")

    page.get_by_role("button", name="Save and go on").click()
    expect(count).to_contain_text("2 of 4 passages are statements")

    # Words that are selected, and another kind, which keeps what was typed.
    page.evaluate(
        """() => {
            const pieces = [...document.querySelectorAll("[data-start]")];
            const piece = pieces.find((one) => one.textContent.includes("巴江建工承建"));
            const range = document.createRange();
            range.selectNodeContents(piece);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            piece.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
        }"""
    )
    expect(page.locator("#id_as_written")).to_have_value("巴江建工承建")
    page.fill("#id_locator", "首段")
    page.get_by_role("button", name="investment", exact=True).click()
    expect(page.locator("#id_amount_words")).to_be_visible()
    expect(page.locator("#id_locator")).to_have_value("首段")
    page.get_by_role("button", name="participation", exact=True).click()
    expect(page.locator("#id_role")).to_have_value("builder")
    page.get_by_role("button", name="Save and go on").click()
    expect(count).to_contain_text("3 of 4 passages are statements")
    expect(page.locator("#id_date")).to_have_value("2024年底")
    page.get_by_role("button", name="Not a statement: go on").click()
    expect(page.get_by_role("heading", name="No passage is left")).to_be_visible()

    investment = Investment.objects.get(source=source)
    assert (investment.project, investment.amount_low) == (entities, 1_700_000_000)
    reached = MilestoneDate.objects.get(source=source)
    assert (reached.milestone.kind, reached.date) == ("started", "2022-03")
    part = Participation.objects.get(source=source)
    assert (part.organization.slug, part.role, part.locator) == ("bajiang", "builder", "首段")
    # Drafts move nothing; published, 1.7 billion are added.
    expect_total(page, site, "CNY 5.2 billion to below 13.2 billion")
    publish(page)
    expect_total(page, site, "CNY 6.9 billion to below 14.9 billion")


def focused(page):
    """The name, the id or the text of what has the focus."""
    return page.evaluate(
        """() => {
            const here = document.activeElement;
            return here.name || here.id || here.textContent;
        }"""
    )


def tab_to(page, *wanted, most=80):
    """Press Tab until an element of one of these names, ids or texts has the focus."""
    for _press in range(most):
        if focused(page) in wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {wanted}; at {focused(page)}")


def test_three_statements_by_keyboard(site, entities, open_page):
    page = open_page()
    source = paste(page, site, BY_KEYBOARD, "songling-keys")
    count = page.locator(".work-count")
    expect(count).to_contain_text("0 of 3 passages are statements")
    tab_to(page, "18亿元")
    page.keyboard.press("Enter")
    expect(page.locator("#work-heading")).to_be_focused()
    tab_to(page, "amount_words")
    page.keyboard.type("18亿元")
    page.keyboard.press("Enter")
    expect(count).to_contain_text("1 of 3 passages are statements")
    expect(page.locator("#work-heading")).to_be_focused()
    expect(page.locator("#id_date")).to_have_value("2022年5月")
    tab_to(page, "step-name_en")
    page.keyboard.press("Control+a")
    page.keyboard.type("Construction started")
    page.keyboard.press("Enter")
    expect(count).to_contain_text("2 of 3 passages are statements")
    expect(page.locator("#id_date")).to_have_value("2025年6月")
    tab_to(page, "side")
    page.keyboard.press("Home")
    page.keyboard.type("due")
    tab_to(page, "_save")
    page.keyboard.press("Enter")
    expect(count).to_contain_text("3 of 3 passages are statements")
    assert Investment.objects.get(source=source).amount_low == 1_800_000_000
    dates = MilestoneDate.objects.filter(source=source).order_by("pk")
    assert [(one.milestone.name_en, one.date, one.side) for one in dates] == [
        ("Construction started", "2022-05", "reached"),
        ("Completed", "2025-06", "due"),
    ]


def test_without_scripts(site, entities, open_page):
    source = factories.source(full_text=BY_MOUSE, draft=True, published="2022-06-01")
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/admin/projects/source/{source.pk}/passages/")
    page.locator("a.work-mark", has_text="2022年3月").click()
    expect(page.locator("#id_date")).to_have_value("2022年3月")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".work-count")).to_contain_text("1 of 4 passages are statements")
    page.fill("#work-words", "巴江建工承建")
    page.get_by_role("button", name="Choose").click()
    expect(page.locator("#id_as_written")).to_have_value("巴江建工承建")
    page.get_by_role("button", name="target", exact=True).click()
    expect(page.locator("#id_period")).to_be_visible()
    assert MilestoneDate.objects.filter(source=source).count() == 1


def test_what_was_typed_is_not_left_by_a_slip(site, entities, open_page):
    source = factories.source(full_text=BY_MOUSE, draft=True, published="2022-06-01")
    page = open_page()
    page.goto(f"{site}/admin/projects/source/{source.pk}/passages/")
    page.fill("#id_locator", "首段")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("a.work-mark", has_text="2022年3月").click()
    expect(page.locator("#id_locator")).to_have_value("首段")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("a.work-mark", has_text="2022年3月").click()
    expect(page.locator("#id_date")).to_have_value("2022年3月")


def test_what_depends_on_a_choice_follows_it(site, entities, open_page):
    there = factories.milestone(project=entities, kind="opened", name_en="Opened in full")
    factories.milestone_date(milestone=there, date="2024-11", side="reached")
    source = factories.source(full_text=BY_MOUSE, draft=True, published="2022-06-01")
    page = open_page()
    start = BY_MOUSE.index("2022年3月")
    page.goto(f"{site}/admin/projects/source/{source.pk}/passages/?passage={start}-{start + 7}")
    page.fill("#id_locator", "首段")
    page.select_option("#id_step-kind", "completed")
    expect(page.locator("#id_step-name_en")).to_have_value("Completed")
    page.select_option("#id_step-kind", "opened")
    expect(page.get_by_text("The step is there already: Opened in full")).to_be_visible()
    expect(page.get_by_text("Of the same thing is stated already:")).to_be_visible()
    expect(page.locator("#id_restates_how")).to_have_value("disputed")
    expect(page.locator("#id_locator")).to_have_value("首段")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".work-count")).to_contain_text("1 of 4 passages are statements")
    assert MilestoneDate.objects.get(source=source).milestone == there


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_accessible_and_clean(site, entities, open_page, language, theme, width):
    faults = []
    page = open_page(
        viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme, locale=language
    )
    watch(page, site, faults)
    factories.investment(project=entities, amount="17亿元")
    source = factories.source(full_text=BY_MOUSE, draft=True, published="2022-06-01")
    factories.participation(source=source, project=entities, as_written="由巴江建工承建")
    for words in ("17亿元", "2022年3月", "巴江建工承建"):
        start = BY_MOUSE.index(words)
        chosen = f"?passage={start}-{start + len(words)}"
        page.goto(f"{site}/admin/projects/source/{source.pk}/passages/{chosen}")
        page.locator(".work-legend summary").click()
        faults += violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{words} scrolls sideways")
    assert [fault for fault in faults if not OF_OTHERS.search(fault)] == []


def test_marks_are_told_by_more_than_colour(site, entities, open_page):
    source = factories.source(full_text=BY_MOUSE, draft=True, published="2022-06-01")
    page = open_page()
    page.goto(f"{site}/admin/projects/source/{source.pk}/passages/")
    page.locator(".work-legend summary").click()
    marks = page.locator(".work-legend .work-mark")
    signs = marks.evaluate_all(
        """(all) => all.map((one) => [
            getComputedStyle(one, "::before").content,
            getComputedStyle(one, "::after").content,
            getComputedStyle(one).textDecorationLine,
            getComputedStyle(one).textDecorationStyle,
            getComputedStyle(one).fontWeight,
            getComputedStyle(one).outlineStyle,
        ].join())"""
    )
    assert len(signs) == 10
    assert len(set(signs)) == 10
    assert not [sign for sign in signs if re.fullmatch(r"none,none,none,.*", sign)]
