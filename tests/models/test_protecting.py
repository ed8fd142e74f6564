"""Nothing goes because something else went, but for plain links with their first end."""

import pytest
from django.db.models import CASCADE, PROTECT, ForeignKey, ProtectedError

from projects.fields import DerivedField
from projects.models import Link, Project, ProjectPlace
from tests import factories
from tests.models.builders import ANY_STATEMENT, restating
from tests.recorded import RECORDED

MAY_CASCADE = {
    "AgreementSector.agreement",
    "InvestmentOrganization.investment",
    "ProjectPlace.project",
    "ProjectSector.project",
}


def references():
    """Every foreign key of the app by its name."""
    for model in RECORDED:
        for field in model._meta.get_fields():
            # What is derived refers to rows that go: whoever deletes them derives it anew.
            if isinstance(field, ForeignKey) and not isinstance(field, DerivedField):
                yield f"{model.__name__}.{field.name}", field


def test_what_goes_along_is_written_down():
    found = dict(references())
    cascading = {name for name, field in found.items() if field.remote_field.on_delete is CASCADE}
    assert cascading == MAY_CASCADE
    others = {
        field.remote_field.on_delete for name, field in found.items() if name not in cascading
    }
    assert others == {PROTECT}


def test_it_is_the_first_end_of_a_link():
    links = {model for model in RECORDED if issubclass(model, Link)}
    first_ends = {f"{link.__name__}.{link.ends[0].partition('__')[0]}" for link in links}
    assert first_ends == MAY_CASCADE


@pytest.mark.django_db
class TestDeleting:
    @ANY_STATEMENT
    def test_a_source_is_kept_while_it_states_something(self, build):
        row = build()
        with pytest.raises(ProtectedError):
            row.source.delete()

    @ANY_STATEMENT
    def test_a_statement_is_kept_while_others_restate_it(self, build):
        standing = build()
        restating(standing, build)
        with pytest.raises(ProtectedError):
            standing.delete()

    def test_a_project_takes_its_links_along_and_leaves_the_places(self):
        spot = factories.place()
        row = factories.project(places=[spot])
        row.delete()
        assert not Project.objects.exists()
        assert not ProjectPlace.objects.exists()
        spot.refresh_from_db()

    def test_a_place_is_kept_while_a_project_is_there(self):
        spot = factories.place()
        factories.project(places=[spot])
        with pytest.raises(ProtectedError):
            spot.delete()
