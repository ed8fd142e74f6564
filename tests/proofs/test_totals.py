"""Every total is what the rows add up to, to the last yuan."""

from random import Random

import pytest

from projects.models import Investment
from projects.models.derived import derive
from projects.reports.funding import funding, promised_by_project
from projects.reports.money import Way, promised_by, together
from projects.reports.scope import narrow
from projects.values.amounts import Amount
from tests import factories
from tests.exports.reading import by, lines
from tests.reports.conftest import EVERYTHING, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

ROWS, FEW = 10_000, 2_000
MOST = 10**13 - 1
"""Two thousand of these are more than a binary float can count one by one."""


def exact(yuan):
    return Amount(yuan, yuan)


def test_no_total_is_off_by_a_yuan(figure, full_size):
    random = Random(12)
    shared = factories.investment(amount="1000元").project
    source = factories.source()
    yuan = [MOST - random.randrange(10**6) for _ in range((ROWS if full_size else FEW) - 1)]
    made = Investment.objects.bulk_create(
        Investment(
            key=f"k{number}", project=shared, source=source, as_written="x", unit="CNY",
            amount_low=amount, amount_high=amount,
        )
        for number, amount in enumerate(yuan)
    )  # fmt: skip
    derive({Investment: [row.pk for row in made]})
    expected = sum(yuan) + 1000
    assert expected > 2**53

    shown = {
        "overview": together(funding(Investment.objects.all(), TODAY).lines).amount,
        "project": promised_by_project([shared.pk], TODAY)[shared.pk].amount,
    }
    rows = narrow(Investment.objects.all(), EVERYTHING, TODAY)
    for way in Way:
        bars = promised_by(way, rows, TODAY, EVERYTHING.organizations, 20)
        shown[way.value] = exact(sum(bar.line.amount.low for bar in bars))
    line = by("slug", lines("projects"))[shared.slug]
    shown["projects.csv"] = Amount(int(line["promised_low"]), int(line["promised_high"]))
    file = [int(line["amount_low"]) for line in lines("investments")]
    shown["investments.csv"] = exact(sum(file))

    wrong = {name: amount for name, amount in shown.items() if amount != exact(expected)}
    what = "totals of 10,000 rows that differ from what Python adds up"
    figure("D12", what, f"{len(wrong)} of {len(shown)}", "0")
    assert wrong == {}
