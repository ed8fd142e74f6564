"""Settings for tests: the project's own, whatever the caller's environment says, made quick."""

import os

for name in (
    "DEBUG",
    "ALLOWED_HOSTS",
    "PUBLIC_URL",
    "BROWSING",
    "TRUSTED_PROXIES",
    "METRICS_TOKEN",
    "SLOW_QUERY_MS",
    "CACHE_URL",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "EXPORTS_AT_ONCE",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_CREATE",
):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "only for tests"
os.environ["REPLICA_URLS"] = os.environ.get("TEST_REPLICA_URLS", "")
os.environ["REPLICA_LAG"] = os.environ.get("TEST_REPLICA_LAG", "")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or "sqlite://:memory:"

from cooperation.catalogues import compile_catalogues  # noqa: E402
from cooperation.settings import *  # noqa: E402, F403

# Here, because what is translated while Django is set up stays as it is.
compile_catalogues(LOCALE_PATHS)  # noqa: F405

if str(DATABASES["default"]["NAME"]).endswith(".sqlite3"):  # noqa: F405
    # Django would keep it in memory. Beside the file that is named, which may be somebody's own.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}  # noqa: F405

# A file that a test leaves unread keeps its place, and so do those of other processes.
EXPORTS_AT_ONCE = int(os.environ.get("TEST_EXPORTS_AT_ONCE") or "1000")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest storage raises for every file that collectstatic has not seen.
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
