"""How much is needed, and of what."""

from django import forms
from django.core.exceptions import ValidationError

from screens.fields import NumberField
from vocabulary.kinds import UNITS_FOR_KIND
from vocabulary.units import Unit

from .step import StepForm


class QuantityStep(StepForm):
    heading = "How much do you need?"
    quantity = NumberField(
        label="How many or how much",
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages={
            "required": "Enter how many or how much you need",
            "invalid": "Enter a number, like 12 or 7.5",
        },
    )
    unit = forms.ChoiceField(
        label="Of what", widget=forms.RadioSelect, error_messages={"required": "Choose what you are counting"}
    )
    unit_words = forms.CharField(
        label="In your own words (optional)",
        help_text="Like “stacking chairs” or “tins of paint”",
        max_length=60,
        required=False,
    )

    class Meta(StepForm.Meta):
        fields = ["quantity", "unit", "unit_words"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = UNITS_FOR_KIND.get(self.instance.kind, list(Unit))
        self.fields["unit"].choices = [(Unit(unit).value, Unit(unit).label.capitalize()) for unit in units]
        if len(units) == 1:
            self.fields["unit"].initial = self.initial["unit"] = units[0].value

    def clean_unit(self):
        unit = self.cleaned_data["unit"]
        if self.instance.has_pledges and unit != self.initial.get("unit"):
            raise ValidationError("Somebody has pledged in the unit you chose first. Post a new request instead.")
        return unit

    def clean_quantity(self):
        quantity = self.cleaned_data["quantity"]
        if quantity <= 0:
            raise ValidationError("Enter a number above 0.")
        totals = getattr(self.instance, "totals", None) if self.instance.pk else None
        if totals and quantity < totals.accepted:
            raise ValidationError(
                f"You have accepted {self.instance.say(totals.accepted)} already. Enter that much or more."
            )
        return quantity
