"""A publisher chooses which of rivals stands; the group follows whole, with the reason kept."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command

from projects.models import Investment, InvestmentOrganization, RestatesHow, Side
from projects.models.swapping import let_stand
from tests import factories as make
from tests.models.builders import ANY_STATEMENT, restating

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return User.objects.create_user("lin")


def swap(statement, standing, user, becomes=RestatesHow.DISPUTED, reason="由公司公告确认"):
    let_stand(statement, instead_of=standing.pk, becomes=becomes, reason=reason, user=user)


def group(*rows):
    """Each row's place in the group: the key of what it restates, and how."""
    for row in rows:
        row.refresh_from_db()
    return [(row.restates and row.restates.key, row.restates_how) for row in rows]


@ANY_STATEMENT
def test_the_chosen_one_stands_and_the_other_restates_it(build, publisher):
    standing = build(key="first")
    rival = restating(standing, build, RestatesHow.DISPUTED, key="second")
    swap(rival, standing, publisher)
    assert group(standing, rival) == [("second", "disputed"), (None, "")]
    standing.full_clean()
    rival.full_clean()


def test_it_may_be_superseded_instead(publisher):
    standing = make.investment(key="first")
    rival = restating(standing, make.investment, RestatesHow.DISPUTED, key="second")
    swap(rival, standing, publisher, RestatesHow.SUPERSEDED)
    assert group(standing, rival) == [("second", "superseded"), (None, "")]


def test_the_others_of_the_group_follow(publisher):
    step = make.milestone()
    standing = make.milestone_date(key="may", milestone=step, side=Side.DUE, date="2021-05")
    same = {"milestone": step, "side": Side.DUE, "restates": standing}
    repeats = make.milestone_date(key="again", date="2021-05", restates_how="repeats", **same)
    june = make.milestone_date(key="june", date="2021-06", restates_how="disputed", **same)
    also_june = make.milestone_date(key="tenth", date="2021-06-10", restates_how="disputed", **same)
    earlier = make.milestone_date(key="old", date="2020", restates_how="superseded", **same)
    swap(june, standing, publisher)
    assert group(standing, repeats, june, also_june, earlier) == [
        ("june", "disputed"),
        ("june", "disputed"),
        (None, ""),
        ("june", "repeats"),
        ("june", "superseded"),
    ]
    for row in (standing, repeats, june, also_june, earlier):
        row.full_clean()


def test_a_part_of_a_larger_one_stays_a_part(publisher):
    project = make.project()
    whole = make.investment(project=project, amount="10亿元")
    standing = make.investment(project=project, amount="3亿元", part_of=whole)
    rival = make.investment(
        project=project, amount="4亿元", restates=standing, restates_how="disputed"
    )
    swap(rival, standing, publisher)
    rival.refresh_from_db()
    assert rival.part_of == whole
    rival.full_clean()


def test_the_parts_of_the_one_that_stood_fit_still(publisher):
    project = make.project()
    standing = make.investment(project=project, amount="10亿元")
    part = make.investment(project=project, amount="3亿元", part_of=standing)
    rival = make.investment(
        project=project, amount="12亿元", restates=standing, restates_how="disputed"
    )
    swap(rival, standing, publisher)
    part.refresh_from_db()
    part.full_clean()


class TestHistory:
    def test_says_who_when_why_and_what_was_before(self, publisher):
        call_command("loaddata", "signing", "follow_ups", verbosity=0)
        standing = Investment.objects.get(restated_by__restates_how="disputed")
        rival = standing.restated_by.get(restates_how="disputed")
        assert not standing.history.exists()  # the fixtures are the first state
        swap(rival, standing, publisher, reason="  年报\0写明  ")
        for row, before, after in (
            (standing, None, rival.pk),
            (rival, standing.pk, None),
        ):
            new, old = row.history.all()
            assert (old.restates_id, new.restates_id) == (before, after)
            assert new.history_change_reason == "年报写明"
            assert (new.history_user, new.history_user_name) == (publisher, "lin")
            assert old.history_change_reason is None
            assert old.history_date < new.history_date

    def test_outlives_the_account(self, publisher):
        standing = make.investment()
        rival = restating(standing, make.investment, RestatesHow.DISPUTED)
        swap(rival, standing, publisher)
        publisher.delete()
        assert rival.history.first().history_user_name == "lin"
        assert rival.history.first().history_user is None


class TestRefusing:
    def refused(self, statement, standing, user, **more):
        rows = list(Investment.objects.order_by("pk").values())
        with pytest.raises(ValidationError) as error:
            swap(statement, standing, user, **more)
        assert list(Investment.objects.order_by("pk").values()) == rows
        return error.value

    @pytest.mark.parametrize("reason", ["", "  ", "\0"])
    def test_without_a_reason(self, publisher, reason):
        standing = make.investment()
        rival = restating(standing, make.investment, RestatesHow.DISPUTED)
        error = self.refused(rival, standing, publisher, reason=reason)
        assert list(error.message_dict) == ["reason"]

    def test_what_stands_already(self, publisher):
        standing = make.investment()
        self.refused(standing, standing, publisher)

    def test_what_is_of_another_group(self, publisher):
        standing, other = make.investment(), make.investment()
        self.refused(other, standing, publisher)

    def test_where_somebody_was_quicker(self, publisher):
        standing = make.investment()
        one, other = (restating(standing, make.investment, RestatesHow.DISPUTED) for _ in range(2))
        swap(one, standing, publisher)
        self.refused(other, standing, publisher)
        other.refresh_from_db()
        assert other.restates == one

    def test_to_repeat_what_does_not_agree(self, publisher):
        project = make.project()
        standing = make.investment(project=project, amount="1亿元")
        rival = make.investment(
            project=project, amount="2亿元", restates=standing, restates_how="disputed"
        )
        error = self.refused(rival, standing, publisher, becomes=RestatesHow.REPEATS)
        assert list(error.message_dict) == ["becomes"]

    def test_leaves_no_half_of_it(self, publisher, monkeypatch):
        standing = make.investment()
        rival = restating(standing, make.investment, RestatesHow.DISPUTED)
        monkeypatch.setattr(Investment, "save", _second_time_broken())
        rows = list(Investment.objects.order_by("pk").values())
        with pytest.raises(RuntimeError):
            swap(rival, standing, publisher)
        assert list(Investment.objects.order_by("pk").values()) == rows
        assert not Investment.history.filter(history_change_reason__isnull=False).exists()


def _second_time_broken():
    """A save that breaks after the first row."""
    store, done = Investment.save, []

    def save(row, *args, **kwargs):
        if done:
            raise RuntimeError
        done.append(row)
        store(row, *args, **kwargs)

    return save


def test_joint_investors_decide_whether_a_repetition_still_agrees(publisher):
    project, cec, other = make.project(), make.organization(), make.organization()
    standing = make.investment(project=project, organizations=[cec])
    repeats = make.investment(
        project=project, organizations=[cec], restates=standing, restates_how="repeats"
    )
    rival = make.investment(
        project=project, organizations=[other], restates=standing, restates_how="disputed"
    )
    swap(rival, standing, publisher)
    assert [how for _key, how in group(standing, repeats, rival)] == ["disputed", "disputed", ""]
    assert InvestmentOrganization.objects.count() == 3
