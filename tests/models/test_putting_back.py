"""A record is put back to a state that it was in, with its own links, or not at all."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F

from projects.models import Investment, InvestmentOrganization, Place, Project, ProjectPlace, Source
from projects.models.past import Past
from projects.models.putting_back import put_back, to_be
from projects.models.versions import StaleRow
from tests import factories

pytestmark = pytest.mark.django_db


def states(row_or_model, pk=None):
    """The past of a record, and its changes from the first to the last."""
    model = row_or_model if pk else type(row_or_model)
    past = Past(model, pk or row_or_model.pk)
    return past, past.moments


def back(past, moment, version):
    put_back(to_be(past, moment), version=version, reason="back", user=None)


def places(project):
    return set(ProjectPlace.objects.filter(project=project).values_list("place", flat=True))


class TestState:
    def test_has_the_links_of_its_time(self):
        one, two = factories.place(), factories.place()
        project = factories.project(places=[one])
        ProjectPlace.objects.create(project=project, place=two)
        ProjectPlace.objects.get(place=one).delete()
        past, _moments = states(project)
        ends = range(-1, len(past.events))
        assert [set(past.links_at(end)[ProjectPlace].values()) for end in ends] == [
            set(),
            set(),
            {one.pk},
            {one.pk, two.pk},
            {two.pk},
        ]

    def test_of_links_without_history_is_that_they_were_always_there(self):
        one, two = factories.place(), factories.place()
        project = factories.project(places=[one, two])
        for model in (Project, ProjectPlace):
            model.history.all().delete()
        project.save()
        ProjectPlace.objects.get(place=two).delete()
        past, moments = states(project)
        first = past.state(moments[0])
        assert set(first.links[ProjectPlace].values()) == {one.pk, two.pk}

    def test_of_a_link_that_led_elsewhere_is_where_it_led(self):
        one, two = factories.place(), factories.place()
        project = factories.project(places=[one])
        ProjectPlace.history.all().delete()
        link = ProjectPlace.objects.get()
        link.place = two
        link.save()
        tomorrow = F("history_date") + timedelta(days=1)
        ProjectPlace.history.update(history_date=tomorrow)
        past, moments = states(project)
        assert set(past.state(moments[0]).links[ProjectPlace].values()) == {one.pk}
        assert set(past.state(moments[-1]).links[ProjectPlace].values()) == {two.pk}

    def test_of_a_deletion_is_the_one_before_it(self):
        spot = factories.place()
        project = factories.project(name_en="Chip park", places=[spot])
        pk = project.pk
        project.delete()
        past, moments = states(Project, pk)
        state = past.state(moments[-1])
        assert state.row.name_en == "Chip park"
        assert set(state.links[ProjectPlace].values()) == {spot.pk}


class TestPuttingBack:
    def test_restores_every_column_and_counts_on(self):
        row = factories.source(title="Old", author="Lin", published="2019-05", full_text="一")
        row.title, row.author, row.published, row.full_text = "New", "", "2020", "二"
        row.save()
        past, moments = states(row)
        back(past, moments[0], 2)
        row.refresh_from_db()
        assert (row.title, row.author, row.published) == ("Old", "Lin", "2019-05")
        assert (str(row.published_latest), row.full_text, row.version) == ("2019-05-31", "一", 3)
        assert row.search_text.split("\n")[1] == "old"

    def test_restores_the_links_and_takes_away_the_others(self):
        one, two, three = (factories.place() for _ in range(3))
        project = factories.project(places=[one, two])
        kept, gone = ProjectPlace.objects.order_by("pk")
        _past, moments = states(project)
        gone.delete()
        ProjectPlace.objects.create(project=project, place=three)
        back(Past(Project, project.pk), moments[-1], 1)
        assert places(project) == {one.pk, two.pk}
        assert ProjectPlace.objects.get(place=one).pk == kept.pk
        assert ProjectPlace.history.filter(history_change_reason="back").count() == 2

    def test_a_stale_version_changes_nothing(self):
        row = factories.place(name_en="Old")
        row.name_en = "New"
        row.save()
        past, moments = states(row)
        for version in (1, 0, 3, None):
            with pytest.raises(StaleRow):
                back(past, moments[0], version)
        row.refresh_from_db()
        assert (row.name_en, row.version, row.history.count()) == ("New", 2, 2)

    def test_a_save_between_the_look_and_the_storing_changes_nothing(self):
        row = factories.place(name_en="Old")
        row.name_en = "New"
        row.save()
        past, moments = states(row)
        state = to_be(past, moments[0])
        Place.objects.get(pk=row.pk).save()
        with pytest.raises(StaleRow):
            put_back(state, version=2, reason="back", user=None)

    def test_leaves_a_publication_published_or_a_draft(self):
        row = factories.source(draft=True, title="Old")
        row.draft, row.title = False, "New"
        row.save()
        past, moments = states(row)
        back(past, moments[0], 2)
        row.refresh_from_db()
        assert (row.title, row.draft) == ("Old", False)

    def test_a_deleted_record_comes_back_under_its_id_and_key(self):
        investor = factories.organization()
        row = factories.investment(key="the-key", organizations=[investor])
        pk, link = row.pk, InvestmentOrganization.objects.get().pk
        row.delete()
        past, moments = states(Investment, pk)
        back(past, moments[-1], None)
        again = Investment.objects.get(pk=pk)
        assert (again.key, again.version) == ("the-key", 3)
        assert InvestmentOrganization.objects.get(investment=again).pk == link
        assert again.history.first().history_type == "+"

    def test_a_deleted_record_does_not_come_back_twice(self):
        spot = factories.place()
        pk = spot.pk
        spot.delete()
        past, moments = states(Place, pk)
        state = to_be(past, moments[-1])
        back(past, moments[-1], None)
        with pytest.raises(StaleRow):
            put_back(state, version=None, reason="back", user=None)
        with pytest.raises(StaleRow):
            back(past, moments[-1], None)
        assert Place.history.filter(id=pk).count() == 3

    def test_a_deleted_publication_is_the_draft_that_it_was_last(self):
        row = factories.source(draft=True)
        row.draft = False
        row.save()
        pk = row.pk
        row.delete()
        past, moments = states(Source, pk)
        back(past, moments[0], None)
        assert not Source.objects.get(pk=pk).draft


class TestRefusing:
    def test_a_reference_that_is_gone(self):
        parent = factories.place()
        row = factories.place(parent=parent)
        row.parent = None
        row.save()
        parent.delete()
        past, moments = states(row)
        with pytest.raises(ValidationError) as refused:
            back(past, moments[0], 2)
        assert set(refused.value.message_dict) == {"parent"}

    def test_a_link_to_what_is_gone(self):
        spot = factories.place()
        project = factories.project(places=[spot])
        ProjectPlace.objects.get().delete()
        spot.delete()
        past, moments = states(project)
        with pytest.raises(ValidationError):
            back(past, moments[0], 1)

    def test_a_slug_that_is_taken_and_a_reference_that_is_gone_are_both_said(self):
        parent = factories.place()
        row = factories.place(parent=parent, slug="taken")
        row.parent, row.slug = None, "other"
        row.save()
        parent.delete()
        factories.place(slug="taken")
        past, moments = states(row)
        with pytest.raises(ValidationError) as refused:
            back(past, moments[0], 2)
        assert set(refused.value.message_dict) == {"parent", "slug"}

    def test_a_rule_of_its_group_and_then_nothing_is_stored(self):
        one, two = factories.organization(), factories.organization()
        stands = factories.investment(organizations=[one])
        row = factories.investment(project=stands.project, organizations=[one])
        past, moments = states(row)
        first = moments[0]
        InvestmentOrganization.objects.filter(investment=row).get().delete()
        InvestmentOrganization.objects.create(investment=row, organization=two)
        row.restates, row.restates_how = stands, "repeats"
        row.save()
        other = factories.investment(
            project=stands.project, restates=row.restates, restates_how="superseded"
        )
        past, moments = states(row)
        back(past, first, row.version)
        row.refresh_from_db()
        assert row.restates is None
        stands.restates, stands.restates_how = row, "superseded"
        other.delete()
        stands.save()
        past, moments = states(row)
        repeating = next(
            moment for moment in moments if past.state(moment).row.restates_id is not None
        )
        with pytest.raises(ValidationError):
            back(past, repeating, row.version)
        assert set(row.organizations.all()) == {one}
