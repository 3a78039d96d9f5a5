"""The application that a web server runs."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
django.setup()

from django.urls import get_resolver  # noqa: E402

from bookwheel.web.handler import PooledHandler  # noqa: E402

application = PooledHandler()
get_resolver().reverse_dict  # noqa: B018  (reads all pages now, not while the first visitor waits)
