"""A link beside the code of a sign-up: it proves the address on any device, with the password that was chosen.

The password is asked for because anybody can sign up with somebody else's address: whoever only reads the mail must
not open an account for a stranger who knows its password.
"""

from allauth.account import app_settings
from allauth.account.models import EmailAddress

from records import signed

from .models import User

SALT = "organisations.address"


def token_for(person, email):
    return signed.make({"person": person.pk, "email": email.lower()}, SALT)


def read(token):
    """The EmailAddress of somebody who has not proved it yet, or None for a token that is void, old or made up."""
    data = signed.read(token, SALT, seconds=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)
    if data is None:
        return None
    person = User.objects.filter(pk=data["person"], is_active=True).first()
    if person is None or person.email.lower() != data["email"]:
        return None
    address = EmailAddress.objects.filter(user=person, email__iexact=data["email"]).first()
    return None if address is None or address.verified else address
