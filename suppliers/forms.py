"""What a supplier says of itself."""

from django import forms

from screens.forms import GovukForm
from screens.stamps import StampedForm

from .models import SupplierProfile


class SupplierProfileForm(GovukForm, StampedForm, forms.ModelForm):
    travels_miles = forms.IntegerField(
        label="How far do you travel, in miles? (optional)",
        required=False,
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Enter a whole number, like 15"},
    )

    class Meta:
        model = SupplierProfile
        fields = ["can_offer", "travels_miles", "shown_to_groups", "holds_contracts", "contracts_named"]
        labels = {
            "can_offer": "What can you offer?",
            "shown_to_groups": "Groups may see our name as a likely helper",
            "holds_contracts": "We hold contracts with the council",
            "contracts_named": "Which contracts? (optional)",
        }
        help_texts = {
            "can_offer": "Groups read this when you pledge: skills, things, space, people",
            "contracts_named": "Names or references. The council files your commitments under them",
        }
        widgets = {"can_offer": forms.Textarea(attrs={"rows": 5}), "contracts_named": forms.Textarea(attrs={"rows": 3})}
