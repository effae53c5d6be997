from django import forms

from screens.forms import GovukForm


class AnswerForm(GovukForm, forms.Form):
    words = forms.CharField(
        label="What are you doing about it?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what you are doing about it"},
    )
