"""The pages of the import: upload, dry run, confirming once, and whom they admit."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, OperationalError
from django.test import Client
from django.utils import timezone

from projects.imports import TABLES
from projects.models import Place, Source, Upload
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/import/"


@pytest.fixture
def staff(publisher):
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(publisher)
    return client


def upload(client, content="slug,name_en\r\nx,X\r\n", name="places.csv", **data):
    """The address of the dry run of a file."""
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    response = client.post(ADDRESS, {"files": file, **data})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def shown(response):
    """The text of a streamed page."""
    assert response.status_code == 200
    assert response.streaming
    return response.getvalue().decode()


def digest(page):
    """What the form of a dry run sends along."""
    return page.partition('name="digest" value="')[2].partition('"')[0]


def test_the_page_lists_every_table_with_its_columns(staff):
    page = staff.get(ADDRESS).content.decode()
    for table in TABLES.values():
        assert f'href="/{table.name}.csv"' in page
        assert ", ".join(table.stored) in page


def test_from_upload_to_stored(staff):
    factories.place(slug="y", name_en="Old")
    target = upload(staff, "slug,name_en\r\nx,X\r\ny,New\r\n")
    page = shown(staff.get(target))
    assert not Place.objects.filter(slug="x").exists()
    assert "<del>Old</del> → <ins>New</ins>" in page

    done = shown(staff.post(target, {"digest": digest(page), "reason": "Because"}))

    assert "All of it is stored." in done
    assert 'href="/admin/projects/place/"' in done
    row = Place.objects.get(slug="x")
    assert row.history.get().history_change_reason == "Because"
    assert not Upload.objects.exists()


def test_a_second_click_stores_nothing(staff):
    target = upload(staff)
    values = {"digest": digest(shown(staff.get(target)))}
    shown(staff.post(target, values))
    again = staff.post(target, values)
    assert again.status_code == 302
    assert Place.objects.count() == 1
    assert "not here any more" in staff.get(ADDRESS).content.decode()


def test_a_second_click_at_the_same_moment_stores_nothing(staff):
    """Both found the upload; the one that comes second finds it gone."""
    target = upload(staff)
    values = {"digest": digest(shown(staff.get(target)))}
    first, second = staff.post(target, values), staff.post(target, values)
    assert "All of it is stored." in shown(first)
    assert "not stored a second time" in shown(second)


def test_nothing_is_stored_without_the_digest_of_the_dry_run(staff):
    target = upload(staff)
    assert "has changed since the dry run" in shown(staff.post(target, {}))
    assert not Place.objects.exists()
    # The files are still there, to be looked at again.
    assert digest(shown(staff.get(target)))


def test_a_swap_is_not_stored_without_a_reason(staff):
    stands = factories.target(key="a")
    factories.target(key="b", indicator=stands.indicator, restates=stands)
    content = "statement_id,restates,restates_how\r\na,b,disputed\r\nb,,\r\n"
    target = upload(staff, content, name="targets.csv")
    page = shown(staff.get(target))
    assert "required" in page.partition('name="reason"')[2].partition(">")[0]
    values = {"digest": digest(page)}

    assert "say why" in shown(staff.post(target, values | {"reason": " "}))
    stands.refresh_from_db()
    assert stands.restates is None
    assert "All of it is stored." in shown(staff.post(target, values | {"reason": "Checked"}))
    stands.refresh_from_db()
    assert stands.restates.key == "b"


def test_refused_rows_come_first_and_nothing_can_be_confirmed(staff):
    lines = "".join(f"s{number},\r\n" for number in range(205))
    page = shown(staff.get(upload(staff, f"slug,name_en\r\n{lines}")))
    assert page.count("Give a name in Chinese or in English.") == 200
    assert "and 5 more" in page
    assert digest(page) == ""


def test_what_is_uploaded_is_escaped(staff):
    bad = "<script>alert(1)</script>"
    content = f"slug,name_en,{bad}\r\nx,{bad},\r\n"
    assert bad not in shown(staff.get(upload(staff, content)))
    content = f'slug,name_en\r\nx,"{bad}<!-- here -->"\r\n'
    page = shown(staff.get(upload(staff, content, name=f"places{bad}.csv", table="places")))
    assert bad not in page
    assert "&lt;script&gt;" in page


def test_new_sources_are_published_where_that_is_asked(staff):
    content = "slug,title,published\r\ns,T,2020\r\n"
    target = upload(staff, content, name="sources.csv", publish="on")
    shown(staff.post(target, {"digest": digest(shown(staff.get(target)))}))
    assert not Source.objects.get().draft


def test_an_upload_is_there_for_its_user_and_a_day_only(staff):
    target = upload(staff)
    other = Client()
    other.force_login(User.objects.create_superuser("other"))
    assert other.get(target).status_code == 302
    assert other.post(target, {"discard": "1"}).status_code == 302
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    assert staff.get(target).status_code == 302
    upload(staff)
    assert Upload.objects.count() == 1


def test_files_are_discarded(staff):
    target = upload(staff)
    assert staff.post(target, {"discard": "1"})["Location"] == ADDRESS
    assert not Upload.objects.exists()


def test_an_upload_without_files_or_with_too_many_says_so(staff):
    assert "at least one file" in staff.post(ADDRESS, {}).content.decode()
    files = [SimpleUploadedFile(f"{number}.csv", b"a") for number in range(21)]
    response = staff.post(ADDRESS, {"files": files})
    assert response.status_code == 400
    assert "more than 20 files" in response.content.decode()


def test_too_large_an_upload_is_refused_before_it_is_read(staff):
    large = SimpleUploadedFile("places.csv", b"x" * 52 * 1024 * 1024)
    response = staff.post(ADDRESS, {"files": large})
    assert response.status_code == 413
    assert "larger than 50 MB" in response.content.decode()
    assert not Upload.objects.exists()


def test_the_token_of_the_form_is_asked(publisher):
    client = Client(enforce_csrf_checks=True)
    client.force_login(publisher)
    file = SimpleUploadedFile("places.csv", b"slug,name_en\r\nx,X\r\n")
    assert client.post(ADDRESS, {"files": file}).status_code == 403
    kept = Upload.objects.create(user=publisher)
    assert client.post(f"{ADDRESS}{kept.pk}/", {"discard": "1"}).status_code == 403
    assert Upload.objects.exists()


@pytest.mark.parametrize(("account", "status"), [({}, 302), ({"is_staff": True}, 403)])
def test_whom_the_pages_admit(account, status):
    client = Client()
    client.force_login(User.objects.create_user("someone", **account))
    kept = Upload.objects.create(user=User.objects.get())
    for address in (ADDRESS, f"{ADDRESS}{kept.pk}/"):
        assert client.get(address).status_code == status
        assert client.post(address).status_code == status


def test_it_is_told_how_far_it_is_in_the_language_of_the_page(staff):
    lines = "".join(f"s{number},X\r\n" for number in range(250))
    target = upload(staff, f"slug,name_en\r\n{lines}")
    response = staff.get(target)
    assert response["Content-Encoding"] == "identity"
    parts = [part.decode() for part in response]
    told = [part for part in parts if "rows checked" in part]
    assert "100 of 250 rows checked" in told[0]
    assert "200 of 250 rows checked" in told[1]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("database is locked"), "Nothing was stored: try again."),
        (
            OperationalError("database or disk is full"),
            "Nothing was stored: tell an administrator.",
        ),
        (
            InternalError("cannot execute INSERT in a read-only transaction"),
            "Nothing was stored: tell an administrator.",
        ),
    ],
)
def test_a_fault_in_the_middle_is_told_on_the_page(staff, monkeypatch, error, said):
    target = upload(staff)

    def fails(*args, **kwargs):
        raise error
        yield

    monkeypatch.setattr("projects.admin.importing.checking", fails)
    page = shown(staff.get(target))
    assert said in page
    assert page.endswith("</html>\n")
