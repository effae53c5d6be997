"""What kind of help is needed."""

from django import forms
from django.core.exceptions import ValidationError

from vocabulary.kinds import KIND_HINTS, UNITS_FOR_KIND, KindOfHelp

from .step import StepForm


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
