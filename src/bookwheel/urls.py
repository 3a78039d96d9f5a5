"""All addresses: the API's, and the site's."""

from __future__ import annotations

from django.urls import path

from bookwheel.api.app import urlpatterns as api_patterns
from bookwheel.mcp.http import tools
from bookwheel.web import urls as web

urlpatterns = [path("mcp", tools, name="mcp"), *api_patterns, *web.urlpatterns]

handler400 = web.handler400
handler403 = web.handler403
handler404 = web.handler404
handler500 = web.handler500
