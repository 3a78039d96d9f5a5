"""Logging in, and what to do without the password. All other account pages are allauth's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookwheel.config import config
from bookwheel.queries.readers import accounts_exist


class Login(allauth.LoginView):  # type: ignore[misc]
    """Also says how to get an account, where there is none or where they are free."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        """Name the first field after what can be typed there."""
        form: Form = super().get_form(form_class)
        form.fields["login"].label = _("Name or e-mail address")
        form.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page says about accounts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["accounts_exist"] = accounts_exist()
        context["sign_up_open"] = config().sign_up == "open"
        return context


login = Login.as_view()


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Send a link by mail; without a mail server, say whom to ask."""
    if config().smtp_host:
        return _of_allauth(allauth.password_reset, request)
    return render(request, "account/password_reset_no_mail.html")


@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Change the address; without a mail server it would be of no use and cannot be confirmed."""
    if config().smtp_host:
        return _of_allauth(allauth.email, request)
    return render(request, "account/email_no_mail.html")


def _of_allauth(page: Callable[..., HttpResponse], request: HttpRequest) -> HttpResponse:
    """Call a page of allauth's, which has no type hints."""
    return page(request)
