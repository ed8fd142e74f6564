"""Builders of the CheckConstraints that tie paired columns together.

`CHECK (low <= high)` lets a half-filled pair through, because a comparison with NULL is not false.
So every builder names each null state that may be stored, and no others.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, F, Q, UniqueConstraint, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MONEY_LIMIT = 10**13
"""The largest bound of an investment, in whole units of its currency (10万亿)."""


def amount_state(model: str, prefix: str = "amount") -> CheckConstraint:
    """Allow the four states of an amount: not stated, from, up to, between."""
    low, high = f"{prefix}_low", f"{prefix}_high"
    low_included, high_included = f"{prefix}_low_included", f"{prefix}_high_included"
    no_low = Q(**{f"{low}__isnull": True, low_included: False})
    no_high = Q(**{f"{high}__isnull": True, high_included: False})
    a_low, a_high = Q(**{f"{low}__isnull": False}), Q(**{f"{high}__isnull": False})
    ordered = Q(**{f"{low}__lt": F(high)})
    exact = Q(**{low: F(high), low_included: True, high_included: True})
    not_stated = no_low & no_high & Q(**{f"{prefix}_approximate": False})
    return CheckConstraint(
        condition=not_stated
        | (a_low & no_high)
        | (no_low & a_high)
        | (a_low & a_high & (ordered | exact)),
        name=f"{model}_{prefix}_state",
        violation_error_message=_(
            "An amount is not stated, has a lower bound, an upper bound, or both in order. "
            "An open bound is not included; equal bounds are both included."
        ),
    )


def money_range(model: str, prefix: str = "amount") -> CheckConstraint:
    """Keep the bounds of money between nothing and the limit, so that sums fit 64 bits."""
    low, high = f"{prefix}_low", f"{prefix}_high"
    return CheckConstraint(
        condition=(Q(**{f"{low}__isnull": True}) | Q(**{f"{low}__range": (0, MONEY_LIMIT)}))
        & (Q(**{f"{high}__isnull": True}) | Q(**{f"{high}__range": (0, MONEY_LIMIT)})),
        name=f"{model}_{prefix}_range",
        violation_error_message=_(
            "Money is entered in whole units, from 0 up to 10,000,000,000,000."
        ),
    )


def date_state(model: str, name: str) -> CheckConstraint:
    """Tie an EDTF text to its bounds: no text, no bounds; a text, one bound or two in order."""
    earliest, latest = f"{name}_earliest", f"{name}_latest"
    none = Q(**{name: "", f"{earliest}__isnull": True, f"{latest}__isnull": True})
    first_only = Q(**{f"{earliest}__isnull": False, f"{latest}__isnull": True})
    last_only = Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": False})
    both = Q(
        **{
            f"{earliest}__isnull": False,
            f"{latest}__isnull": False,
            f"{earliest}__lte": F(latest),
        }
    )
    return CheckConstraint(
        condition=none | (~Q(**{name: ""}) & (first_only | last_only | both)),
        name=f"{model}_{name}_state",
        violation_error_message=_("The first and last day do not belong to the date given."),
    )


def exactly_one(model: str, first: str, second: str, message: "StrOrPromise") -> CheckConstraint:
    """Require exactly one of two references."""
    return CheckConstraint(
        condition=Q(**{f"{first}__isnull": False, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": True, f"{second}__isnull": False}),
        name=f"{model}_{first}_or_{second}",
        violation_error_message=message,
    )


def restates_state(model: str) -> CheckConstraint:
    """Say how exactly where a statement restates another one, and never itself."""
    return CheckConstraint(
        condition=Q(restates__isnull=True, restates_how="")
        | (Q(restates__isnull=False) & ~Q(restates_how="") & ~Q(restates=F("id"))),
        name=f"{model}_restates_state",
        violation_error_message=_(
            "A statement that restates another one says how; one that stands says nothing of it."
        ),
    )


def proposed_state(model: str) -> CheckConstraint:
    """Let only a statement that restates another one be proposed to stand instead of it."""
    return CheckConstraint(
        condition=Q(proposed="") | Q(restates__isnull=False),
        name=f"{model}_proposed_state",
        violation_error_message=_("Say what it restates: it is to stand instead of that."),
    )


def not_itself(model: str, name: str, message: "StrOrPromise") -> CheckConstraint:
    """Refuse a reference of a row to itself."""
    return CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | ~Q(**{name: F("id")}),
        name=f"{model}_{name}_not_itself",
        violation_error_message=message,
    )


def one_stands_in_period(model: str, *columns: str, message: "StrOrPromise") -> UniqueConstraint:
    """Refuse a second standing statement of the same columns and days, however they are written."""
    return UniqueConstraint(
        *columns,
        # A database takes two open ends for different ones.
        Coalesce("period_earliest", Value(date.min)),
        Coalesce("period_latest", Value(date.max)),
        condition=Q(restates__isnull=True) & ~Q(period=""),
        name=f"{model}_one_stands",
        violation_error_message=message,
    )


def web_address(model: str, name: str) -> CheckConstraint:
    """Refuse addresses that a browser would run: only http and https are stored."""
    return CheckConstraint(
        condition=Q(**{name: ""})
        | Q(**{f"{name}__startswith": "http://"})
        | Q(**{f"{name}__startswith": "https://"}),
        name=f"{model}_{name}_scheme",
        violation_error_message=_("An address begins with http:// or https://."),
    )
