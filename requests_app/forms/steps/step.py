"""What every step of posting shares."""

from django import forms

from screens.forms import GovukForm

from ...models import Request


class StepForm(GovukForm, forms.ModelForm):
    """A step: its page title, and the ModelForm fields it settles."""

    heading = ""
    intro = ""

    class Meta:
        model = Request
        fields = []
