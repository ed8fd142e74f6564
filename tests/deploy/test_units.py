"""The services of deploy/systemd: what they start is there, and what they promise fits the site."""

import re
import shutil
import subprocess
from configparser import RawConfigParser

import pytest
from django.core.management import get_commands

from environment import ROOT
from tests.deploy.tools import need

FOLDER = ROOT / "deploy" / "systemd"
UNITS = sorted(FOLDER.glob("cooperation-*.*"))
UNITS = [unit for unit in UNITS if unit.is_file()]


def read(path):
    """The sections of a unit whose keys do not recur."""
    parser = RawConfigParser(comment_prefixes="#", delimiters="=")
    parser.optionxform = str
    parser.read(path)
    return parser


def seconds(text):
    return int(text.removesuffix("s"))


def test_all_are_known_to_systemd(tmp_path):
    need("systemd-analyze")
    units = tmp_path / "units"
    shutil.copytree(FOLDER, units)
    (units / "cooperation-prepare@.service").rename(units / "cooperation-prepare@now.service")
    # The release is not where the units look for it on a server.
    site = units / "cooperation-site.service"
    site.write_text(re.sub(r"/srv/\S+python", "/bin/sh", site.read_text()))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(unit for unit in units.iterdir() if unit.is_file())],
        env={"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    ours = [line for line in done.stderr.splitlines() if "cooperation-" in line]
    assert ours == []


def test_the_confinement_is_systemds_ok():
    need("systemd-analyze")
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=25",
         FOLDER / "cooperation-site.service"],
        env={"SYSTEMD_UNIT_PATH": f"{FOLDER}:", "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-300:]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_says_what_it_is(unit):
    assert unit.read_text().startswith("# ")
    assert read(unit)["Unit"]["Description"].startswith("Cooperation: ")


def test_what_a_release_has_to_hold_is_in_the_repository():
    text = "\n".join(unit.read_text() for unit in UNITS)
    for name in re.findall(r"(?<=[ /])(bin/\w+\.py|manage\.py)", text):
        assert (ROOT / name).is_file(), name
    commands = re.findall(r"manage\.py (\w+)", text)
    assert commands == ["backup"]
    assert set(commands) <= get_commands().keys()


def test_a_stop_waits_for_requests_longer_than_the_server_does():
    unit = read(FOLDER / "cooperation-site.service")["Service"]
    graceful = re.search(
        r"^graceful_timeout = (\d+)$", (ROOT / "cooperation/serving.py").read_text(), re.MULTILINE
    )
    assert seconds(unit["TimeoutStopSec"]) >= int(graceful[1]) + 5


def test_nginx_asks_where_the_socket_listens():
    address = read(FOLDER / "cooperation-site.socket")["Socket"]["ListenStream"]
    assert f"proxy_pass http://{address};" in (ROOT / "deploy" / "nginx.conf").read_text()
