"""What of the npm packages is served, and what is said when they are not there."""

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from cooperation.staticfiles import ManifestStorage, VendorFinder

STYLE = "vendor/bootstrap/dist/css/bootstrap.min.css"


@pytest.fixture
def packages(settings, tmp_path):
    """A folder of packages with one served file and one that is not."""
    settings.NODE_MODULES = tmp_path
    settings.VENDOR_FILES = {"paper": ["dist/paper.js"]}
    folder = tmp_path / "paper" / "dist"
    folder.mkdir(parents=True)
    (folder / "paper.js").write_text("1;\n//# sourceMappingURL=paper.js.map\n")
    (folder / "secret.js").write_text("2;")
    return tmp_path


def test_a_listed_file_is_found(packages):
    found = str(packages / "paper" / "dist" / "paper.js")

    assert VendorFinder().find("vendor/paper/dist/paper.js") == found
    assert VendorFinder().find("vendor/paper/dist/paper.js", find_all=True) == [found]


@pytest.mark.parametrize(
    "path",
    [
        "vendor/paper/dist/secret.js",
        "vendor/paper/../paper/dist/paper.js",
        "vendor/other/dist/paper.js",
        "paper/dist/paper.js",
        "dist/paper.js",
        "vendor/paper/dist/pap\0er.js",
    ],
)
def test_nothing_else_is(packages, path):
    assert not VendorFinder().find(path)


def test_only_listed_files_are_collected_below_the_package(packages):
    [(file, storage)] = VendorFinder().list([])

    assert (storage.prefix, file) == ("vendor/paper", "dist/paper.js")


def test_no_error_while_every_file_is_there(packages):
    assert VendorFinder().check() == []


def test_a_missing_package_is_named_with_the_remedy(packages):
    (packages / "paper" / "dist" / "paper.js").unlink()

    [error] = VendorFinder().check()

    assert "paper" in error.msg
    assert "npm ci" in error.hint


def test_the_project_serves_bootstrap_and_no_whole_package():
    assert finders.find(STYLE)
    assert not finders.find("vendor/bootstrap/package.json")


def test_of_a_package_from_elsewhere_only_the_listed_file_is_served():
    assert finders.find("vendor/django-htmx/htmx-2.min.js")
    served = [path for finder in finders.get_finders() for path, _storage in finder.list([])]
    assert [path for path in served if "htm" in path] == ["htmx-2.min.js"]


def test_a_source_map_that_is_not_there_does_not_stop_the_collection(packages, settings, tmp_path):
    settings.STATICFILES_FINDERS = ["cooperation.staticfiles.VendorFinder"]
    storage = ManifestStorage(location=tmp_path / "static", base_url="/static/")
    [(file, source)] = VendorFinder().list([])
    with source.open(file) as content:
        storage.save("paper.js", content)

    results = list(storage.post_process({"paper.js": (storage, "paper.js")}))

    assert not [outcome for *_names, outcome in results if isinstance(outcome, Exception)]
    assert storage.url("paper.js", force=True) != "/static/paper.js"


def test_a_collected_file_is_hashed_compressed_and_kept_for_ever(packages, settings, tmp_path):
    (packages / "paper" / "dist" / "paper.js").write_text("let paper = 1;\n" * 200)
    settings.STATICFILES_FINDERS = ["cooperation.staticfiles.VendorFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "cooperation.staticfiles.ManifestStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", verbosity=0, interactive=False)
    collected = settings.STATIC_ROOT / "vendor" / "paper" / "dist"
    [file] = [path.name for path in collected.glob("*.js")]
    assert file.startswith("paper.") and len(file) == len("paper.123456789abc.js")

    answer = Client().get(
        f"/static/vendor/paper/dist/{file}", headers={"accept-encoding": "gzip, br"}
    )

    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    packed = b"".join(answer.streaming_content)
    assert brotli.decompress(packed) == b"let paper = 1;\n" * 200
    assert len(packed) < 100
