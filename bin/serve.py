"""From a fresh clone to a running site: `run` as in production, `dev` with debug and reload.

`prepare` does all that comes before the server, and ends.
"""

import errno
import os
import secrets
import socket
import sys

import environment
from environment import PYTHON, ROOT, SetUpError

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  # asked for by HOST, never the default


def main(mode: str) -> None:
    """Sets up what is missing, then becomes the server, unless that is all."""
    host = os.environ.get("HOST") or "127.0.0.1"
    port = read_port(os.environ.get("PORT") or "8000")
    if mode != "prepare":
        refuse_busy_port(host, port, mode)
    environment.prepare("requirements-dev.txt" if mode == "dev" else "requirements.txt")
    os.environ.update(site_environment(host, port, debug=mode == "dev"))
    os.chdir(ROOT)
    make_secret_key()
    environment.run_openly([PYTHON, "manage.py", "prepare"], "The site could not be prepared.")
    if mode == "prepare":
        return
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if mode == "dev":
        server = ["manage.py", "runserver", address]
    else:
        server = ["-m", "gunicorn", "--config", "python:cooperation.serving", "--bind", address]
    os.execv(PYTHON, [str(PYTHON), *server])


def read_port(words: str) -> int:
    """A port that can be listened on, 1 to 65535."""
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= 65535):
        raise SetUpError(f"PORT={words} is not a port: a whole number from 1 to 65535.")
    return int(words)


def refuse_busy_port(host: str, port: int, mode: str) -> None:
    """Raises SetUpError where the address cannot be listened on, before any work is done."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the servers do, or a connection that was just closed would count as in use.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (socket.gaierror, UnicodeError) as error:
        raise SetUpError(f"HOST={host} is not an address of this machine.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SetUpError(
                f"Port {port} of {host} is in use. Stop what listens there, or choose another: "
                f"make {mode} PORT={port + 1 if port < 65535 else 8000}"
            ) from error
        raise SetUpError(f"Cannot listen on port {port} of {host}: {error.strerror}.") from error


def site_environment(host: str, port: int, *, debug: bool) -> "dict[str, str]":
    """The variables that follow from the address and the mode, but for those that are given."""
    shown = "127.0.0.1" if host in EVERYWHERE else host
    shown = f"[{shown}]" if ":" in shown else shown
    settings = {
        "DEBUG": "on" if debug else "off",
        "PUBLIC_URL": os.environ.get("PUBLIC_URL") or f"http://{shown}:{port}",
    }
    if host in EVERYWHERE and not os.environ.get("ALLOWED_HOSTS"):
        settings["ALLOWED_HOSTS"] = ",".join(names_of_this_machine())
    return settings


def names_of_this_machine() -> "list[str]":
    """The names and IPv4 addresses by which this machine may be called."""
    names = {"127.0.0.1", "localhost", "[::1]", socket.gethostname()}
    try:
        names.update(socket.gethostbyname_ex(socket.gethostname())[2])
    except OSError:
        environment.say("This machine's own name has no address; call the site by localhost.")
    return sorted(names)


def make_secret_key() -> None:
    """Writes var/secret_key, for the owner's eyes only, unless there is one."""
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    file = var / "secret_key"
    if os.environ.get("SECRET_KEY") or file.exists():
        return
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_urlsafe(50))


if __name__ == "__main__":
    environment.end_with(lambda: main(sys.argv[1]))
