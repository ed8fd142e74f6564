"""Sentences about an indicator, composed of judged values in the page's language."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.languages import page_language
from projects.models import Indicator, Observation, Target
from projects.reports.performance import Growth, GrowthNeeded, TargetResult
from projects.values.dates import Period
from projects.values.verdicts import Outcome

IN_QUESTION = (Observation.Status.PRELIMINARY, Observation.Status.FORECAST)


def verdict_sentence(result: TargetResult, to_date: Observation | None = None) -> str:
    """The verdict of a target in one sentence, with what it rests on, or what is known so far."""
    clauses = [_decision(result)]
    if result.verdict.outcome == "not_decided":
        clauses += [_outlook(result), _so_far(to_date)]
    clauses.append(_by_the_wider(result))
    return _("; ").join(clause for clause in clauses if clause)


def verdicts_summary(results: Sequence[TargetResult]) -> str:
    """How many of several targets are met, missed and not decided; empty for fewer than two."""
    if len(results) < 2:
        return ""
    counts = Counter(result.verdict.outcome for result in results)
    words: dict[Outcome, str] = {
        "met": _("%(count)s met"),
        "missed": _("%(count)s missed"),
        "not_decided": _("%(count)s not decided"),
    }
    found = [
        text % {"count": counts[outcome]} for outcome, text in words.items() if counts[outcome]
    ]
    total = ngettext("%(count)s target", "%(count)s targets", len(results))
    return total % {"count": len(results)} + _(": ") + _(", ").join(found)


def chart_label(indicator: Indicator, verdicts: Iterable[str]) -> str:
    """What a chart says to those who do not see it: whose it is, and the verdicts."""
    return _("; ").join([_("Chart of %(name)s") % {"name": indicator.name}, *verdicts])


def growth_words(growth: Growth | None) -> str:
    """Growth in percent with its sign: +17.1%, or both bounds; empty where it is not known."""
    if growth is None:
        return ""
    low, high = growth.low, growth.high
    if low is not None and high is not None:
        if low == high:
            return _signed(low)
        return _("%(low)s to %(high)s") % {"low": _signed(low), "high": _signed(high)}
    if low is not None:
        return _("at least %(growth)s") % {"growth": _signed(low)}
    return _("at most %(growth)s") % {"growth": _signed(high)} if high is not None else ""


def growth_since_words(observation: Observation) -> str:
    """Growth that a publication states since an earlier time: +77% since 2021."""
    since = Period(observation.growth_since).format(page_language())
    return _("%(growth)s since %(since)s") % {
        "growth": _signed(observation.growth or Decimal(0)),
        "since": since,
    }


def growth_needed_sentence(needed: GrowthNeeded) -> str:
    """The yearly growth from the last final figure to the next target."""
    return _(
        "From %(last)s (%(last_period)s, final) to the next target, %(target)s "
        "(%(target_period)s), it takes growth of %(growth)s a year."
    ) % {
        "last": _amount(needed.last),
        "last_period": _period(needed.last),
        "target": _amount(needed.target),
        "target_period": _period(needed.target),
        "growth": f"{_plain(needed.per_year)}%",
    }


def _decision(result: TargetResult) -> str:
    """What is decided, or why nothing is."""
    words = {"period": _period(result.target), "target": _amount(result.target)}
    if result.decided_by is not None:
        words |= {"final": _amount(result.decided_by), "attainment": _attainment(result)}
        return _decided(result.verdict.outcome, bool(words["attainment"])) % words
    if not result.target.period:
        if not words["period"]:
            return _("Not dated: not decided; target %(target)s") % words
        return _("Not dated, “%(period)s”: not decided; target %(target)s") % words
    known = result.best_known
    if known is None or known.status != Observation.Status.FINAL:
        return _("%(period)s: not decided, no final figure (target: %(target)s)") % words
    words["final"] = _amount(known)
    if known.amount_approximate or result.target.amount_approximate:
        return (
            _("%(period)s: not decided, final %(final)s against %(target)s is only approximate")
            % words
        )
    return (
        _("%(period)s: not decided, final %(final)s leaves open whether %(target)s was reached")
        % words
    )


def _decided(outcome: str, with_attainment: bool) -> str:
    if outcome == "met":
        if with_attainment:
            return _("%(period)s: met at %(attainment)s (final %(final)s against %(target)s)")
        return _("%(period)s: met (final %(final)s against %(target)s)")
    if with_attainment:
        return _("%(period)s: missed at %(attainment)s (final %(final)s against %(target)s)")
    return _("%(period)s: missed (final %(final)s against %(target)s)")


def _attainment(result: TargetResult) -> str:
    low, high = result.verdict.attainment_low, result.verdict.attainment_high
    if low is None or high is None:
        return ""
    return f"{low}%" if low == high else f"{low}–{high}%"


def _outlook(result: TargetResult) -> str:
    """What the best figure before a final one promises."""
    known = result.best_known
    if known is None or known.status not in IN_QUESTION:
        return ""
    words = {"status": known.get_status_display(), "amount": _amount(known)}
    if result.verdict.outlook == "met":
        return _("%(status)s %(amount)s: outlook met") % words
    if result.verdict.outlook == "behind":
        return _("%(status)s %(amount)s: behind") % words
    return _("%(status)s %(amount)s: outlook open") % words


def _so_far(to_date: Observation | None) -> str:
    if to_date is None:
        return ""
    words = {"amount": _amount(to_date), "period": _period(to_date)}
    return _("to date %(amount)s (%(period)s)") % words


def _by_the_wider(result: TargetResult) -> str:
    """What the verdict would have been by the wider indicator, and which one that is."""
    outcome = result.verdict.wider_outcome
    if result.wider is None or outcome not in ("met", "missed"):
        return ""
    words = {"name": result.wider.indicator.name, "amount": _amount(result.wider)}
    if outcome == result.verdict.outcome:
        if outcome == "met":
            return _("the wider measure %(name)s, %(amount)s, would have met it too") % words
        return _("the wider measure %(name)s, %(amount)s, would have missed it too") % words
    if outcome == "met":
        return _("the wider measure %(name)s, %(amount)s, would have met it") % words
    return _("the wider measure %(name)s, %(amount)s, would have missed it") % words


def _amount(row: Target | Observation) -> str:
    return row.amount.format(page_language())


def _period(row: Target | Observation) -> str:
    if row.stretch is not None:
        return row.stretch.format(page_language())
    return row.period_as_written if isinstance(row, Target) else ""


def _signed(percent: Decimal) -> str:
    sign = "−" if percent < 0 else "+"
    return f"{sign}{_plain(abs(percent))}%"


def _plain(number: Decimal) -> str:
    """Without the zeros that a column of the database adds."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
