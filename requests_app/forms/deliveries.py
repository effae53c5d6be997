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

from .. import claims, thanking
from .answers import ReasonForm
from .pledges import CommitmentChoice
from .quantities import number_field


def evidence_field(label="Evidence (optional)", required=False):
    return FilesField(
        label=label,
        required=required,
        widget=HeldFilesInput,
        help_text="Up to five files of 10 MB: PDF, picture, Word, Excel or text. "
        "The group’s confirmation is the best evidence there is",
        error_messages={"required": "Choose a file"},
    )


class EvidenceForm(GovukForm, forms.Form):
    """Files that show what was delivered, as Checked files; bad ones are said whatever else is wrong."""

    multipart = True
    evidence = evidence_field("Which files?", required=True)

    def clean(self):
        data = super().clean()
        if "evidence" not in self.errors:
            try:
                data["evidence"] = [(uploads.check(file), file.name) for file in data["evidence"]]
            except ValidationError as refused:
                self.add_error("evidence", refused)
        return data


class ClaimForm(EvidenceForm):
    """A quantity under a pledge. More in all than was pledged is asked about: it may be right."""

    evidence = evidence_field()
    is_more = forms.BooleanField(label="Yes, we delivered more than we pledged", required=False)

    def __init__(self, *args, pledge, delivery=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.pledge, self.delivery = pledge, delivery

    def clean(self):
        data = super().clean()
        self.check_claim(data)
        self.ask_whether_more(data)
        return data

    def check_claim(self, data):
        """Say what can't be true of it, beside what is wrong with its cells."""

    def ask_whether_more(self, data):
        quantity = data.get("quantity")
        in_all = claims.in_all_with(self.pledge, quantity, self.delivery) if quantity else 0
        if in_all <= self.pledge.quantity or "quantity" in self.errors:
            del self.fields["is_more"]
        elif not data.get("is_more"):
            words = f"That makes {self.pledge.request.say(in_all)} in all, of {self.pledge.quantity_words} pledged"
            self.add_error("is_more", f"{words}. Tick it if that is right, else correct the quantity.")


class DeliveryForm(ClaimForm):
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
    field_order = ["quantity", "is_more", "delivered_on", "note", "evidence"]

    def __init__(self, *args, pledge, **kwargs):
        super().__init__(*args, pledge=pledge, **kwargs)
        if not self.is_bound:
            del self.fields["is_more"]
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
        return data

    def check_claim(self, data):
        try:
            claims.refuse_odd(self.pledge, data.get("quantity"), data.get("delivered_on"), data.get("note", ""))
        except ValidationError as refused:
            put_errors(self, refused)

    def shares(self):
        """[(commitment, per cent)] adding up to 100, or None for the pledge's own commitment alone."""
        other, per_cent = self.cleaned_data.get("shared_with"), self.cleaned_data.get("shared_per_cent")
        if not other:
            return None
        return [(self.pledge.commitment, 100 - per_cent), (other, per_cent)]


class ConfirmForm(GovukForm, forms.Form):
    """The requestor's answer to a delivery."""

    multipart = True
    revealed = {
        "quantity": ("answer=other", "If it was another quantity"),
        "reason": ("answer=other|no", "If not all of it arrived"),
        **dict.fromkeys(("thanks", "photo", "may_be_shown"), ("answer=yes|other", "If something arrived")),
    }
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
    quantity = number_field("How much did arrive?", required=False)
    reason = forms.CharField(
        label="What was different or wrong?",
        help_text="The supplier will read it",
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
        if data.get("answer") == "yes":
            data["reason"] = ""  # left over from another answer: it is said of what was different alone
        return data


class AmendForm(ClaimForm, ReasonForm):
    """Another quantity, or more evidence, for what the group says is not right."""

    quantity = number_field("How much was delivered?")
    evidence = evidence_field("More evidence (optional)")
    field_order = ["quantity", "is_more", "reason", "evidence"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["is_more"]

    def check_claim(self, data):
        if data.get("quantity") is not None:
            try:
                claims.refuse_quantity(self.pledge, data["quantity"])
            except ValidationError as refused:
                put_errors(self, refused)
