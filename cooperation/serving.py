"""gunicorn's settings: `gunicorn --config python:cooperation.serving --bind HOST:PORT`."""

import os

from django.conf import settings
from gunicorn.arbiter import Arbiter

wsgi_app = "cooperation.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
worker_class = "cooperation.worker.Worker"
# A setting that cannot be read stops the start, instead of one worker after the other.
preload_app = True
# The socket would be a file in the home folder, shared by every site of the same user.
control_socket_disable = True
# Which proxies may say https is for TRUSTED_PROXIES alone.
forwarded_allow_ips = ""
loglevel = "warning"
accesslog = "-"
access_log_format = '%(t)s %(h)s "%(r)s" %(s)s %(B)s bytes %(M)s ms'


def when_ready(server: Arbiter) -> None:
    """Says where the site is, once it answers."""
    site = settings.PUBLIC_URL.geturl()
    local = [str(listener) for listener in server.LISTENERS if str(listener) != site]
    through = f", through {', '.join(local)}" if local else ""
    print(f"\nThe site is at {site}/{through} (Ctrl-C stops it)\n", flush=True)
