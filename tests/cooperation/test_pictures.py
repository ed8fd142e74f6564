"""The pictures of README.md: each is there, small, and said in words of both languages."""

import re

import pytest

import make_pictures
import take_pictures
from environment import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = {
    **{path: words for words, path in re.findall(r"!\[([^\]]*)\]\((docs/[^)]*)\)", README)},
    **dict(re.findall(r'<img src="(docs/[^"]*)"[^>]*alt="([^"]*)"', README)),
}


def test_the_readme_shows_every_picture_that_is_taken():
    taken = {f"docs/pictures/{picture.name}.webp" for picture in take_pictures.PICTURES}

    assert set(SHOWN) == taken
    assert {f"docs/pictures/{file.name}" for file in make_pictures.PICTURES.iterdir()} == taken


@pytest.mark.parametrize("path", SHOWN)
def test_a_picture_is_webp_small_and_has_words_in_both_languages(path):
    picture = (ROOT / path).read_bytes()

    assert (picture[:4], picture[8:12]) == (b"RIFF", b"WEBP")
    assert len(picture) <= 90_000
    assert re.search(r"[\u4e00-\u9fff]{4}", SHOWN[path])
    assert re.search(r"[a-z]{4}", SHOWN[path])


def test_the_pictures_are_small_together():
    assert sum((ROOT / path).stat().st_size for path in SHOWN) <= 400_000


def test_a_site_that_does_not_start_is_not_waited_for():
    class Ended:
        def poll(self):
            return 1

    with pytest.raises(make_pictures.SetUpError, match="did not start"):
        make_pictures.wait_for("http://127.0.0.1:9/healthz", Ended())
