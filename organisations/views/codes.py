"""Proving an address: the code's page, in words that are true of what happened, and the link beside the code."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import mark_email_address_as_verified
from allauth.account.utils import perform_login
from allauth.account.views import ConfirmEmailVerificationCodeView
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from screens.forms import GovukForm

from .. import proving

TOO_OFTEN = "That was {} codes that are not ours, so none of them counts any more. Sign in: we send you a new one."


class CodeView(ConfirmEmailVerificationCodeView):
    """allauth's page for a code, which says too many wrong codes are failed sign-ins."""

    def _verify_form_invalid(self, form):
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(self.request, TOO_OFTEN.format(app_settings.EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS))
        return redirect("account_login")


class PasswordForm(GovukForm, forms.Form):
    """The password of one account; a stranger's guesses are counted as at the sign-in."""

    password = forms.CharField(
        label="The password that you chose",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        error_messages={"required": "Enter the password that you chose"},
    )

    def __init__(self, *args, request, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.email, self.person = request, email, None

    def clean_password(self):
        password = self.cleaned_data["password"]
        self.person = get_adapter(self.request).authenticate(self.request, email=self.email, password=password)
        if self.person is None:
            raise ValidationError("This is not the password that you chose.", code="wrong")
        return password


def confirm_address(request, token):
    """The link of an e-mail: the password, and the address is proved and its owner signed in."""
    address = proving.read(token)
    if address is None:
        return render(request, "account/confirm_address_void.html", status=404)
    form = PasswordForm(request.POST or None, request=request, email=address.email)
    if request.method == "POST" and form.is_valid():
        mark_email_address_as_verified(request, address)
        return perform_login(request, form.person, email=address.email)
    return render(request, "account/confirm_address.html", {"form": form, "email": address.email})
