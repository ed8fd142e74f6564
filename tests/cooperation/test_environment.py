"""What each environment variable may hold, and what is said when it cannot be read."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cooperation import environment

SITE = Path("/srv/site")


def read_database(url):
    return environment.database({"DATABASE_URL": url}, "DATABASE_URL", SITE)


def refused(name, value, reader, *arguments):
    """The message of the refusal, without the variable's name in front."""
    with pytest.raises(ImproperlyConfigured) as caught:
        reader({name: value}, name, *arguments)
    start, _, message = str(caught.value).partition(": ")
    assert start == name
    return message


@pytest.mark.parametrize(
    ("words", "on"),
    [("1", True), ("on", True), ("True", True), ("yes", True), ("off", False), ("0", False)],
)
def test_a_switch_is_on_or_off(words, on):
    assert environment.switch({"DEBUG": words}, "DEBUG") is on


@pytest.mark.parametrize("given", [{}, {"DEBUG": ""}, {"DEBUG": "  "}])
def test_what_is_blank_is_not_given(given):
    assert environment.switch(given, "DEBUG") is False


def test_a_switch_is_nothing_else():
    assert "neither on nor off" in refused("DEBUG", "maybe", environment.switch)


@pytest.mark.parametrize("words", ["-1", "one", "1.5", "²"])
def test_a_count_is_a_whole_number(words):
    assert "whole number" in refused("TRUSTED_PROXIES", words, environment.count, 0)


def test_a_count_may_have_a_least():
    assert environment.count({"EXPORTS_AT_ONCE": "1"}, "EXPORTS_AT_ONCE", 3, least=1) == 1
    assert "1 or more" in refused("EXPORTS_AT_ONCE", "0", environment.count, 3, 1)


def test_a_choice_is_one_of_those_named():
    assert environment.choice({"BROWSING": "login"}, "BROWSING", ["public", "login"], "public")
    message = refused("BROWSING", "closed", environment.choice, ["public", "login"], "public")
    assert message == "'closed' is none of public, login."


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Asia"])
def test_a_time_zone_has_to_be_known(zone):
    assert zone in refused("TIME_ZONE", zone, environment.time_zone, "Asia/Shanghai")


def test_a_secret_comes_from_the_variable_before_the_file(tmp_path):
    file = tmp_path / "secret_key"
    file.write_text("from the file\n")

    assert environment.secret({"SECRET_KEY": "given"}, "SECRET_KEY", file) == "given"
    assert environment.secret({}, "SECRET_KEY", file) == "from the file"


def test_without_a_secret_nothing_starts(tmp_path):
    assert "not set" in refused("SECRET_KEY", "", environment.secret, tmp_path / "secret_key")


@pytest.mark.parametrize(
    "address",
    [
        "cooperation.example",
        "ftp://cooperation.example",
        "https://",
        "https://cooperation.example/path",
        "https://cooperation.example?query",
        "https://cooperation.example:99999",
        "https://user@cooperation.example",
        "https://*.example",
        "https://[::1",
    ],
)
def test_the_public_address_is_a_host_and_no_more(address):
    assert "is not an address" in refused("PUBLIC_URL", address, environment.origin, "")


def test_the_public_address_may_end_in_a_slash():
    address = environment.origin({"PUBLIC_URL": "https://cooperation.example/"}, "PUBLIC_URL", "")

    assert address.geturl() == "https://cooperation.example"


def test_hosts_stand_between_commas():
    given = {"ALLOWED_HOSTS": "one.example, two.example,"}

    assert environment.hosts(given, "ALLOWED_HOSTS", []) == ["one.example", "two.example"]
    assert environment.hosts({}, "ALLOWED_HOSTS", ["own.example"]) == ["own.example"]


@pytest.mark.parametrize("host", ["https://one.example", "one.example two.example"])
def test_a_host_is_only_a_name(host):
    assert "is not a host name" in refused("ALLOWED_HOSTS", host, environment.hosts, [])


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("", SITE / "var" / "cooperation.sqlite3"),
        ("sqlite:///data/my%20site.sqlite3", SITE / "data" / "my site.sqlite3"),
        ("sqlite:////data/site.sqlite3", Path("/data/site.sqlite3")),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_sqlite_is_in_a_file_and_takes_several_writers(url, file):
    config = read_database(url)

    assert config["NAME"] == file
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]


def test_postgresql_keeps_what_the_address_says():
    config = read_database("postgres://me:p%40ss@db.example:5433/facts?sslmode=require")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"]) == ("me", "p@ss")
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "facts")
    assert config["OPTIONS"] == {"sslmode": "require", **environment.POSTGRESQL_OPTIONS}
    assert config["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me@db.example/facts",
        "postgres://me@db.example",
        "postgres://me@db.example:port/facts",
        "sqlite://var/site.sqlite3",
        "sqlite:///",
        "/var/site.sqlite3",
    ],
)
def test_no_other_database_is_taken(url):
    refused("DATABASE_URL", url, environment.database, SITE)


def test_a_password_in_a_refused_address_is_not_shown():
    message = refused(
        "DATABASE_URL", "postgres://me:hidden@db.example:port/facts", environment.database, SITE
    )

    assert "hidden" not in message


def test_a_cache_needs_its_client(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)

    message = refused("CACHE_URL", "redis://cache.example:6379/1", environment.cache)
    assert "redis, which is not installed" in message


def test_an_unknown_cache_is_refused():
    refused("CACHE_URL", "carrier-pigeon://", environment.cache)


def test_without_an_address_the_cache_is_the_process_itself():
    cache = environment.cache({}, "CACHE_URL")
    assert cache["BACKEND"].endswith("LocMemCache")
    assert cache["OPTIONS"] == {"MAX_ENTRIES": 500}
    chosen = environment.cache({"CACHE_URL": "locmemcache://?max_entries=9"}, "CACHE_URL")
    assert chosen["OPTIONS"] == {"MAX_ENTRIES": 9}


def test_connections_are_kept_on_both_databases():
    for address in ("sqlite:///a.sqlite3", "postgres://user@database.example/name"):
        config = environment.database({"URL": address}, "URL", Path("/srv"))
        assert config["CONN_MAX_AGE"] == 60


SEVERAL = "postgres://me:p%40s,s@one.example:5433,[::1],three.example:5434/facts"


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("", "read-write"), ("?target_session_attrs=primary", "primary")],
)
def test_of_several_servers_the_one_that_takes_writes_is_wanted(asked, wanted):
    config = read_database(SEVERAL + asked)

    assert config["HOST"] == "one.example,::1,three.example"
    assert config["PORT"] == "5433,5432,5434"
    assert (config["USER"], config["PASSWORD"], config["NAME"]) == ("me", "p@s,s", "facts")
    assert config["OPTIONS"]["target_session_attrs"] == wanted


def read_replicas(urls, primary="postgres://me@db.example/facts"):
    given = {"REPLICA_URLS": urls}
    return environment.replicas(given, "REPLICA_URLS", read_database(primary))


def test_replicas_have_aliases_in_their_order_and_take_no_writes():
    found = read_replicas("postgres://me@one.example/facts, postgresql://me@two.example:5433/facts")

    assert [(name, config["HOST"]) for name, config in found.items()] == [
        ("replica1", "one.example"),
        ("replica2", "two.example"),
    ]
    assert "default_transaction_read_only=on" in found["replica2"]["OPTIONS"]["options"]
    assert read_replicas("") == read_replicas(" , ") == {}


@pytest.mark.parametrize(
    ("urls", "primary", "said"),
    [
        ("postgres://me@one.example/facts", "sqlite:///site.sqlite3", "only PostgreSQL"),
        ("sqlite:///copy.sqlite3", "postgres://me@db.example/facts", "postgres://"),
        ("postgres://me@one.example,two.example/facts", "postgres://me@db/facts", "no database"),
        ("postgres://me@one.example", "postgres://me@db.example/facts", "names no database"),
    ],
)
def test_no_other_replicas_are_taken(urls, primary, said):
    message = refused("REPLICA_URLS", urls, environment.replicas, read_database(primary))

    assert said in message
