"""Every way to split a random small portfolio, against the same told apart in plain Python."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects import models
from projects.models.investments import HEADLINE
from projects.reports.funding import funding, summed
from projects.reports.largest import headline_of, promised_to_largest, promised_to_projects
from projects.reports.money import Way, promised_by, together
from projects.reports.portfolio import portfolio_counts, silent_and_largest
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories as make
from tests.reports.brute_force import Recount
from tests.reports.storing import store
from tests.reports.strategies import questions, worlds

EXAMPLES = int(os.environ.get("RECOUNT_EXAMPLES", "25"))
YEARS = {
    "": "not_dated",
    "2016": "2016",
    "2020-04-26": "2020",
    "2019/2020": "between",
    "2020-04/..": "between",
    "../2020-04": "between",
}
SOME = st.lists(st.sampled_from(("one", "other")), unique=True, max_size=2)


class Furnished:
    """A stored portfolio with sectors, places and dates, and the code of each investment's bar."""

    def __init__(self, data, world):
        self.world = world
        sectors = {slug: make.sector(slug=slug) for slug in ("one", "other")}
        places = {slug: make.place(slug=slug) for slug in ("one", "other")}
        self.sectors, self.places, self.years = {}, {}, {}
        for project in models.Project.objects.all():
            self.sectors[project.pk, None] = data.draw(SOME)
            self.places[project.pk] = data.draw(SOME)
            for slug in self.sectors[project.pk, None]:
                project.projectsector_set.create(sector=sectors[slug])
            for slug in self.places[project.pk]:
                project.projectplace_set.create(place=places[slug])
        for agreement in models.Agreement.objects.all():
            self.sectors[None, agreement.pk] = data.draw(SOME)
            for slug in self.sectors[None, agreement.pk]:
                agreement.agreementsector_set.create(sector=sectors[slug])
        for investment in models.Investment.objects.all():
            investment.date = data.draw(st.sampled_from(list(YEARS)))
            investment.save()
            self.years[investment.pk] = YEARS[investment.date]

    def code(self, way, one):
        match way:
            case Way.PROJECT:
                return f"p{one.project}" if one.project else "none"
            case Way.GROUP:
                return _only({f"o{self._root(member)}" for member in one.organizations})
            case Way.SECTOR:
                return _only(self.sectors[one.project, one.agreement])
            case Way.PLACE:
                return _only(self.places.get(one.project, ()))
        return self.years[one.id]

    def _root(self, member):
        drafts = {one.id for one in self.world.sources if one.draft}
        parents = {
            one.id: None if one.source in drafts else one.parent for one in self.world.organizations
        }
        while parents[member] is not None:
            member = parents[member]
        return member


def _only(slugs):
    return "several" if len(slugs) > 1 else next(iter(slugs), "none")


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_bars_are_the_recount_and_add_up(data):
    world = data.draw(worlds(), label="world")
    question = data.draw(questions(world), label="question")
    reader = Reader(question.today, question.as_of, question.prefer)
    recount = Recount(world, question)
    most = data.draw(st.integers(0, 2), label="most")
    with transaction.atomic():
        store(world)
        furnished = Furnished(data, world)
        rows = narrow(models.Investment.objects.all(), Scope(recount.members), reader)
        headline = funding(rows, reader, recount.members).headline
        if reader.plain and recount.members is None:
            assert _of_largest(rows, reader, most) == promised_by(
                Way.PROJECT, rows, reader, None, most
            )
        asked = data.draw(st.integers(1, 3), label="asked")
        some = rows.filter(
            basis__in=data.draw(st.sets(st.sampled_from(models.Investment.Basis.values)))
        )
        assert promised_to_projects(
            some, summed(some, reader, recount.members), reader, recount.members, most, asked
        ) == promised_by(Way.PROJECT, some, reader, recount.members, most)
        for way in Way:
            bars = promised_by(way, rows, reader, recount.members)
            found = {bar.code: (bar.line.amount, bar.line.parts) for bar in bars}
            assert found == expected(recount, furnished, way), way
            fewer = promised_by(way, rows, reader, recount.members, most)
            for shown in (bars, fewer):
                assert together(bar.line for bar in shown) == headline, way
        transaction.set_rollback(True)


def _of_largest(rows, reader, most):
    _silent, largest = silent_and_largest(reader, Scope(), most, most)
    promised = portfolio_counts(reader, Scope()).promised
    own = headline_of([one.pk for one in largest], rows, reader)
    return promised_to_largest(summed(rows, reader), own, promised)


def expected(recount, furnished, way):
    """The headline of the investments of each code."""
    counted = [one for one in recount.investments if recount.counts_in_headline(one)]
    by_code = {}
    for one in counted:
        by_code.setdefault(furnished.code(way, one), []).append(one)
    return {code: recount.lines(some)[HEADLINE] for code, some in by_code.items()}
