"""Forms for days: of one pledge, and of volunteers."""

import re
from datetime import datetime, time

from django import forms
from django.utils import timezone

from screens.fields import NumberField
from screens.forms import DateField, GovukForm

from .models import MeetingTime


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


def number(label, mode="numeric", **options):
    widget = forms.TextInput(attrs={"inputmode": mode, "class": "govuk-input--width-3"})
    return {"label": label, "widget": widget, **options}


class LengthForm(GovukForm, forms.Form):
    """How long, whether every week, what to bring."""

    hours = NumberField(
        **number("For how many hours?", "decimal"), min_value=0, initial=2,
        error_messages={"required": "Say for how many hours", "invalid": "Enter hours, like 2 or 1.5"},
    )  # fmt: skip
    weekly = forms.BooleanField(label="Every week at this time", required=False)
    weeks = forms.IntegerField(
        **number("For how many weeks?"), required=False, min_value=2, max_value=30,
        error_messages={"invalid": "Enter a number of weeks, like 10"},
    )  # fmt: skip
    bring = forms.CharField(label="What to bring (optional)", required=False, max_length=300)
    revealed = {"weeks": ("weekly=on", "If it is every week")}

    def clean(self):
        data = super().clean()
        if data.get("weekly") and not data.get("weeks") and "weeks" not in self.errors:
            self.add_error("weeks", "Say for how many weeks.")
        return data

    @property
    def in_a_row(self):
        """How many weeks, 1 for a single day."""
        return self.cleaned_data["weeks"] if self.cleaned_data["weekly"] else 1


class DaysForm(LengthForm):
    """Up to three times to propose; or one, and for how many weeks."""

    TIMES = ("first", "second", "third")
    who = who_comes()

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


BEFORE = re.compile(r"(?P<places>\d{1,3})\s*(?:[:×]|x(?=\s))?\s*(?P<name>[^\W\d].*)")
AFTER = re.compile(r"(?P<name>.*[^\W\d].*?)\s*(?:[:,×]|\s|\sx)\s*(?P<places>\d{1,3})")


def read_task(line):
    """(name, places) of "6 painting" or "Painting: 6"; None where no number, or one at each end, stands there."""
    found = [match for match in (BEFORE.fullmatch(line), AFTER.fullmatch(line)) if match]
    if len(found) != 1:
        return None
    name = found[0]["name"].strip()
    return name[0].upper() + name[1:], int(found[0]["places"])


class TasksField(forms.CharField):
    """Tasks of a day, one a line: "6 painting", or "Painting: 6". Cleans to [(name, places)]."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        read = {line: read_task(line) for line in lines}
        found, wrong = [read[line] for line in lines if read[line]], [line for line in lines if not read[line]]
        if wrong:
            words = f"Say how many places, then the task, like “6 painting the hall”: {'; '.join(wrong)}"
            raise forms.ValidationError(words, code="invalid")
        if long := [name for name, _ in found if len(name) > 80]:
            raise forms.ValidationError(f"Say a task in 80 letters: {long[0]}", code="invalid")
        return found


class VolunteerDayForm(LengthForm):
    """A day for volunteers: when, which tasks with how many places."""

    day = DateField(label="Which day?", error_messages={"required": "Enter the day"})
    at = TimeField(label="From what time?", error_messages={"required": "Enter the time"})
    tasks = TasksField(
        label="What is there to do, and for how many people?",
        help_text="One task a line, with its number of places: 6 painting the hall",
        error_messages={"required": "Say what there is to do"},
    )
    newcomers = forms.BooleanField(
        label="Keep a place in each task for somebody who has not helped us before", required=False
    )
    field_order = ("day", "at", "hours", "weekly", "weeks", "tasks", "newcomers", "bring")

    @property
    def starts_at(self):
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"]))

    @property
    def all_tasks(self):
        """[(name, places, kept for newcomers)]"""
        kept = 1 if self.cleaned_data["newcomers"] else 0
        return [(name, places, kept) for name, places in self.cleaned_data["tasks"]]


class PlacesForm(GovukForm, forms.Form):
    """With how many people one comes; whether one waits where too few places are left."""

    people = forms.IntegerField(
        **number("For how many people?"), min_value=1, max_value=60,
        error_messages={"required": "Say for how many people", "invalid": "Enter a number, like 3"},
    )  # fmt: skip
    who = who_comes()
    waits = forms.BooleanField(label="If too few places are left, wait for one that comes free", required=False)

    def __init__(self, *args, may_wait=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_wait:
            del self.fields["waits"]
