"""A day is typed into three boxes that look like boxes, and are red where the day is wrong."""

import re

from django import forms

from screens.forms import DateField, GovukForm


class Form(GovukForm, forms.Form):
    on = DateField(label="On which day?")


def boxes(form):
    return re.findall(r'<input[^>]*name="on_(day|month|year)"[^>]*class="([^"]*)"', str(form["on"]))


def test_each_box_keeps_its_own_look():
    widths = {"day": 2, "month": 3, "year": 4}
    assert dict(boxes(Form())) == {name: f"govuk-input govuk-input--width-{width}" for name, width in widths.items()}


def test_each_box_is_red_where_the_day_is_wrong():
    form = Form({"on_day": "31", "on_month": "2", "on_year": "2027"})
    assert not form.is_valid()
    assert all(look.endswith(" govuk-input--error") for _, look in boxes(form)) and len(boxes(form)) == 3
