"""Files that are refused: nothing is written, and the message says where and why."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from projects.imports import File, check, store
from projects.models import Project
from tests.imports.bad_files import BAD, FEW_ROWS, GOOD, record
from tests.recorded import RECORDED
from tests.views.test_full_text import body

pytestmark = pytest.mark.django_db

LANGUAGES = ("zh-hans", "en")
CHINESE = re.compile("[一-鿿]")
QUOTED = re.compile("“[^”]*”")
PAGE = "/admin/import/"


@pytest.fixture(autouse=True)
def few_rows(monkeypatch):
    monkeypatch.setattr("projects.imports.splitting.MOST_ROWS", FEW_ROWS)


@pytest.fixture
def kept(publisher):
    """How many rows and states of rows there are; beside what the files refer to."""
    record()
    return written


def written():
    return {
        model.__name__: (model.objects.count(), model.history.count())
        for model in RECORDED
        if hasattr(model, "history")
    }


def refused(file, user, language):
    """The refusals of a file, by a dry run and by an import, which say the same."""
    with override(language):
        found = check([file], user)
        done = store([file], user, publish=True)
    assert not found.accepted and not done.stored
    assert done.refusals == found.refusals
    return found.refusals


@pytest.mark.parametrize("name", BAD)
def test_nothing_is_written_and_the_message_says_where(kept, publisher, name):
    bad = BAD[name]
    before = kept()
    said = {language: refused(bad.file, publisher, language) for language in LANGUAGES}
    assert kept() == before
    for language, refusals in said.items():
        places = [(one.line, one.column) for one in refusals]
        assert (bad.line, bad.column) in places, refusals
        assert all(one.file == bad.file.name for one in refusals)
        for one in refusals:
            assert one.message and "%(" not in one.message
            own_words = QUOTED.sub("", one.message)
            assert bool(CHINESE.search(own_words)) == (language == "zh-hans"), one.message


@pytest.mark.parametrize("name", GOOD)
def test_what_spreadsheets_write_is_read(kept, publisher, name):
    report = store([File("projects.csv", GOOD[name])], publisher, publish=True)
    assert report.refusals == []
    assert report.counts["added"] == 1
    made = Project.objects.get(slug="new")
    assert (made.name_zh, made.name_en) == ("数字城市研发中心", "Centre")


def test_one_bad_row_keeps_out_all_the_good_ones(kept, publisher):
    before = kept()
    good = File("projects.csv", GOOD["UTF-8"])
    for name, bad in BAD.items():
        assert not store([good, bad.file], publisher, publish=True).stored, name
        assert kept() == before, name


def test_the_number_of_a_row_is_no_word_of_the_importer(kept, publisher):
    """An export carries it; the row that it names elsewhere stays as it is."""
    standing = Project.objects.get(slug="park").investments.get(key="whole")
    content = f"statement_id,id,project,source\r\nnew,{standing.pk},park,paper\r\n".encode()
    assert store([File("investments.csv", content)], publisher, publish=True).stored
    standing.refresh_from_db()
    assert standing.key == "whole"
    assert standing.project.investments.get(key="new").pk != standing.pk


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_answers_each_with_its_message(kept, publisher, language, figure):
    client = Client(headers={"accept-language": language}, raise_request_exception=False)
    client.force_login(publisher)
    before = kept()
    for name, bad in BAD.items():
        upload = SimpleUploadedFile(bad.file.name, bad.content, content_type="text/csv")
        answer = client.post(PAGE, {"files": upload}, follow=True)
        assert answer.status_code < 500, name
        text = unescape(body(answer).decode())
        with override(language):
            [first, *_others] = check([bad.file], publisher).refusals
        assert first.message in text, name
        assert bad.column in text and (not bad.line or str(bad.line) in text), name
    assert kept() == before
    what = f"bad files refused by row and column, with nothing written, {language}"
    figure("C3", what, f"{len(BAD)} of {len(BAD)}", "all of 25 or more")
    assert len(BAD) >= 25
