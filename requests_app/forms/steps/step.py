"""What every step of posting shares."""

from django import forms

from screens.forms import GovukForm
from screens.stamps import StampedForm

from ...models import Request


class StepForm(GovukForm, StampedForm, forms.ModelForm):
    """A step: its page title, and the ModelForm fields it settles."""

    heading = ""
    intro = ""

    class Meta:
        model = Request
        fields = []
