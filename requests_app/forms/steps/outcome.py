"""Which priority it serves, and whom."""

from django import forms
from django.utils import timezone

from guidance.models import Outcome

from .step import StepForm


class OutcomeStep(StepForm):
    heading = "Which of the council’s priorities does it serve?"
    intro = "Suppliers promise help towards these. Choose the one that fits best."

    class Meta(StepForm.Meta):
        fields = ["outcome", "beneficiaries"]
        labels = {"beneficiaries": "Who benefits (optional)"}
        help_texts = {"beneficiaries": "Like “40 older people in Merstham”"}
        widgets = {"beneficiaries": forms.TextInput()}

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
