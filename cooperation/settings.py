"""Settings, read from the environment: README.md lists the variables."""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import django_htmx
from django.utils.translation import gettext_lazy as _

from cooperation import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# Who may reach the site, and how

DEBUG = environment.switch(os.environ, "DEBUG")
SECRET_KEY = environment.secret(os.environ, "SECRET_KEY", VAR_DIR / "secret_key")
PUBLIC_URL = environment.origin(os.environ, "PUBLIC_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = environment.hosts(
    os.environ,
    "ALLOWED_HOSTS",
    default=sorted({PUBLIC_URL.hostname or "", "127.0.0.1", "localhost", "[::1]"}),
)
BROWSING = environment.choice(os.environ, "BROWSING", ["public", "login"], default="public")
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "projects:dashboard"

# Single sign-on by OpenID Connect; without these there is none.

OIDC_ISSUER = environment.issuer(os.environ, "OIDC_ISSUER")
OIDC_CLIENT_ID = environment.text(os.environ, "OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = environment.text(os.environ, "OIDC_CLIENT_SECRET")
OIDC_NAME = environment.text(os.environ, "OIDC_NAME", default=urlsplit(OIDC_ISSUER).hostname or "")
OIDC_CREATE = environment.switch(os.environ, "OIDC_CREATE")
environment.together(
    os.environ,
    needed=["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
    others=["OIDC_NAME", "OIDC_CREATE"],
)

HTTPS = PUBLIC_URL.scheme == "https"
TRUSTED_PROXIES = environment.count(os.environ, "TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.geturl()]
SECURE_SSL_REDIRECT = HTTPS
# Who watches asks each process, not the address that the world sees.
SECURE_REDIRECT_EXEMPT = [r"^(livez|healthz|readyz|metrics)$"]
METRICS_TOKEN = environment.text(os.environ, "METRICS_TOKEN")
SLOW_QUERY_MS = environment.count(os.environ, "SLOW_QUERY_MS", default=500, least=1)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# A working day: what is typed into a form when a session ends is lost.
SESSION_COOKIE_AGE = 43_200
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for the host's subdomains is for their owner to decide.
    "security.W021",  # So is the browsers' preload list.
]
X_FRAME_OPTIONS = "DENY"
# Named and shaped as in Django 6, whose own middleware can then replace ours.
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}

# Parts

INSTALLED_APPS = [
    "cooperation",
    "projects",
    "django_tables2",
    "django_filters",
    "simple_history",
    "projects.apps.DataEntryConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "cooperation.observing.ObservingMiddleware",
    "cooperation.middleware.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # which `check` asks for
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Behind the one above, whose files are compressed already; adds a random length to each page.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cooperation.middleware.RefuseUnreadableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "cooperation.unavailable.UnavailableMiddleware",
]
if BROWSING == "login":
    MIDDLEWARE.append("django.contrib.auth.middleware.LoginRequiredMiddleware")
if DEBUG and find_spec("debug_toolbar"):
    INSTALLED_APPS.append("debug_toolbar")
    # It writes into pages, so it stands behind what compresses them.
    behind = MIDDLEWARE.index("django.middleware.gzip.GZipMiddleware") + 1
    MIDDLEWARE.insert(behind, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1", "::1"]
ROOT_URLCONF = "cooperation.urls"
WSGI_APPLICATION = "cooperation.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# Data

DATABASES = {"default": environment.database(os.environ, "DATABASE_URL", BASE_DIR)}
DATABASES |= environment.replicas(os.environ, "REPLICA_URLS", primary=DATABASES["default"])
# In seconds; what is further behind is left out.
REPLICA_LAG = environment.count(os.environ, "REPLICA_LAG", default=10, least=1)
if len(DATABASES) > 1:
    DATABASE_ROUTERS = ["cooperation.replicas.Router"]
    MIDDLEWARE.append("cooperation.replicas.middleware.ReplicaMiddleware")
CACHES = {"default": environment.cache(os.environ, "CACHE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SILENCE_MONTHS = 24
# Fewer than the threads of one worker, so that slow readers of files never take all of them.
EXPORTS_AT_ONCE = environment.count(os.environ, "EXPORTS_AT_ONCE", default=3, least=1)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

# Languages and time

LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_CODE = environment.choice(
    os.environ, "LANGUAGE_CODE", [code for code, _name in LANGUAGES], default="zh-hans"
)
LOCALE_PATHS = [BASE_DIR / "projects" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = environment.time_zone(os.environ, "TIME_ZONE", default="Asia/Shanghai")

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cooperation.staticfiles.VendorFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cooperation.staticfiles.ManifestStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
NODE_MODULES = BASE_DIR / "node_modules"
# What of each package is served, at vendor/<package>/<file>: a whole package is 10 MB.
VENDOR_FILES = {
    "bootstrap": ["dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js"],
    "chart.js": ["dist/chart.umd.min.js"],
    "django-htmx": ["htmx-2.min.js"],
}
# Where a package is that does not come from npm. As an app it would have all its copies served.
VENDOR_FOLDERS = {"django-htmx": Path(django_htmx.__file__).parent / "static" / "django_htmx"}

# Logs: Django's default sends a failed request nowhere but to a mailbox. In debug, for the eye.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "cooperation.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line" if DEBUG else "json"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "cooperation": {"level": "INFO"},
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Replaces the server's own form once the site is loaded.
        "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # It warns of every HEAD request, as Django leaves the body to the server to drop.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
