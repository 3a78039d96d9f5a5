"""The site on one page. What is open to everybody says so in its view; all else needs a login."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, path

from bookwheel.web.pages import errors

urlpatterns: list[URLPattern] = [
    # lists of papers
    # one paper
    # gestures
    # tags
    # the rest
    # account
    path("account/login", account.login, name="account_login"),
    path("account/logout", account.logout, name="account_logout"),
    path("account/sign-up", account.signup, name="account_signup"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
