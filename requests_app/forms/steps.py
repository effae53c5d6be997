"""Steps of posting a request, first half: kind of help, need, quantity. One thing a page, each saved as a draft."""

from django import forms
from django.core.exceptions import ValidationError

from screens.fields import NumberField
from screens.forms import GovukForm
from vocabulary.kinds import KIND_HINTS, UNITS_FOR_KIND, KindOfHelp
from vocabulary.units import Unit

from ..models import Request


class StepForm(GovukForm, forms.ModelForm):
    """A step: its page title, and the ModelForm fields it settles."""

    heading = ""
    intro = ""

    class Meta:
        model = Request
        fields = []


class KindStep(StepForm):
    heading = "What kind of help do you need?"
    intro = "One request asks for one kind of help. If you need several, post several: you can copy one into the next."
    kind = forms.ChoiceField(
        label="Kind of help",
        choices=[(kind.value, f"{kind.label}|{KIND_HINTS[kind]}") for kind in KindOfHelp],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of help you need"},
    )

    class Meta(StepForm.Meta):
        fields = ["kind"]

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if self.instance.has_pledges and kind != self.initial.get("kind"):
            raise ValidationError("Somebody has pledged this kind of help. Post a new request for another kind.")
        return kind

    def save(self, commit=True):
        if self.instance.unit and self.instance.unit not in UNITS_FOR_KIND[self.instance.kind]:
            self.instance.unit = ""
        return super().save(commit)


class NeedStep(StepForm):
    heading = "What do you need?"

    class Meta(StepForm.Meta):
        fields = ["title", "description", "beneficiaries"]
        labels = {"title": "Title", "description": "What you need, and why", "beneficiaries": "Who benefits"}
        help_texts = {
            "title": "A few words that a busy person understands, like “Twelve chairs for our lunch club”",
            "description": "What it is for, what would make it a success, and anything a helper should know. "
            "Leave out names of people you support.",
            "beneficiaries": "Like “40 older people in Merstham”",
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 7}),
            "beneficiaries": forms.TextInput(),
        }
        error_messages = {
            "title": {"max_length": "Keep the title to 100 characters"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in (
            ("title", "Give your request a title"),
            ("description", "Say what you need and why"),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words


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
