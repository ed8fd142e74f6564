"""Files of more rows than are read at a time, each leading to other rows."""

import pytest

from projects.models import Organization, Participation, derive
from tests import factories
from tests.exports.reading import lines

pytestmark = pytest.mark.django_db


def test_a_file_whose_rows_name_more_others_than_a_query_takes():
    project, source = factories.project(), factories.source()
    Organization.objects.bulk_create(
        Organization(slug=f"o{number}", name_en="O") for number in range(1_100)
    )
    stored = Participation.objects.bulk_create(
        Participation(
            key=f"k{made.slug}", project=project, organization=made, role="builder", source=source
        )
        for made in Organization.objects.all()
    )
    derive({Participation: [one.pk for one in stored]})

    assert {line["organization"] for line in lines("participations")} == {
        f"o{number}" for number in range(1_100)
    }
