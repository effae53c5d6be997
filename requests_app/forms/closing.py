"""Closing a request."""

from django import forms

from screens.forms import GovukForm


class CloseForm(GovukForm, forms.Form):
    reason = forms.CharField(
        label="Why? (optional)", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
