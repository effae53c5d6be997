"""What a supplier says of itself: what it can offer, and how far it travels."""

from django.db import models

from organisations.models import Organisation
from words import contacts


class SupplierProfile(models.Model):
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="supplier_profile"
    )
    can_offer = models.TextField("what it can offer", max_length=1000, blank=True, validators=[contacts.none_in])
    travels_miles = models.PositiveSmallIntegerField("travels up to (miles)", null=True, blank=True)
    holds_contracts = models.BooleanField("holds contracts with the council", default=False)
    contracts_named = models.TextField("contracts, as the supplier names them", max_length=1000, blank=True)

    shown_to_groups = models.BooleanField(
        "groups may see our name as a likely helper",
        default=False,
        help_text="On the page that tells a group who may help. Never what you promised in a contract",
    )

    class Meta:
        verbose_name = "supplier profile"

    def __str__(self):
        return str(self.organisation)
