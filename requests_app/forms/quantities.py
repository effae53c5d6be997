"""A quantity as people type it."""

from django import forms

from screens.fields import NumberField

NUMBER = {"inputmode": "decimal", "class": "govuk-input--width-5"}


def number_field(label, required=True, **kwargs):
    return NumberField(
        label=label,
        required=required,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={
            "required": "Enter a quantity",
            "invalid": "Enter a number, like 12 or 7.5",
            "max_decimal_places": "Use at most two decimal places",
        },
        **kwargs,
    )
