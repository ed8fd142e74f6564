"""Columns of the admin's lists: a value in words, where it comes from, and whether it stands."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.languages import page_language
from projects.models import Statement
from projects.models.columns import AmountColumns, DateColumns, PeriodColumns


@admin.display(description=_("amount"), ordering="amount_low")
def amount(statement: AmountColumns) -> str:
    """The amount with every digit."""
    return statement.amount.format(page_language())


@admin.display(description=_("date"), ordering="date_earliest", empty_value="–")
def date(statement: DateColumns) -> str:
    """The date with its bounds."""
    return statement.when.format(page_language()) if statement.when else ""


@admin.display(description=_("period"), ordering="period_earliest", empty_value="–")
def period(statement: PeriodColumns) -> str:
    """The period with its bounds."""
    return statement.stretch.format(page_language()) if statement.stretch else ""


@admin.display(description=_("standing"), ordering="restates")
def standing(statement: Statement) -> str:
    """That it stands, or how it restates which other one."""
    if statement.restates is None:
        return str(_("stands"))
    return f"{statement.get_restates_how_display()}: {statement.restates.key}"


@admin.display(description=_("draft"), ordering="source__draft", boolean=True)
def source_draft(statement: Statement) -> bool:
    """Whether its source is a draft, so that it appears nowhere on the site."""
    return statement.source.draft
