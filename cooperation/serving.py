"""gunicorn's settings: `gunicorn --config python:cooperation.serving --bind HOST:PORT`."""

import os
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from django.conf import settings
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

wsgi_app = "cooperation.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# In seconds. What supervises it has to wait longer, as deploy/systemd and compose.yaml do.
graceful_timeout = 30
worker_class = "cooperation.worker.Worker"
# A setting that cannot be read stops the start, instead of one worker after the other.
preload_app = True
# The socket would be a file in the home folder, shared by every site of the same user.
control_socket_disable = True
# Which proxies may say https is for TRUSTED_PROXIES alone.
forwarded_allow_ips = ""
loglevel = "warning"
accesslog = None  # cooperation.observing says more of each request
counts = os.environ.get("METRICS_TOKEN", "").strip() and mkdtemp(prefix="cooperation-metrics-")
"""Where all processes count for /metrics; empty where nobody may read it."""

if counts:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts


def when_ready(server: Arbiter) -> None:
    """Says where the site is, once it answers."""
    site = settings.PUBLIC_URL.geturl()
    local = [str(listener) for listener in server.LISTENERS if str(listener) != site]
    through = f", through {', '.join(local)}" if local else ""
    print(f"\nThe site is at {site}/{through} (Ctrl-C stops it)\n", flush=True)


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Forgets what a process had under way when it ended; what it has counted stays."""
    # prometheus_client has a function for it, but may not be imported before the site is.
    for file in Path(counts).glob(f"gauge_live*_{worker.pid}.db") if counts else ():
        file.unlink(missing_ok=True)


def on_exit(server: Arbiter) -> None:
    """Takes away the folder of the counts."""
    if counts:
        rmtree(counts, ignore_errors=True)
