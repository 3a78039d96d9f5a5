"""The one Django app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class Bookwheel(AppConfig):
    """All models live under `bookwheel.models`, one file each."""

    name = "bookwheel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of new database connections."""
        from bookwheel.models.without_nul import teach

        connection_created.connect(teach)
