"""All addresses: the API's, and the site's."""

from __future__ import annotations

from bookwheel.api.app import urlpatterns as api_patterns
from bookwheel.web import urls as web

urlpatterns = [*api_patterns, *web.urlpatterns]

handler400 = web.handler400
handler403 = web.handler403
handler404 = web.handler404
handler500 = web.handler500
