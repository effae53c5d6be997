"""What a supplier says of itself."""

from django.db import transaction

from .models import SupplierProfile
from .signals import offer_changed


@transaction.atomic
def save(profile):
    """Save what a supplier can offer; matching follows how far it travels."""
    profile.save()
    offer_changed.send(SupplierProfile, organisation=profile.organisation_id)
    return profile
