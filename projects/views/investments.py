"""The table of investments with honest totals, and one total taken apart."""

from dataclasses import replace
from typing import Any, cast

from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from projects.bars import picture, script_data
from projects.filters.of_tables import InvestmentFilter
from projects.filters.sets import FilterSet
from projects.models import Investment
from projects.parameters import Problem
from projects.reports.funding import (
    Key,
    count_without_investment,
    funding,
    funding_of,
    read_line,
    summed,
)
from projects.reports.largest import promised_to_projects
from projects.reports.money import Bar, Way, promised_by
from projects.reports.totals import Reason, investments, left_out, make_up, not_yet
from projects.tables import InvestmentTable
from projects.values.readers import Reader
from projects.views.base import TablePage, TableState

SUMMED = "totals"
"""The parameter that asks for the totals at once, where no script asks for them afterwards."""


class InvestmentList(TablePage):
    """The table of investments."""

    template_name = "projects/investment/list.html"
    table_class = InvestmentTable
    filterset_class = InvestmentFilter
    export = "investments"
    narrows_nothing = ("by",)

    def base_rows(self) -> QuerySet[Investment]:
        return self.rows_for(self.parameters.reader)

    def rows_for(self, reader: Reader) -> QuerySet[Investment]:
        """The investments of the scope that are out for a reader."""
        return investments(reader, self.parameters.scope).annotate(
            counted=Case(When(not_counted_because="", then=True), default=Value(False))
        )

    @property
    def known(self) -> tuple[str, ...]:  # type: ignore[override]  # of the class elsewhere
        return (*super().known, SUMMED)

    def context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if not self.sums:
            return super().context(*args, **kwargs)
        filterset, rows, _sorts = self.filtered()
        return {"filterset": filterset, **self.totals(filterset, rows)}

    def render(self, context: dict[str, Any]) -> HttpResponse:
        name = "projects/investment/totals.html" if self.sums else self.template_name
        return self.respond(name, context)

    @property
    def sums(self) -> bool:
        """Whether the page asks for its totals, which come after the list."""
        return self.replaced == "sums"

    def more(self, state: TableState) -> dict[str, Any]:
        text = self.request.GET.get(SUMMED, "")
        if text not in ("", "1"):
            message = _("Write totals=1 to have the totals on the page at once.")
            self.problems.append(Problem(SUMMED, message))
        summed = text == "1"
        totals = self.totals(state.filterset, state.rows) if summed else {}
        return {"summed": summed, **totals}

    def totals(self, filterset: FilterSet, rows: QuerySet[Any]) -> dict[str, Any]:
        """The totals of these rows and their bars."""
        reader, scope = self.parameters.reader, self.parameters.scope
        way = cast(InvestmentFilter, filterset).way
        members = scope.organizations
        sums = self.remembered("sums", lambda: summed(rows, reader, members))

        def split() -> tuple[Bar, ...]:
            if way == Way.PROJECT:
                return promised_to_projects(rows, sums, reader, members)
            return promised_by(way, rows, reader, members)

        drawn = picture(self.remembered(f"bars by {way}", split))
        return {
            "funding": funding_of(sums),
            "without_investment": self.parameters.remembered(
                "without investment", lambda: count_without_investment(reader, scope)
            ),
            "ways": Way.choices,
            "way": way,
            "picture": drawn,
            "script_data": script_data(drawn),
        }


class TotalPage(InvestmentList):
    """One total of the current filter: its parts, what it leaves out, and the totals beside it."""

    template_name = "projects/investment/total.html"
    has_form = False
    line: Key
    judged: QuerySet[Any]

    def context(self, line: str) -> dict[str, Any]:
        try:
            self.line = read_line(line)
        except ValueError:
            raise Http404 from None
        return super().context()

    def filtered(self) -> tuple[FilterSet, QuerySet[Any], list[str]]:
        """The parts of the total; `judged` holds all that the filter lets through."""
        filterset, self.judged, sorts = super().filtered()
        return filterset, self.of_line(self.judged).filter(not_counted_because=""), sorts

    def of_line(self, rows: Any) -> QuerySet[Any]:
        """Those of this total."""
        found: QuerySet[Any] = rows.of_line(*self.line)
        return found

    def more(self, state: TableState) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        totals = self.remembered(
            "funding", lambda: funding(self.judged, reader, scope.organizations)
        )
        line = totals.line(self.line)
        return {
            "line": line,
            "others": [one for one in totals.lines if one.key != self.line],
            "make_up": self.remembered(f"make-up {line.code}", lambda: make_up(state.rows)),
            "left_out": self.remembered(f"left out {line.code}", self.reasons),
        }

    def reasons(self) -> list[Reason]:
        """What the total leaves out, by the reason why."""
        as_of = self.parameters.reader.as_of
        reasons = left_out(self.of_line(self.judged))
        if as_of is not None:
            later = self.filterset_class(
                self.request.GET,
                queryset=self.rows_for(replace(self.parameters.reader, as_of=None)),
            )
            reasons += (not_yet(self.of_line(later.qs), as_of),)
        return [reason for reason in reasons if reason.count]
