"""Where it is needed."""

from django import forms

from places.models import clean_known_postcode

from .step import StepForm


class PlaceStep(StepForm):
    heading = "Where is the help needed?"
    revealed = {"postcode": ("where=place", "If it is needed at a place")}
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
