"""Reads settings from environment variables, and refuses what it cannot read.

Every reader takes the mapping and the variable's name, treats a blank value as not given, and
raises ImproperlyConfigured with the variable's name in front of what is wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environ import Env

Databases = dict[str, dict[str, Any]]
"""Django's settings of databases, by alias."""

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

SQLITE_OPTIONS = {
    # Without IMMEDIATE a write that follows a read in one transaction fails at once under load:
    # the timeout does not cover the upgrade of a read lock.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
    ),
}
POSTGRESQL = "django.db.backends.postgresql"
SCHEMES = ("postgres://", "postgresql://")
KEPT = {"CONN_MAX_AGE": 60}
"""Connections are kept: to open one for each request costs more than most requests ask."""

POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    # In milliseconds: a server that vanished is noticed by whoever waits for it, not in 15 minutes.
    "tcp_user_timeout": 10_000,
    # As dear as PostgreSQL takes it to be on turning discs, a page read by an index would keep it
    # from indexes that hold all that is asked. In its own 4 MB a country's projects sort on disk.
    # To compile what is asked takes longer than most answers. Whoever opens a cursor here reads it
    # to its end: a plan that has the first rows early took fifty times as long to have them all.
    "options": "-c random_page_cost=1.1 -c work_mem=16MB -c hash_mem_multiplier=4 -c jit=off"
    " -c cursor_tuple_fraction=1",
}

# Asked by visitors who have the primary to fall back on; what it is never asked, it refuses.
REPLICA_OPTIONS = {
    "connect_timeout": 2,
    "tcp_user_timeout": 3_000,
    "options": f"{POSTGRESQL_OPTIONS['options']} -c default_transaction_read_only=on",
}

OWN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"

CACHE_OPTIONS = {
    OWN_MEMORY: {"MAX_ENTRIES": 500},
    # In seconds: what is remembered is made anew sooner than a cache that vanished is waited for.
    "django.core.cache.backends.redis.RedisCache": {
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
    },
}

# A client library that no requirement of ours brings, by the start of Django's backend path.
CACHE_CLIENTS = {
    "django.core.cache.backends.redis.": "redis",
    "django.core.cache.backends.memcached.PyMemcacheCache": "pymemcache",
    "django.core.cache.backends.memcached.PyLibMCCache": "pylibmc",
}


def refuse(name: str, problem: str) -> ImproperlyConfigured:
    """The error for the variable `name`, to be raised."""
    return ImproperlyConfigured(f"{name}: {problem}")


def text(environment: Mapping[str, str], name: str, default: str = "") -> str:
    """The value without surrounding blanks, or the default."""
    return environment.get(name, "").strip() or default


def choice(environment: Mapping[str, str], name: str, choices: Iterable[str], default: str) -> str:
    """One of the choices, as written there."""
    value = text(environment, name, default)
    allowed = list(choices)
    if value not in allowed:
        raise refuse(name, f"{value!r} is none of {', '.join(allowed)}.")
    return value


def switch(environment: Mapping[str, str], name: str) -> bool:
    """Whether the variable switches something on; off where it is not given."""
    value = text(environment, name, "off").lower()
    if value not in YES | NO:
        raise refuse(name, f"{value!r} is neither on nor off.")
    return value in YES


def count(environment: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    """A whole number, zero or more, or another number at least."""
    value = text(environment, name, str(default))
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        words = "zero" if least == 0 else str(least)
        raise refuse(name, f"{value!r} is not a whole number, {words} or more.")
    return int(value)


def time_zone(environment: Mapping[str, str], name: str, default: str) -> str:
    """The name of a time zone that this machine knows."""
    value = text(environment, name, default)
    try:
        ZoneInfo(value)
    except (ValueError, OSError) as error:
        raise refuse(name, f"{value!r} is not a time zone such as Asia/Shanghai.") from error
    except KeyError as error:
        raise refuse(name, f"the time zone {value!r} is not known here.") from error
    return value


def secret(environment: Mapping[str, str], name: str, file: Path) -> str:
    """The value, or else the content of the file that `make run` wrote."""
    value = text(environment, name)
    if not value and file.is_file():
        value = file.read_text(encoding="utf-8").strip()
    if not value:
        raise refuse(
            name, f"not set, and there is no {file}. Set a long random text, or start by make run."
        )
    return value


def origin(environment: Mapping[str, str], name: str, default: str) -> SplitResult:
    """The site's own address: http or https, a host, perhaps a port, nothing after it."""
    value = text(environment, name, default)
    problem = f"{value!r} is not an address such as https://cooperation.example, without a path."
    try:
        parts = urlsplit(value.removesuffix("/"))
        known_port = parts.port != 0
    except ValueError as error:
        raise refuse(name, problem) from error
    extra = (
        parts.path or parts.query or parts.fragment or "@" in parts.netloc or "*" in parts.netloc
    )
    if parts.scheme not in {"http", "https"} or not parts.hostname or not known_port or extra:
        raise refuse(name, problem)
    return parts


def is_guarded(address: SplitResult) -> bool:
    """Whether nobody reads along on the way there: https, or a server on this machine."""
    return address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)


def issuer(environment: Mapping[str, str], name: str) -> str:
    """The address by which a provider of single sign-on names itself; empty where none is given.

    As it was written, a slash at its end included: what the provider signs has to be the same.
    """
    value = text(environment, name)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        readable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        readable = False
    if not readable or parts.query or parts.fragment or "@" in parts.netloc:
        raise refuse(name, f"{value!r} is not an address such as https://login.example/realm.")
    if not is_guarded(parts):
        raise refuse(name, f"{value!r} has to begin with https://; http:// is for 127.0.0.1 alone.")
    return value


def together(
    environment: Mapping[str, str], needed: Sequence[str], others: Sequence[str] = ()
) -> None:
    """Refuses to go on where some of these variables are given, but not all that are needed."""
    given = [name for name in (*needed, *others) if text(environment, name)]
    for name in needed:
        if given and name not in given:
            raise refuse(name, f"not set, and {given[0]} is. {', '.join(needed)} belong together.")


def hosts(environment: Mapping[str, str], name: str, default: list[str]) -> list[str]:
    """Host names separated by commas, in the form of Django's ALLOWED_HOSTS."""
    value = text(environment, name)
    if not value:
        return default
    names = [host.strip() for host in value.split(",") if host.strip()]
    for host in names:
        if "/" in host or " " in host:
            raise refuse(name, f"{host!r} is not a host name; no scheme, no path, commas between.")
    return names


def database(environment: Mapping[str, str], name: str, folder: Path) -> dict[str, Any]:
    """Django's settings for one database; SQLite files are below `folder` unless absolute."""
    url = text(environment, name, "sqlite:///var/cooperation.sqlite3")
    if url.startswith("sqlite:"):
        file = url.removeprefix("sqlite://")
        if file == ":memory:":
            return sqlite(file)
        if not file.startswith("/") or file.endswith("/"):
            raise refuse(name, f"{url!r} names no file: sqlite:///relative or sqlite:////absolute.")
        return sqlite(folder / unquote(file[1:]))
    if not url.startswith(SCHEMES):
        raise refuse(name, "has to begin with sqlite:// or postgres://.")
    config = postgresql(name, url)
    return config | {"OPTIONS": POSTGRESQL_OPTIONS | config["OPTIONS"]}


def replicas(environment: Mapping[str, str], name: str, primary: Mapping[str, Any]) -> Databases:
    """Django's settings for the streaming replicas of the primary, by their aliases, in order."""
    urls = [url.strip() for url in text(environment, name).split(",") if url.strip()]
    if urls and primary["ENGINE"] != POSTGRESQL:
        raise refuse(name, "only PostgreSQL has replicas, and DATABASE_URL names another database.")
    found = {}
    for number, url in enumerate(urls, start=1):
        if not url.startswith(SCHEMES):
            raise refuse(name, "has to be addresses that begin with postgres://, commas between.")
        config = postgresql(name, url)
        options = REPLICA_OPTIONS | config["OPTIONS"]
        found[f"replica{number}"] = config | {"OPTIONS": options}
    return found


def postgresql(name: str, url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL server, or for the one of several that takes writes."""
    try:
        parts = urlsplit(url)
        user, at, named = parts.netloc.rpartition("@")
        servers = [urlsplit(f"//{server}") for server in named.split(",")]
        where = {
            "HOST": ",".join(server.hostname or "" for server in servers),
            "PORT": ",".join(str(server.port or 5432) for server in servers),
        }
        first = parts._replace(netloc=f"{user}{at}{servers[0].netloc}")
        config = dict(Env.db_url_config(first.geturl()))
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise refuse(name, "cannot be read as an address of a database.") from error
    if not config["NAME"]:
        raise refuse(name, "names no database after the last slash.")
    options = config.get("OPTIONS", {})
    if len(servers) > 1:
        config |= where
        options = {"target_session_attrs": "read-write"} | options
    # Looked at before use, so that a restarted server costs no request.
    return KEPT | config | {"OPTIONS": options, "CONN_HEALTH_CHECKS": True}


def sqlite(path: Path | str) -> dict[str, Any]:
    """Django's settings for SQLite, safe under several writers."""
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    return engine | KEPT | {"OPTIONS": dict(SQLITE_OPTIONS)}


def cache(environment: Mapping[str, str], name: str) -> dict[str, Any]:
    """Django's settings for one cache; the process's own memory where none is given."""
    try:
        config = dict(Env.cache_url_config(text(environment, name, "locmemcache://")))
    except (ValueError, ImproperlyConfigured) as error:
        raise refuse(name, "cannot be read as an address of a cache, such as redis://…") from error
    for backend, client in CACHE_CLIENTS.items():
        if config["BACKEND"].startswith(backend) and not find_spec(client):
            raise refuse(name, f"needs the Python package {client}, which is not installed.")
    options = CACHE_OPTIONS.get(config["BACKEND"], {}) | config.get("OPTIONS", {})
    return config | {"OPTIONS": options} if options else config
