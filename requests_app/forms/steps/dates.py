"""When it is needed."""

from django import forms
from django.utils import timezone

from screens.forms import DateField

from ...models import Request
from .step import StepForm


class DatesStep(StepForm):
    heading = "When do you need it?"
    revealed = {"needed_from": ("date_kind=between", "If you need it between two dates")}
    date_kind = forms.ChoiceField(
        label="When",
        choices=Request.DateKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when you need it"},
    )
    needed_from = DateField(label="First day", required=False)
    needed_by = DateField(
        label="Day, or last day",
        help_text="For example, 27 3 2027",
        error_messages={"required": "Enter the day you need it by"},
    )

    class Meta(StepForm.Meta):
        fields = ["date_kind", "needed_from", "needed_by"]

    def clean(self):
        data = super().clean()
        kind, first, last = data.get("date_kind"), data.get("needed_from"), data.get("needed_by")
        if last and last < timezone.localdate():
            self.add_error("needed_by", "The day must be today or later")
        if kind == Request.DateKind.BETWEEN and not self.errors:
            if not first:
                self.add_error("needed_from", "Enter the first day")
            elif first > last:
                self.add_error("needed_by", "The last day must be after the first day")
        if kind == Request.DateKind.ON:
            data["needed_from"] = last
        elif kind == Request.DateKind.BY:
            data["needed_from"] = None
        return data
