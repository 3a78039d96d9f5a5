"""Deleting one's own account, after typing the password once more."""

from __future__ import annotations

from typing import Any

from allauth.decorators import rate_limit
from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bookwheel.actions.delete_reader import delete_reader
from bookwheel.models import Reader
from bookwheel.web.visit import Visit


class Sure(forms.Form):
    """Asks for the password; for the name, where the reader has no password."""

    proof = forms.CharField(strip=False)

    def __init__(self, reader: Reader, *args: Any) -> None:
        super().__init__(*args)
        self._reader = reader
        if reader.has_usable_password():
            self.fields["proof"].label = gettext_lazy("Your password")
            self.fields["proof"].widget = forms.PasswordInput(
                attrs={"autocomplete": "current-password"}
            )
        else:
            self.fields["proof"].label = _("Type “%(name)s” to go on") % {"name": reader.username}

    def clean_proof(self) -> str:
        """Compare with what only the reader would type."""
        proof: str = self.cleaned_data["proof"]
        if self._reader.has_usable_password():
            right = self._reader.check_password(proof)
        else:
            right = proof == self._reader.username
        if not right:
            raise forms.ValidationError(_("That is not it. Nothing was deleted."))
        return proof


# Or the password could be guessed here.
@rate_limit(action="reauthenticate")  # type: ignore[untyped-decorator]
@sensitive_post_parameters("proof")
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: Visit) -> HttpResponse:
    """Ask, then delete and log out."""
    reader = request.user
    form = Sure(reader, request.POST) if request.method == "POST" else Sure(reader)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/delete.html", {"form": form})
    logout(request)
    delete_reader(reader)
    return redirect("account_login")
