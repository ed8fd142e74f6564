"""gunicorn's worker, whose own answers to what is no request carry our headers too."""

from typing import Any

from django.conf import settings
from gunicorn.workers.gthread import ThreadWorker

from cooperation.middleware import security_headers


class Worker(ThreadWorker):
    """Threads; what cannot be read as a request never reaches Django, and is answered here."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        super().handle_error(req, Guarded(client), addr, exc)


class Guarded:
    """A socket over which one whole answer is sent: our headers are put behind its first line."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def sendall(self, answer: bytes) -> None:
        """Send the answer with the headers."""
        line, end, rest = answer.partition(b"\r\n")
        self._client.sendall(line + end + _lines() + rest)


def _lines() -> bytes:
    headers = security_headers()
    if settings.SECURE_HSTS_SECONDS:
        # By which scheme it was asked is not known here; browsers ignore it but for https.
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("latin-1")
