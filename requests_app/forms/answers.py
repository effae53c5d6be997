"""Answers with words: a reply that may be empty, a reason that may not."""

from django import forms

from screens.forms import GovukForm


class AnswerForm(GovukForm, forms.Form):
    """A short message with an answer that needs no reason."""

    answer = forms.CharField(
        label="Message (optional)", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonForm(GovukForm, forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give a reason: the other side will read it"},
    )
