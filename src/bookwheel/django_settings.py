"""Wiring only: `config` in, Django settings out. Leaves out every decision about papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from bookwheel import databases
from bookwheel.config import SMTPS, config
from bookwheel.logs import logging_settings
from bookwheel.secret_key import read_or_make
from bookwheel.web.binding import allowed_hosts
from bookwheel.web.fingerprint import fingerprint

_here = Path(__file__).parent
_config = config()

DEBUG = False
SECRET_KEY = _config.secret_key or read_or_make(_config.data)
ALLOWED_HOSTS = allowed_hosts(_config.host, _config.hosts)
ROOT_URLCONF = "bookwheel.urls"
ASGI_APPLICATION = "bookwheel.asgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "bookwheel.apps.Bookwheel",
]
MIDDLEWARE = [
    "bookwheel.web.measures.measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bookwheel.web.compressing.compress_pages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bookwheel.web.middleware.solo_reader",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "bookwheel.web.zones.local_time",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "bookwheel.web.middleware.ErrorPages",
]

TEMPLATES: list[dict[str, Any]] = [
    {  # every page of ours
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_here / "templates"],
        "OPTIONS": {
            "environment": "bookwheel.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "bookwheel.web.contexts.frame",
            ],
        },
    },
    {  # the texts of allauth's mails and messages
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATABASES = {"default": databases.default(_config)}
# In the database because rate limits must hold over all processes. Not for pages: it is slow.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "bookwheel_cache",
        # With Django's 300, guesses would push out what limits them.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES = {"bookwheel": "bookwheel.models.migrations"}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [_here / "locale"]
LANGUAGE_COOKIE_NAME = "bookwheel_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Every file's address carries what all files hold, so it may be kept for ever and never be stale.
STATICFILES_DIRS = [_here / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC_URL = f"/static/{fingerprint(_here / 'static')}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Accounts
AUTH_USER_MODEL = "bookwheel.Reader"
AUTHENTICATION_BACKENDS = ["bookwheel.web.accounts.Login"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "bookwheel.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "email" + "*" * bool(_config.smtp_host),
    "password1*",
    "password2*",
]
ACCOUNT_EMAIL_VERIFICATION = "optional" if _config.smtp_host else "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # or anybody could make us write to anybody
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Bookwheel: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _config.https else "http"
ACCOUNT_USERNAME_BLACKLIST = ["reader"]  # the name of whoever reads alone on loopback
ALLAUTH_TRUSTED_PROXY_COUNT = _config.trusted_proxies

# Cookies of one machine's servers are shared over its ports, hence our own names.
SESSION_COOKIE_NAME = "__Host-bookwheel" if _config.https else "bookwheel"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _config.https
SESSION_COOKIE_AGE = 180 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-bookwheel_csrf" if _config.https else "bookwheel_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _config.hosts] if _config.https else []
CSRF_FAILURE_VIEW = "bookwheel.web.pages.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if _config.https else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _config.https and _config.trusted_proxies else None
)
# The proxy sends people to HTTPS; other names under our domain are not ours to speak for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

_mail = "smtp" if _config.smtp_host else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{_mail}.EmailBackend"
EMAIL_HOST = _config.smtp_host
EMAIL_PORT = _config.smtp_port
EMAIL_HOST_USER = _config.smtp_user
EMAIL_HOST_PASSWORD = _config.smtp_password
EMAIL_USE_SSL = _config.smtp_tls and _config.smtp_port == SMTPS
EMAIL_USE_TLS = _config.smtp_tls and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _config.mail_from

LOGGING = logging_settings(_config.log, requests=_config.log_requests)
