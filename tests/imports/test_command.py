"""The import from the command line: the same engine, for an account of the site."""

import pytest
from django.core.management import CommandError, call_command

from projects.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("slug,name_en\nx,X\n", encoding="utf-8")
    return path


def test_files_are_stored_in_somebodys_name(places, publisher, capsys):
    call_command("import_tables", places, user="publisher", reason="Because", dry_run=True)
    assert not Place.objects.exists()
    call_command("import_tables", places, user="publisher", reason="Because")
    assert capsys.readouterr().out.count("added: 1, changed: 0") == 2
    state = Place.objects.get().history.get()
    assert (state.history_user, state.history_change_reason) == (publisher, "Because")


def test_what_is_refused_is_told_and_fails(places, publisher, capsys):
    places.write_text("slug,name_en\nx,\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was stored\."):
        call_command("import_tables", places, user="publisher")
    assert "places.csv: 2: name_zh: " in capsys.readouterr().err


def test_an_account_and_a_file_have_to_be_there(places, publisher):
    with pytest.raises(CommandError, match="'nobody'"):
        call_command("import_tables", places, user="nobody")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_tables", places.with_name("no.csv"), user="publisher")
