"""How allauth fits this site."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone

from mail.composing import Reader, compose

from . import limits, proving
from .models import User

logger = logging.getLogger(__name__)

ANYBODY_ASKS = (
    "account/email_confirmation_signup", "account/email_confirmation", "account/account_already_exists",
    "account/unknown_account", "account/password_reset_key",
)  # fmt: skip
"""Messages that anybody may have sent to any address: so many a day to each, and no more."""
UNPROVED = ("account/email_confirmation_signup", "account/email_confirmation")
"""Messages to an address that may be a stranger's: without the name, which somebody else may have typed."""


def on_site(address):
    """The same path at the address that is configured, whatever Host the request named."""
    parts = urlsplit(address)
    return settings.SITE_URL + parts.path + (f"?{parts.query}" if parts.query else "")


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """What allauth tells people, in the site's own words and through its outbox."""
        own = template_prefix.replace("/email/", "/", 1)
        context = {key: on_site(value) if key.endswith("_url") else value for key, value in context.items()}
        person = context.pop("user", None) or User.objects.filter(email__iexact=email).first()
        context |= {
            "login_url": settings.SITE_URL + reverse("account_login"),
            "reset_url": settings.SITE_URL + reverse("account_reset_password"),
            "minutes": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
            "until": timezone.localtime() + timedelta(seconds=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        }
        if person and "code" in context:
            context["link"] = settings.SITE_URL + reverse("confirm_address", args=[proving.token_for(person, email)])
        name = person.name if person and own not in UNPROVED else ""
        if own in ANYBODY_ASKS and not limits.within("account_mail", own, email.lower()):
            logger.warning("No more %s to one address today", own)
            return
        is_new = person and own in UNPROVED and email.lower() != person.email.lower()
        if is_new and not limits.within("stranger", person):
            messages.error(self.request, "We wrote to three people or new addresses for you today. Go on tomorrow.")
            return
        compose(own, Reader(email, name), None, True, **context).send()

    def unstash_verified_email(self, request):
        """The address that an invitation's link proved, for whoever signs up with it; another is proved by a code."""
        proved = super().unstash_verified_email(request)
        typed = request.POST.get("email", "").strip().lower()
        return proved if proved and proved.lower() == typed else None

    def send_account_already_exists_mail(self, email):
        """Take the time that a new account takes: hashing the password is most of it."""
        make_password(self.request.POST.get("password1", ""))
        super().send_account_already_exists_mail(email)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong guesses count by who guesses, too: a stranger's do not keep the owner out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def populate_username(self, request, user):
        """There are no user names."""
