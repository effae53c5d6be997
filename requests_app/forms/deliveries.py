"""Recording a delivery, and what the requestor and the supplier say of it."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from organisations import uploads
from organisations.held_files import HeldFileInput, HeldFilesInput
from screens.fields import NumberField
from screens.forms import DateField, FilesField, GovukForm
from screens.frames import put_errors
from suppliers.models import Commitment

from .. import thanking
from .answers import ReasonForm
from .pledges import CommitmentChoice
from .quantities import number_field


class DeliveryForm(GovukForm, forms.Form):
    """What was handed over under a pledge."""

    quantity = number_field("How much was delivered?")
    delivered_on = DateField(
        label="When?",
        help_text="For example, 27 3 2026",
        error_messages={"required": "Enter the day of delivery"},
    )
    note = forms.CharField(
        label="What happened? (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = FilesField(
        label="Evidence (optional)",
        required=False,
        widget=HeldFilesInput,
        help_text="Up to five files of 10 MB: PDF, picture, Word, Excel or text. "
        "The group’s confirmation is the best evidence there is",
    )
    shared_with = CommitmentChoice(
        Commitment.objects.none(),
        label="Does part of it count against another of your commitments?",
        required=False,
        empty_label="No, all of it counts against this one",
        blank=True,
        widget=forms.RadioSelect,
    )
    shared_per_cent = NumberField(
        label="How many per cent count against that other one?",
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal("99.99"),
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-3"}),
        help_text="Each hour counts once: the shares add up to 100%",
    )
    multipart = True

    def __init__(self, *args, pledge, **kwargs):
        super().__init__(*args, **kwargs)
        self.pledge = pledge
        others = Commitment.objects.none()
        if pledge.commitment_id:
            others = (
                Commitment.objects.with_something_left()
                .of_supplier(pledge.supplier)
                .filter(unit=pledge.request.unit)
                .exclude(pk=pledge.commitment_id)
                .with_balance()
            )
        self.fields["shared_with"].queryset = others
        if not others:
            del self.fields["shared_with"], self.fields["shared_per_cent"]

    def clean(self):
        data = super().clean()
        if data.get("shared_with") and not data.get("shared_per_cent") and "shared_per_cent" not in self.errors:
            self.add_error("shared_per_cent", "Enter the share of the other commitment, like 50")
        if not self.errors:
            try:
                data["evidence"] = [(uploads.check(file), file.name) for file in data["evidence"]]
            except ValidationError as refused:
                self.add_error("evidence", refused)
        return data

    def shares(self):
        """[(commitment, per cent)] adding up to 100, or None for the pledge's own commitment alone."""
        other, per_cent = self.cleaned_data.get("shared_with"), self.cleaned_data.get("shared_per_cent")
        if not other:
            return None
        return [(self.pledge.commitment, 100 - per_cent), (other, per_cent)]


class ConfirmForm(GovukForm, forms.Form):
    """The requestor's answer to a delivery."""

    multipart = True
    ANSWERS = [
        ("yes", "Yes, all of it arrived"),
        ("other", "Something arrived, but another quantity"),
        ("no", "No, this is not right"),
    ]
    answer = forms.ChoiceField(
        label="Did it arrive?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it arrived"},
    )
    quantity = number_field("How much did arrive?", required=False, help_text="If it was another quantity")
    reason = forms.CharField(
        label="What was different or wrong?",
        help_text="If not all of it arrived. The supplier will read it",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    thanks = forms.CharField(
        label="Say thank you (optional)", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"A line on what it meant to you, at most {thanking.MOST} characters. The supplier’s people read it",
    )  # fmt: skip
    photo = forms.FileField(
        label="A photograph (optional)", required=False, widget=HeldFileInput,
        help_text="JPEG, PNG or WebP. Only of people who agreed to it, and of no child’s face",
        error_messages={"empty": "The file is empty. Choose another picture"},
    )  # fmt: skip
    may_be_shown = forms.BooleanField(
        label="Everybody may see our words and photograph on this site. Whoever is in it agrees", required=False
    )
    seen = forms.DecimalField(widget=forms.HiddenInput, required=False)

    def clean(self):
        data = super().clean()
        if data.get("answer") in ("yes", "other") and not {"thanks", "photo"} & self.errors.keys():
            try:
                said = thanking.check(data.get("thanks", ""), data.get("photo"), data.get("may_be_shown", False))
                data["thanks"], data["checked"] = said
            except ValidationError as refused:
                put_errors(self, refused)
        if data.get("answer") == "other" and data.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", "Enter how much arrived")
        if data.get("answer") in ("other", "no") and not data.get("reason"):
            self.add_error("reason", "Say what was different: the supplier will read it")
        return data


class AmendForm(ReasonForm):
    quantity = number_field("How much was delivered?")
    field_order = ["quantity", "reason"]
