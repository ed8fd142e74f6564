"""A source is published with all it states, and what it proposes comes to stand only then."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import translation

from projects.models import STATEMENTS, Investment, RestatesHow, Side, Source
from projects.models.publishing import publish, unpublish
from projects.models.swapping import let_stand
from projects.reports.funding import funding
from projects.reports.performance import indicators, performances
from projects.reports.portfolio import portfolio
from projects.values.scopes import Scope
from tests import factories as make
from tests.models.builders import ANY_STATEMENT, restating
from tests.reports.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return User.objects.create_user("lin")


@pytest.fixture
def draft():
    return make.source(slug="draft", draft=True)


def stands(row: Model) -> tuple[str, str, str]:
    """What it restates (by key), how, and what it proposes."""
    row.refresh_from_db()
    return (row.restates.key if row.restates else "", row.restates_how, row.proposed)


def headline() -> tuple[int | None, int | None]:
    amount = funding(Investment.objects.all(), TODAY).headline.amount
    return amount.low, amount.high


@ANY_STATEMENT
def test_what_is_proposed_stands_with_its_source(build, publisher, draft):
    standing = build(key="first")
    rival = restating(standing, build, "disputed", key="new", source=draft, proposed="superseded")
    assert stands(rival) == ("first", "disputed", "superseded")
    publish(draft, reason="年报已核对\0 ", user=publisher)
    assert not Source.objects.get(slug="draft").draft
    assert stands(rival) == ("", "", "")
    assert stands(standing) == ("new", "superseded", "")
    for row in (draft, rival, standing):
        newest = row.history.first()
        assert newest.history_change_reason == "年报已核对"
        assert newest.history_user == publisher
    rival.full_clean()
    standing.full_clean()


@pytest.mark.parametrize(
    ("site", "words"),
    [("en", "Published together with its source."), ("zh-hans", "随来源一并发布。")],
)
def test_a_reason_is_put_down_where_none_was_typed(publisher, draft, settings, site, words):
    """In the language of the site, not in that of who publishes."""
    settings.LANGUAGE_CODE = site
    standing = make.investment()
    rival = restating(
        standing, make.investment, "disputed", source=draft, proposed="disputed", amount="2亿元"
    )
    with translation.override("en" if site == "zh-hans" else "zh-hans"):
        publish(draft, reason="  ", user=publisher)
    assert rival.history.first().history_change_reason == words
    assert standing.history.first().history_change_reason == words
    assert not draft.history.first().history_change_reason


def test_until_then_it_takes_nothing_out_of_a_total(publisher, draft):
    standing = make.investment(amount="3亿元")
    restating(
        standing, make.investment, "disputed", source=draft, proposed="superseded", amount="5亿元"
    )
    assert headline() == (300_000_000, 300_000_000)
    publish(draft, reason="", user=publisher)
    assert headline() == (500_000_000, 500_000_000)


def test_nor_moves_a_stage_or_a_verdict(publisher, draft):
    project = make.project()
    step = make.milestone(project=project, kind="started")
    reached = make.milestone_date(milestone=step, side=Side.REACHED, date="2019-05")
    restating(
        reached, make.milestone_date, "disputed", source=draft, proposed="disputed", date="2020-01"
    )
    indicator = make.indicator()
    make.target(indicator=indicator, amount="不低于100亿元", period="2020")
    seen = make.observation(indicator=indicator, amount="90亿元", period="2020")
    restating(
        seen, make.observation, "disputed", source=draft, proposed="superseded", amount="110亿元"
    )

    def judged():
        since = portfolio(TODAY, Scope()).get(pk=project.pk).stage_since
        (performance,) = performances(indicators(TODAY, Scope()), TODAY)
        return str(since), performance.targets[0].verdict.outcome

    assert judged() == ("2019-05", "missed")
    publish(draft, reason="", user=publisher)
    assert judged() == ("2020-01", "met")


def test_what_is_not_proposed_keeps_its_place(publisher, draft):
    standing = make.investment(key="first")
    rival = restating(standing, make.investment, "disputed", source=draft)
    publish(draft, reason="", user=publisher)
    assert stands(rival) == ("first", "disputed", "")


class TestRefusing:
    """Nothing is stored then, neither of the source nor of a group."""

    def refused(self, source, user, **more) -> ValidationError:
        before = [list(model.objects.order_by("pk").values()) for model in (Source, *STATEMENTS)]
        with pytest.raises(ValidationError) as error:
            publish(source, reason="", user=user, **more)
        after = [list(model.objects.order_by("pk").values()) for model in (Source, *STATEMENTS)]
        assert after == before
        return error.value

    def test_values_that_do_not_agree_are_named(self, publisher, draft):
        """With every one that cannot stand, though another one could."""
        for key, proposed in (("one", "repeats"), ("two", "repeats"), ("fine", "disputed")):
            standing = make.investment(amount="1亿元")
            restating(
                standing, make.investment, "disputed",
                source=draft, key=key, amount="2亿元", proposed=proposed,
            )  # fmt: skip
        with translation.override("en"):
            error = self.refused(draft, publisher)
        assert [message.partition(":")[0] for message in error.messages] == [
            "one cannot stand",
            "two cannot stand",
        ]
        assert "do not agree" in error.messages[0]

    def test_two_that_are_to_stand_in_one_group(self, publisher, draft):
        standing = make.investment()
        for key in ("one", "two"):
            restating(
                standing, make.investment, "disputed", source=draft, key=key, proposed="disputed"
            )
        with translation.override("en"):
            assert self.refused(draft, publisher).messages == [
                "two cannot stand: Another statement stands by now: look at the group again and "
                "choose anew."
            ]

    def test_a_group_that_changed_since_it_was_seen(self, publisher, draft):
        standing = make.investment()
        rival = restating(standing, make.investment, "disputed")
        new = restating(standing, make.investment, "disputed", source=draft, proposed="disputed")
        seen = {(new.code, standing.pk)}
        becomes = RestatesHow.DISPUTED
        let_stand(rival, instead_of=standing.pk, becomes=becomes, reason="x", user=publisher)
        self.refused(draft, publisher, seen=seen)
        publish(
            Source.objects.get(pk=draft.pk), reason="", user=publisher, seen={(new.code, rival.pk)}
        )
        assert stands(new)[0] == ""

    def test_a_source_that_changed_since_it_was_read(self, publisher, draft):
        other = Source.objects.get(pk=draft.pk)
        other.title = "改过的标题"
        other.save()
        self.refused(draft, publisher)

    def test_what_is_published_already(self, publisher):
        self.refused(make.source(), publisher)


class TestUnpublishing:
    def test_takes_a_reason(self, publisher):
        source = make.source()
        for reason in ("", "  ", "\0"):
            with pytest.raises(ValidationError) as error:
                unpublish(source, reason=reason, user=publisher)
            assert list(error.value.message_dict) == ["reason"]
        assert not Source.objects.get(pk=source.pk).draft

    def test_keeps_it_in_the_history(self, publisher):
        source = make.source()
        make.investment(source=source)
        unpublish(source, reason="原文已撤回", user=publisher)
        assert Source.objects.get(pk=source.pk).draft
        assert source.history.first().history_change_reason == "原文已撤回"
        assert headline() == (None, None)

    def test_is_refused_for_a_draft_and_for_an_old_version(self, publisher, draft):
        with pytest.raises(ValidationError):
            unpublish(draft, reason="x", user=publisher)
        source = make.source()
        source.version = 7
        with pytest.raises(ValidationError):
            unpublish(source, reason="x", user=publisher)
        assert not Source.objects.get(pk=source.pk).draft
