"""Wiring only: `config` in, Django settings out."""

from __future__ import annotations

from bookwheel.config import config

_config = config()

SECRET_KEY = _config.secret_key or "replaced-below"
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_config.hosts]
ROOT_URLCONF = "bookwheel.web.urls"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "bookwheel.Reader"
MIGRATION_MODULES = {"bookwheel": "bookwheel.models.migrations"}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "bookwheel.apps.Bookwheel",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _config.database,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
