"""Forms of this room."""

import re
from datetime import datetime, time

from django import forms
from django.utils import timezone

from organisations.models import Organisation
from screens.fields import NumberField
from screens.forms import DateField, GovukForm

from .models import MeetingTime, PledgeMessage, Question, Report


class QuestionForm(GovukForm, forms.ModelForm):
    class Meta:
        model = Question
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": "Everybody can read it with its answer once a moderator agreed."}


class AskingForm(QuestionForm):
    """As `QuestionForm`, for whoever acts for several organisations."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="For which organisation?", empty_label=None, widget=forms.RadioSelect
    )

    field_order = ("organisation", "text")

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AnswerForm(GovukForm, forms.ModelForm):
    class Meta:
        model = Question
        fields = ("answer",)
        widgets = {"answer": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class MessageForm(GovukForm, forms.ModelForm):
    class Meta:
        model = PledgeMessage
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class ReportForm(GovukForm, forms.ModelForm):
    why = forms.ChoiceField(label="What is wrong?", choices=Report.Why.choices, widget=forms.RadioSelect)

    class Meta:
        model = Report
        fields = ("why", "text", "email")
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        if person:
            del self.fields["email"]  # we know it


class ComplaintForm(ReportForm):
    """A complaint about personal data: what happened, and where the answer goes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["why"]
        self.fields["text"].required = True
        self.fields["text"].label = "What happened, and what should we do?"
        self.fields["text"].error_messages["required"] = "Say what happened"
        if "email" in self.fields:
            self.fields["email"].required = True
            self.fields["email"].label = "Your e-mail address"
            self.fields["email"].error_messages["required"] = "Enter the address to which we answer"


class TimeField(forms.CharField):
    """A time of day as people type it: 10:30, 10.30, 9am, 2 pm. Cleans to a `time`."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5"}))
        super().__init__(max_length=12, **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = re.fullmatch(r"(\d{1,2})(?:[:. ]?(\d{2}))?\s*(am|pm)?", typed.strip().lower())
        hour, minute, half = found.groups() if found else (None, None, None)
        if found and half and not 1 <= int(hour) <= 12:
            found = None
        if found and not half and minute is None:
            found = None  # "2" alone may be either half of the day
        if found:
            hours = int(hour) % 12 + 12 * (half == "pm") if half else int(hour)
            if hours < 24 and int(minute or 0) < 60:
                return time(hours, int(minute or 0))
        raise forms.ValidationError("Enter a time like 10:30 or 2pm.", code="invalid")


def who_comes():
    return forms.CharField(
        label="Who comes? (optional)", help_text="First names are enough", required=False, max_length=300
    )


class DaysForm(GovukForm, forms.Form):
    """Up to three times to propose; or one, and for how many weeks."""

    TIMES = ("first", "second", "third")
    weekly = forms.BooleanField(label="Every week at this time", required=False)
    weeks = forms.IntegerField(
        label="For how many weeks?", required=False, min_value=2, max_value=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Enter a number of weeks, like 10"},
    )  # fmt: skip
    hours = NumberField(
        label="For how many hours?", min_value=0, initial=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-3"}),
        error_messages={"required": "Say for how many hours", "invalid": "Enter hours, like 2 or 1.5"},
    )  # fmt: skip
    bring = forms.CharField(label="What to bring (optional)", required=False, max_length=300)
    who = who_comes()
    revealed = {"weeks": ("weekly=on", "If it is every week")}

    def __init__(self, *args, asks_who=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_who:
            del self.fields["who"]
        for place, name in enumerate(self.TIMES):
            more = "" if place == 0 else " (optional)"
            words = {"required": "Enter the day"} if place == 0 else {}
            self.fields[f"{name}_day"] = DateField(
                label=f"{name.capitalize()} day that would suit you{more}", required=place == 0, error_messages=words
            )
            self.fields[f"{name}_time"] = TimeField(
                label="From what time?", required=place == 0, error_messages={"required": "Enter the time"}
            )
        last = ["hours", "weekly", "weeks", "bring", "who"]
        self.order_fields([*(f"{name}_{part}" for name in self.TIMES for part in ("day", "time")), *last])

    def clean(self):
        data = super().clean()
        data["times"] = []
        for name in self.TIMES:
            day, at = data.get(f"{name}_day"), data.get(f"{name}_time")
            if day and at:
                data["times"].append(timezone.make_aware(datetime.combine(day, at)))
            elif (day or at) and not self.errors:
                self.add_error(f"{name}_{'time' if day else 'day'}", "Enter both the day and the time.")
        if data.get("weekly") and not data.get("weeks") and "weeks" not in self.errors:
            self.add_error("weeks", "Say for how many weeks.")
        return data


class ChoosingForm(GovukForm, forms.Form):
    """Which of the proposed times one takes; a supplier says who comes."""

    time = forms.ModelChoiceField(
        MeetingTime.objects.none(), label="Which suits you?", widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": "Choose one of the times"},
    )  # fmt: skip
    who = who_comes()

    def __init__(self, *args, meeting, asks_who, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time"].queryset = meeting.times.filter(starts_at__gt=timezone.now())
        if not asks_who:
            del self.fields["who"]


class CallingOffForm(GovukForm, forms.Form):
    reason = forms.CharField(
        label="Why? The other side will read it", max_length=300, error_messages={"required": "Say why"}
    )
