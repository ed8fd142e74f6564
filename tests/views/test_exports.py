"""Downloading a table: how the file is named, and what there is instead of a file."""

import csv
import errno
import fcntl
import os
import re
from contextlib import contextmanager
from urllib.parse import unquote

import pytest
from django.db import connection
from django.urls import resolve

from projects.exports import EXPORTS, Slot, slots, writing
from projects.imports.tables import find_table
from projects.models import Side
from projects.views import exports
from tests import factories

pytestmark = pytest.mark.django_db
SECTORS = "/sectors.csv"
RFC_6266 = re.compile(
    r"attachment; filename=\"[!-~]+\"; filename\*=UTF-8''(?P<name>[\w.%-]+)", re.ASCII
)
CHINESE = re.compile(r"（[\u4e00-\u9fff]+）\.csv$")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Slots of this test's own."""
    monkeypatch.setattr(slots.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path


@pytest.fixture
def made(monkeypatch):
    """The files that are made."""
    files = []
    monkeypatch.setattr(exports, "write", lambda *given: files.append(given))
    return files


def name_of(response):
    return response.headers["Content-Disposition"]


@pytest.mark.proof
def test_every_file_has_a_chinese_name_in_the_form_of_rfc_6266(client, figure):
    named = {
        name: RFC_6266.fullmatch(name_of(client.head(f"/{name}.csv?lang=zh-hans")))
        for name in EXPORTS
    }
    chinese = {name: found and unquote(found["name"]) for name, found in named.items()}
    right = [name for name, found in chinese.items() if CHINESE.search(found or "")]
    figure(
        "C7", "files with a Chinese name after RFC 6266", f"{len(right)} of {len(EXPORTS)}", "all"
    )
    assert right == list(EXPORTS), chinese


def test_a_chinese_reader_gets_a_chinese_name_that_the_import_knows(client):
    name = name_of(client.get(f"{SECTORS}?lang=zh-hans&as_of=2020-04-30"))

    plain, _, chinese = name.partition("; filename*=UTF-8''")
    assert plain.startswith('attachment; filename="cooperation-sectors-20')
    assert plain.endswith('-as-of-2020-04-30.csv"')
    assert unquote(chinese).endswith("-as-of-2020-04-30（领域）.csv")
    assert find_table(unquote(chinese), "", []).name == "sectors"


def test_an_english_reader_gets_one_name(client):
    assert "filename*" not in name_of(client.get(f"{SECTORS}?lang=en"))


def test_head_tells_the_name_and_makes_no_file(client, made):
    whole, head = client.get(SECTORS), client.head(SECTORS)

    assert len(made) == 1
    assert head.status_code == 200
    assert name_of(head) == name_of(whole)
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert "Content-Length" not in head.headers


@pytest.mark.parametrize("asked", ["?as_of=x", "?nonsense=1", "?sort=x", "?per_page=7"])
def test_what_cannot_be_used_makes_no_file(client, made, asked):
    assert client.get(SECTORS + asked).status_code == 400
    assert made == []


def test_the_length_is_that_of_the_file(client):
    factories.sector(name_zh="信创")
    response = client.get(SECTORS)

    assert int(response.headers["Content-Length"]) == len(b"".join(response.streaming_content))


# A response that is closed here gives the connection back, as no test's own transaction may.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "words"), [("en", "as many files as it can"), ("zh-hans", "同时")]
)
def test_no_more_are_made_at_once_than_may_be(client, settings, made, language, words):
    settings.EXPORTS_AT_ONCE = 2
    first, second = client.get(SECTORS), client.get(SECTORS)
    third = client.get(f"{SECTORS}?lang={language}")

    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert third.headers["Retry-After"] == "30"
    assert words in third.content.decode()
    assert len(made) == 2
    first.close()
    assert client.get(SECTORS).status_code == 200
    second.close()


def test_a_file_that_is_read_to_its_end_gives_its_place_back(client, settings):
    settings.EXPORTS_AT_ONCE = 1
    for _ in range(3):
        assert client.get(SECTORS).getvalue().startswith(b"\xef\xbb\xbfslug")


def test_a_place_holds_across_processes(client, settings, folder):
    settings.EXPORTS_AT_ONCE = 1
    Slot().close()
    with (folder / f"cooperation-exports-{os.getuid()}" / "0").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert client.get(SECTORS).status_code == 429
    assert client.get(SECTORS).status_code == 200


def test_a_link_laid_in_the_way_is_not_followed(client, folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / f"cooperation-exports-{os.getuid()}").symlink_to(elsewhere)

    assert client.get(SECTORS).status_code == 503
    assert list(elsewhere.iterdir()) == []


class FullDisk:
    """A file for which there is no room."""

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def write(self, part):
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("language", "words"), [("en", "no room"), ("zh-hans", "空间")])
def test_a_full_disk_is_told_and_nothing_is_sent(client, settings, monkeypatch, language, words):
    settings.EXPORTS_AT_ONCE = 1
    with monkeypatch.context() as broken:
        broken.setattr(exports, "TemporaryFile", FullDisk)
        response = client.get(f"{SECTORS}?lang={language}")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert words in response.content.decode()
    assert "Content-Disposition" not in response.headers
    assert client.get(SECTORS).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_connection_is_given_back_before_the_first_byte(rf, monkeypatch):
    """Seen before any of it is sent, as the test client's own signals would close it afterwards."""
    factories.organization(slug="root")
    done = []
    monkeypatch.setattr(connection, "close", lambda: done.append("closed"))

    def asked(execute, *statement):
        done.append("asked")
        return execute(*statement)

    for address in (SECTORS, f"{SECTORS}?group=root"):
        with connection.execute_wrapper(asked):
            answer = resolve(SECTORS).func(rf.get(address))
        assert isinstance(answer, exports.Download)
        assert done[-1] == "closed"


def test_what_is_preferred_is_looked_up_in_the_state_that_is_written(client, monkeypatch):
    standing = factories.milestone_date(side=Side.REACHED, date="2021-02-03")
    rival = factories.milestone_date(
        milestone=standing.milestone,
        side=Side.REACHED,
        date="2022-03-04",
        restates=standing,
        restates_how="disputed",
    )
    snapshot = writing.snapshot

    @contextmanager
    def after_a_correction(database):
        rival.date = "2023-04-05"
        rival.save()
        with snapshot(database):
            yield

    monkeypatch.setattr(writing, "snapshot", after_a_correction)

    response = client.get(f"/projects.csv?prefer=milestone-date-{rival.pk}")

    [row] = csv.DictReader(response.getvalue().decode("utf-8-sig").splitlines())
    assert row["stage_since"] == "2023-04-05"
