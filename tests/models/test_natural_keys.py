"""The facts are carried from one database to another by their slugs and keys."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from projects.models import (
    AgreementSector,
    InvestmentOrganization,
    ProjectPlace,
    ProjectSector,
    Source,
)
from tests import factories
from tests.models.builders import ANY_STATEMENT
from tests.recorded import RECORDED

DERIVED = ["projects.knownproject", "projects.knownmilestone", "projects.derivation"]
"""What is derived anew by whoever loads a dump."""


def dump() -> list[str]:
    """Every row of the app without any number of a database, in an order of its own."""
    out = StringIO()
    call_command(
        "dumpdata",
        "projects",
        exclude=DERIVED,
        natural_foreign=True,
        natural_primary=True,
        stdout=out,
    )
    rows = json.loads(out.getvalue())
    assert not any("pk" in row for row in rows)
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)


@pytest.mark.django_db(transaction=True)
def test_what_is_dumped_loads_as_the_same(tmp_path):
    call_command("loaddata", "signing", "follow_ups", verbosity=0)
    before = dump()
    models = {json.loads(row)["model"] for row in before}
    assert models == {model._meta.label_lower for model in RECORDED}
    copy = tmp_path / "copy.json"
    call_command(
        "dumpdata", "projects", natural_foreign=True, natural_primary=True, output=str(copy)
    )
    call_command("flush", interactive=False, verbosity=0)
    assert not Source.objects.exists()
    call_command("loaddata", str(copy), verbosity=0)
    assert dump() == before


@pytest.mark.django_db
class TestKeys:
    @pytest.mark.parametrize(
        "name",
        [
            "organization",
            "place",
            "sector",
            "agreement",
            "project",
            "milestone",
            "indicator",
            "source",
        ],
    )
    def test_an_entity_is_found_by_its_slug(self, name):
        row = getattr(factories, name)()
        assert row.natural_key() == (row.slug,)
        assert type(row).objects.get_by_natural_key(row.slug) == row

    @ANY_STATEMENT
    def test_a_statement_is_found_by_its_key(self, build):
        row = build()
        assert row.natural_key() == (row.key,)
        assert type(row).objects.get_by_natural_key(row.key) == row

    @pytest.mark.parametrize(
        ("link", "first", "second"),
        [
            (ProjectPlace, "project", "place"),
            (ProjectSector, "project", "sector"),
            (AgreementSector, "agreement", "sector"),
            (InvestmentOrganization, "investment", "organization"),
        ],
    )
    def test_a_link_is_found_by_its_two_ends(self, link, first, second):
        ends = {name: getattr(factories, name)() for name in (first, second)}
        row = link.objects.create(**ends)
        keys = tuple(end.natural_key()[0] for end in ends.values())
        assert row.natural_key() == keys
        assert link.objects.get_by_natural_key(*keys) == row
        assert str(row) == " – ".join(keys)
