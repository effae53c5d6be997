"""Form fields that every form shares: days within reason, and numbers as people in this country write them."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from records.bounds import FIRST_DAY, LAST_DAY, OUT_OF_RANGE
from words.lines import said

WITH_THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")  # "0,500" is no thousand
WITH_SPACES = re.compile(r"[1-9]\d{0,2}(\s\d{3})+(\.\d+)?")
WITH_COMMA = re.compile(r"\d+,\d{1,2}")
PLAIN = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")


def within_reason(day):
    """ValidationError for a day that nobody can mean; the database refuses it too."""
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(f"{OUT_OF_RANGE[0].upper()}{OUT_OF_RANGE[1:]}", code="out_of_range")


def something_to_see(text):
    """ValidationError for a name or title of which nothing can be seen."""
    if text and not said(text):
        raise ValidationError("Enter words or numbers that can be seen", code="unseen")


class DayInput(forms.DateInput):
    """A browser's own field for a day, which wants it as YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, attrs=None, format="%Y-%m-%d"):
        super().__init__(attrs, format)


def not_to_come(day):
    """ValidationError for a day after today."""
    if day > timezone.localdate():
        raise ValidationError("Choose today or a day before.")


class DayField(forms.DateField):
    """A day for staff forms."""

    widget = DayInput
    default_validators = [within_reason]


def read_number(text):
    """A number as text that Decimal reads: "1,500" is 1500, "1,5" one and a half; anything else as it was typed."""
    typed = unicodedata.normalize("NFKC", str(text)).strip().removeprefix("£").strip()
    if WITH_SPACES.fullmatch(typed):
        typed = re.sub(r"\s", "", typed)
    if WITH_THOUSANDS.fullmatch(typed):
        return typed.replace(",", "")
    return typed.replace(",", ".") if WITH_COMMA.fullmatch(typed) else typed


class NumberField(forms.DecimalField):
    """A Decimal of two places: digits, one point or comma, marks of thousands, and nothing else that Python reads."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_digits": 12, "decimal_places": 2, "widget": forms.TextInput} | kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        typed = read_number(value)
        if not PLAIN.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed)


class WebAddressField(models.URLField):
    """A web address; one that is typed without https:// gets it."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https"} | kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
