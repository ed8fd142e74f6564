"""The method: how words become bounds, what is counted, and how verdicts fall."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from projects.languages import page_language
from projects.values import examples
from projects.views.base import Page

SECTIONS = {
    "statements": _("What a statement is"),
    "amounts": _("How an amount is read and written"),
    "dates": _("How a date is read and written"),
    "absence": _("Not stated is not zero"),
    "groups": _("Statements about the same thing"),
    "parts": _("Parts of a larger investment"),
    "totals": _("What enters a total"),
    "delivery": _("Stages and milestones"),
    "silence": _("Silence"),
    "verdicts": _("Targets and verdicts"),
    "growth": _("Growth"),
    "day": _("As of a day"),
    "rivals": _("Preferring a rival"),
    "coverage": _("What is covered and what is not"),
    "citing": _("How to cite and export"),
}
"""The title of each section by its anchor, in the order of the page."""

RULES = {
    "exact": _("exact figures"),
    "several": _("several of a scale: from twice to below ten times"),
    "odd": _("so many and some more; one number or the next"),
    "range": _("ranges, both ends included"),
    "at_least": _("at least; the bound included, open above"),
    "above": _("above; the bound not included, open above"),
    "below": _("below; the bound not included, open below"),
    "up_to": _("up to; the bound included, open below"),
    "about": _("about; no margin is invented"),
    "not_stated": _("nothing stated"),
    "as_said": _("with a year: as they say"),
    "seen": _("without a year: seen from the day of publication"),
    "third": _("early, mid and late: four months each"),
    "by": _("by a day: open before, up to the last day"),
    "part": _("halves, quarters and thirds of a month"),
    "ahead": _("ahead, counted from the publication"),
    "counted_from": _("ahead, counted from a day that the editor names"),
}
"""What each rule of the table of words does, by its code."""

FILES = (
    *("projects", "organizations", "agreements", "investments", "milestones", "indicators"),
    *("sources", "places", "sectors", "participations", "agreement-parties", "milestone-dates"),
    *("targets", "observations"),
)
"""The tables that can be taken away as files."""


class MethodPage(Page):
    """The method in the page's language, with the table of words as the readers read it now."""

    @property
    def template_name(self) -> str:  # type: ignore[override]  # of the class elsewhere
        return f"projects/method/{page_language()}.html"

    def context(self) -> dict[str, Any]:
        language = page_language()
        return {
            "sections": SECTIONS,
            "amounts": _labelled(examples.amount_groups(language)),
            "refused_amounts": examples.refused_amounts(language),
            "dates": _labelled(examples.date_groups(language)),
            "refused_dates": examples.refused_dates(language),
            "published": examples.PUBLISHED,
            "counted_from": examples.COUNTED_FROM,
            "silence_months": settings.SILENCE_MONTHS,
            "files": FILES,
        }


def _labelled(groups: Iterable[examples.Group]) -> list[tuple[str, tuple[examples.Example, ...]]]:
    """Each rule in the page's language with its examples."""
    return [(str(RULES[group.code]), group.examples) for group in groups]
