"""Steps of posting a request, second half: where, when, what for, and what a helper should know."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from guidance.models import Outcome
from organisations import uploads
from places.models import clean_known_postcode
from screens.fields import NumberField
from screens.forms import DateField

from ..models import Request
from .steps import StepForm


class PlaceStep(StepForm):
    heading = "Where is the help needed?"
    where = forms.ChoiceField(
        label="Where",
        choices=[("place", "At a place"), ("remote", "From anywhere|By phone or online, or sent to you")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the help is needed"},
    )
    postcode = forms.CharField(
        label="Postcode of the place",
        help_text="Only its first half is shown to the public",
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "postal-code"}),
    )

    field_order = ["where", "postcode"]

    class Meta(StepForm.Meta):
        fields = ["postcode"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.remote or self.instance.postcode:
            self.initial["where"] = "remote" if self.instance.remote else "place"
        elif self.instance.organisation_id:
            self.initial["postcode"] = self.instance.organisation.postcode

    def clean_postcode(self):
        postcode = self.cleaned_data["postcode"]
        return clean_known_postcode(postcode) if postcode and self.cleaned_data.get("where") == "place" else ""

    def clean(self):
        data = super().clean()
        if data.get("where") == "place" and not data.get("postcode") and "postcode" not in self.errors:
            self.add_error("postcode", "Enter the postcode of the place")
        self.instance.remote = data.get("where") == "remote"
        return data


class DatesStep(StepForm):
    heading = "When do you need it?"
    date_kind = forms.ChoiceField(
        label="When",
        choices=Request.DateKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when you need it"},
    )
    needed_from = DateField(label="First day", help_text="Only for “between two dates”", required=False)
    needed_by = DateField(
        label="Day, or last day",
        help_text="For example, 27 3 2027",
        error_messages={"required": "Enter the day you need it by"},
    )

    class Meta(StepForm.Meta):
        fields = ["date_kind", "needed_from", "needed_by"]

    def clean(self):
        data = super().clean()
        kind, first, last = data.get("date_kind"), data.get("needed_from"), data.get("needed_by")
        if last and last < timezone.localdate():
            self.add_error("needed_by", "The day must be today or later")
        if kind == Request.DateKind.BETWEEN and not self.errors:
            if not first:
                self.add_error("needed_from", "Enter the first day")
            elif first > last:
                self.add_error("needed_by", "The last day must be after the first day")
        if kind == Request.DateKind.ON:
            data["needed_from"] = last
        elif kind == Request.DateKind.BY:
            data["needed_from"] = None
        return data


class OutcomeStep(StepForm):
    heading = "Which of the council’s priorities does it serve?"
    intro = "Suppliers promise help towards these. Choose the one that fits best."

    class Meta(StepForm.Meta):
        fields = ["outcome"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        on = self.instance.created_at.date() if self.instance.created_at else timezone.localdate()
        self.fields["outcome"] = forms.ModelChoiceField(
            Outcome.objects.offered_on(on),
            label="Priority",
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={"required": "Choose the priority it serves"},
        )


class HostingStep(StepForm):
    heading = "What should a helper know before they come?"
    intro = "Leave empty what does not apply. Never write down the number of a check or a certificate."
    hosting_cost = NumberField(
        label="What hosting costs you, in pounds",
        help_text="Tools, refreshments, staff time. A supplier may offer to cover it",
        required=False,
        min_value=0,
        max_digits=10,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages={"invalid": "Enter an amount in pounds, like 150"},
    )
    hosts_at_once = forms.IntegerField(
        label="How many people can you host at once?",
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Enter a whole number, like 8"},
    )

    class Meta(StepForm.Meta):
        fields = ["hosts_at_once", "supervision", "dbs", "dbs_reason", "insurance", "hosting_cost"]
        labels = {
            "supervision": "Who will be with them?",
            "dbs": "Is a DBS check needed?",
            "dbs_reason": "If so, why is this role eligible for one?",
            "insurance": "Insurance",
        }
        help_texts = {
            "dbs": "Only ask where the role is eligible: asking otherwise can be unlawful",
            "insurance": "What you hold, and what you need the supplier to bring",
        }
        widgets = {
            "supervision": forms.TextInput(),
            "dbs_reason": forms.TextInput(),
            "insurance": forms.TextInput(),
        }

    def clean(self):
        data = super().clean()
        Checks = Request.DBS
        if data.get("dbs") not in (None, Checks.NONE, Checks.ASK) and not data.get("dbs_reason"):
            self.add_error("dbs_reason", "Say why the role is eligible for a check")
        if data.get("dbs") == Checks.NONE:
            data["dbs_reason"] = ""
        return data


class PicturesStep(StepForm):
    heading = "Add a picture (optional)"
    intro = "A picture helps people to see the need. Use one you have the right to share, without faces of children."
    picture = forms.FileField(
        label="Picture",
        help_text="JPEG, PNG or WebP, up to 10 MB",
        required=False,
        error_messages={"empty": "The file is empty. Choose another picture"},
    )
    description = forms.CharField(
        label="What does the picture show?",
        help_text="Read aloud to people who can’t see it",
        required=False,
        max_length=200,
    )
    multipart = True

    def clean(self):
        data = super().clean()
        if data.get("picture") and not data.get("description"):
            self.add_error("description", "Say what the picture shows")
        if self.instance.pictures.count() >= 6 and data.get("picture"):
            self.add_error("picture", "Six pictures are enough. Remove one to add another")
        if data.get("picture") and not self.errors:
            try:
                self.checked = uploads.check(data["picture"], pictures_only=True)
            except ValidationError as refused:
                self.add_error("picture", refused)
        return data
