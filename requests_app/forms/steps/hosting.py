"""What hosting takes: checks, access, cost."""

from django import forms

from screens.fields import NumberField

from ...models import Request
from .step import StepForm

HOSTING = ("hosts_at_once", "supervision", "dbs", "dbs_reason", "insurance", "hosting_cost")


class HostingStep(StepForm):
    heading = "What should a helper know before they come?"
    intro = "Leave empty what does not apply. Never write down the number of a check or a certificate."
    hosting = forms.BooleanField(
        label="People will come to help us in person",
        help_text="We then ask how many you can host, who is with them, and about checks and insurance",
        required=False,
    )
    revealed = dict.fromkeys(HOSTING, ("hosting=on", "")) | {
        "dbs_reason": ("dbs=basic|standard|enhanced|enhanced_barred", "If you ask for a check")
    }
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
    field_order = ["hosting", *HOSTING]

    class Meta(StepForm.Meta):
        fields = list(HOSTING)
        labels = {
            "supervision": "Who will be with them?",
            "dbs": "Is a DBS check needed?",
            "dbs_reason": "Why is this role eligible for a check?",
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dbs"].required = False
        said = any(getattr(self.instance, name) for name in HOSTING if name != "dbs")
        self.initial["hosting"] = said or self.instance.dbs != Request.DBS.NONE

    def clean_dbs(self):
        """Nobody who hosts nobody is asked: then no check is needed."""
        return self.cleaned_data["dbs"] or Request.DBS.NONE

    def clean(self):
        data = super().clean()
        Checks = Request.DBS
        if data.get("dbs") not in (None, Checks.NONE, Checks.ASK) and not data.get("dbs_reason"):
            self.add_error("dbs_reason", "Say why the role is eligible for a check")
        if data.get("dbs") == Checks.NONE:
            data["dbs_reason"] = ""
        return data
