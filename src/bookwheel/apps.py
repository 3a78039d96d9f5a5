"""The one Django app."""

from django.apps import AppConfig


class Bookwheel(AppConfig):
    """All models live under `bookwheel.models`, one file each."""

    name = "bookwheel"
    default_auto_field = "django.db.models.BigAutoField"
