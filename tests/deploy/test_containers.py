"""Containerfile, compose.yaml and the files of variables: what they name is there and is read."""

import json
import re
import shlex
from fnmatch import fnmatch

import pytest
import yaml
from django.core.management import get_commands

from environment import ROOT

IMAGES = ROOT / "Containerfile"
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
EXAMPLES = {name: ROOT / "deploy" / f"{name}.env.example" for name in ("site", "compose")}
PYTHONS_OWN = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def instructions():
    """Every instruction of the Containerfile and what follows it, with its lines joined."""
    lines = [line for line in IMAGES.read_text().splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            word, _blank, rest = line.strip().partition(" ")
            yield word, rest


def following(word):
    return [rest for found, rest in instructions() if found == word]


def read_by_the_site():
    """The variables that settings and the server read."""
    code = "".join(
        (ROOT / "cooperation" / name).read_text() for name in ("settings.py", "serving.py")
    )
    return set(re.findall(r'os\.environ(?:\.get\(|, )"(\w+)"', code))


def names_in(example):
    return set(re.findall(r"^(\w+)=", EXAMPLES[example].read_text(), re.MULTILINE))


def kept():
    """What .dockerignore lets into the image, by name."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def test_only_known_instructions_are_used():
    known = {"ARG", "CMD", "COPY", "ENV", "EXPOSE", "FROM", "HEALTHCHECK"}
    known |= {"RUN", "USER", "VOLUME", "WORKDIR"}
    assert {word for word, _rest in instructions()} <= known


def test_images_name_no_registry():
    bases = [line.split()[0] for line in following("FROM")]
    bases += [service["image"] for service in COMPOSE["services"].values()]
    assert not [base for base in bases if "/" in base]


def test_what_is_copied_is_there_and_let_in():
    copied = [line.split()[:-1] for line in following("COPY") if "--from" not in line]
    for name in {name for names in copied for name in names} - {"."}:
        assert (ROOT / name).is_file(), name
        assert name in kept()
    for name in kept():
        assert (ROOT / name).exists(), name


def test_nothing_else_is_let_in():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert not {"var", ".env", ".git", "tests", ".venv"} & set(kept())


def test_every_stage_but_the_last_is_copied_from():
    stages = [line.split(" AS ")[1] for line in following("FROM") if " AS " in line]
    assert len(stages) == len(following("FROM")) - 1
    for stage in stages:
        assert any(line.startswith(f"--from={stage} ") for line in following("COPY"))


def test_no_secret_is_in_the_image_and_every_variable_is_read():
    names = {part.split("=")[0] for line in following("ENV") for part in shlex.split(line)}
    assert names - PYTHONS_OWN <= read_by_the_site()
    assert not names & {"SECRET_KEY", "METRICS_TOKEN", "OIDC_CLIENT_SECRET"}


def test_it_does_not_run_as_root():
    words = [word for word, _rest in instructions()]
    assert following("USER") == ["cooperation"]
    assert words.index("USER") > len(words) - 1 - words[::-1].index("RUN")


@pytest.mark.parametrize("line", [following("CMD")[-1], following("HEALTHCHECK")[0]])
def test_what_is_started_is_in_the_image(line):
    command = json.loads(line[line.index("[") :])
    assert command[0] == ".venv/bin/python"
    assert (ROOT / command[0]).exists()


def test_its_health_is_asked_at_an_address_of_the_site(client):
    (line,) = following("HEALTHCHECK")
    assert client.get(re.search(r"127\.0\.0\.1:8000(/\w+)", line)[1]).status_code == 200


def test_every_variable_of_the_services_is_read():
    for name in ("prepare", "site", "backup"):
        assert set(COMPOSE["services"][name]["environment"]) <= read_by_the_site()
    assert names_in("site") <= read_by_the_site()


def test_the_example_names_all_that_is_filled_in():
    filled = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    assert filled == names_in("compose")


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_hold_no_secret(example):
    for line in EXAMPLES[example].read_text().splitlines():
        assert not fnmatch(line, "*KEY=?*") and not fnmatch(line, "*TOKEN=?*"), line
        assert not fnmatch(line, "*PASSWORD=?*") and not fnmatch(line, "*SECRET=?*"), line


def test_the_secrets_of_a_server_are_not_committed():
    assert "/.env" in (ROOT / ".gitignore").read_text().splitlines()


def test_volumes_and_files_of_the_services_are_there():
    for service in COMPOSE["services"].values():
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]) == IMAGES
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in COMPOSE["volumes"]


def test_pg_dump_is_of_the_servers_version():
    """Debian 12 has PostgreSQL 15."""
    assert following("FROM")[-1] == "python:3.11-slim-bookworm"
    assert COMPOSE["services"]["database"]["image"] == "postgres:15"


def test_commands_of_the_services_are_there():
    for service in COMPOSE["services"].values():
        for command in re.findall(r"manage\.py[ ',]+(\w+)", str(service.get("command"))):
            assert command in get_commands()


def test_the_site_waits_until_it_is_prepared():
    site = COMPOSE["services"]["site"]
    assert site["depends_on"]["prepare"]["condition"] == "service_completed_successfully"
    assert COMPOSE["services"]["prepare"]["restart"] == "no"
    assert site["read_only"] is True
    served = (ROOT / "cooperation" / "serving.py").read_text()
    graceful = re.search(r"^graceful_timeout = (\d+)$", served, re.MULTILINE)
    assert int(site["stop_grace_period"].removesuffix("s")) >= int(graceful[1]) + 5
