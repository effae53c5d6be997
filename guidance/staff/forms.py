"""Forms of the staff screens: each is handed to one verb."""

from django import forms
from django.contrib.auth import get_user_model

from screens.fields import DayField
from screens.permissions import ENTER_ADMIN

from ..models import ActionUpdate, Download, Review


class AppointForm(forms.Form):
    user = forms.ModelChoiceField(get_user_model().objects.none(), label="Who takes the role")
    starts_on = DayField(label="From", required=False, help_text="Today where left empty")
    handover = forms.CharField(
        label="Handover note",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="What the next holder must know",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = get_user_model().objects.who_may(ENTER_ADMIN).order_by("name")


class LeaveForm(forms.Form):
    ends_on = DayField(label="Last day", required=False, help_text="Today where left empty")
    handover = forms.CharField(label="Handover note", widget=forms.Textarea(attrs={"rows": 4}), required=False)


class ReviewForm(forms.Form):
    result = forms.ChoiceField(
        label="What you found",
        choices=[Review.Result.NO_CHANGE, Review.Result.CHANGED],
        widget=forms.RadioSelect,
        initial=Review.Result.NO_CHANGE,
    )
    reason = forms.CharField(
        label="Why, in a sentence",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="For example: “Read against the new procurement rules; nothing has changed.”",
    )
    reviewed_on = DayField(label="Reviewed on", required=False, help_text="Today where left empty")
    due_on = DayField(
        label="Next review due",
        required=False,
        help_text="By the page’s own rhythm where left empty",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(r.value, r.label) for r in (Review.Result.NO_CHANGE, Review.Result.CHANGED)]


class ActionReportForm(forms.Form):
    status = forms.ChoiceField(choices=ActionUpdate.Status.choices)
    done = forms.CharField(
        label="What was done", widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=4000
    )
    evidence = forms.CharField(
        label="Evidence", required=False, max_length=300, help_text="Where it lies: a link, a minute, a reference"
    )
    document = forms.ModelChoiceField(Download.objects.all(), label="Or a document", required=False)
    target_on = DayField(label="Target date", required=False, help_text="Leave empty to keep the present one")


class FileForm(forms.Form):
    file = forms.FileField(label="CSV file")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > 2_000_000:
            raise forms.ValidationError("The file is larger than 2 MB. A model’s sheet is far smaller: check it.")
        return file


class WordsForm(forms.Form):
    words = forms.CharField(label="What was done", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
