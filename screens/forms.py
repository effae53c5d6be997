"""Forms in the manners of the GOV.UK Design System: labels, hints, errors and an error summary.

A form that mixes in GovukForm is rendered with `{% govuk_form form %}`; Wagtail's admin keeps its own look.
"""

from datetime import date
from functools import cache
from pathlib import Path

import django.forms
from django import forms
from django.forms.boundfield import BoundField
from django.template.backends.django import DjangoTemplates

from .fields import within_reason

HERE = Path(__file__).resolve().parent.parent / "templates"


@cache
def engine():
    """One template engine for every form: a renderer of its own would parse its templates at each request."""
    return DjangoTemplates(
        {
            "APP_DIRS": False,
            "DIRS": [
                HERE / "components" / "forms",
                HERE,
                Path(django.forms.__file__).parent / "templates",
            ],
            "NAME": "govuk",
            "OPTIONS": {"builtins": ["screens.templatetags.components"]},
        }
    )


class GovukRenderer(django.forms.renderers.BaseRenderer):
    """Finds widget templates in templates/components/forms first, then Django's own."""

    field_template_name = "components/forms/field.html"

    def get_template(self, template_name):
        return engine().get_template(template_name)


def split_hints(widget):
    """Let a choice written as "label|hint" carry its hint to the template."""
    make = widget.create_option

    def create_option(name, value, label, *args, **kwargs):
        words, _, hint = str(label).partition("|")
        return make(name, value, words, *args, **kwargs) | {"hint": hint}

    widget.create_option = create_option


CLASSES = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.FileInput: "govuk-file-upload",
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.RadioSelect: "",
    forms.CheckboxSelectMultiple: "",
    forms.MultiWidget: "",
    forms.TextInput: "govuk-input",
}


class GovukBoundField(BoundField):
    """A bound field that knows its Design System class and which hint and error describe it."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if isinstance(field.widget, forms.widgets.ChoiceWidget) and "create_option" not in vars(field.widget):
            split_hints(field.widget)

    @property
    def shape(self):
        """How the field is laid out: "group" for several inputs, "tick" for one box, else "plain"."""
        widget = self.field.widget
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)):
            return "group"
        return "tick" if isinstance(widget, forms.CheckboxInput) else "plain"

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        kind = next((css for base, css in CLASSES.items() if isinstance(widget, base)), "govuk-input")
        extra = widget.attrs.get("class", "")
        broken = f"{kind}--error" if kind and self.errors else ""
        if css := " ".join(filter(None, [kind, extra, broken])):  # an empty one would take away those of the parts
            attrs["class"] = css
        attrs.pop("required", None)  # the browser's own bubble would hide our sentence
        if limit := widget.attrs.pop("maxlength", None):  # would cut what is pasted without a word
            widget.attrs["data-limit"] = limit
        attrs.pop("aria-describedby", None)
        if self.described_by and self.shape != "group":
            attrs["aria-describedby"] = self.described_by
        return attrs

    @property
    def shown_by(self):
        """The answer that it follows from, as "field=value|value", or "field" for any; "" where it is always asked."""
        return getattr(self.form, "revealed", {}).get(self.name, ("", ""))[0]

    @property
    def shown_words(self):
        """The same in words, for those whose browser runs no script: there it is always shown."""
        return getattr(self.form, "revealed", {}).get(self.name, ("", ""))[1]

    @property
    def described_by(self):
        """The ids of the hint and the error that stand beside it, "" where there is neither."""
        hint = f"{self.auto_id}-hint" if self.help_text else ""
        error = f"{self.auto_id}-error" if self.errors else ""
        return " ".join(filter(None, [hint, error]))


PLAIN_WORDS = {
    "max_digits": "This number is too large. Check it.",
    "max_whole_digits": "This number is too large. Check it.",
    "max_decimal_places": "Use at most two decimal places.",
    "min_value": "This number is too small. Check it.",
    "max_value": "This number is too large. Check it.",
    "null_characters_not_allowed": "Leave out characters that can’t be printed.",
}


class GovukForm:
    """Mixin for forms of the public site."""

    default_renderer = GovukRenderer
    bound_field_class = GovukBoundField
    use_required_attribute = False
    multipart = False
    revealed = {}
    """{field: (the answer it follows from, the same in words)}: see GovukBoundField.shown_by."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for code, words in PLAIN_WORDS.items():
                field.error_messages.setdefault(code, words)
            if str(field.error_messages.get("invalid_choice", "")).startswith("Select a valid"):
                field.error_messages["invalid_choice"] = "Choose one of the answers shown."

    def _widget_data_value(self, widget, html_name):
        """A browser counts a line end as one letter and sends it as two: a limit is told and kept in the first way."""
        typed = super()._widget_data_value(widget, html_name)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes; a calendar is never the only way."""

    template_name = "django/forms/widgets/date_parts.html"

    def __init__(self, attrs=None):
        boxes = {
            "day": forms.TextInput({"inputmode": "numeric", "class": "govuk-input govuk-input--width-2"}),
            "month": forms.TextInput({"class": "govuk-input govuk-input--width-3"}),
            "year": forms.TextInput({"inputmode": "numeric", "class": "govuk-input govuk-input--width-4"}),
        }
        super().__init__(boxes, attrs)

    def get_context(self, name, value, attrs):
        """Each box is red where the day is wrong."""
        context = super().get_context(name, value, attrs)
        for part in context["widget"]["subwidgets"]:
            if part["attrs"].get("aria-invalid"):
                part["attrs"]["class"] += " govuk-input--error"
        return context

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else ["", "", ""]


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class DateField(forms.MultiValueField):
    """A date typed as day, month and year; month names are understood."""

    widget = DateWidget

    def __init__(self, **kwargs):
        super().__init__(fields=[forms.CharField(required=False) for _ in range(3)], require_all_fields=False, **kwargs)

    def clean(self, value):
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(parts):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        if not all(parts):
            missing = [n for n, part in zip(("day", "month", "year"), parts, strict=True) if not part]
            raise forms.ValidationError(f"The date must include a {' and '.join(missing)}.", code="incomplete")
        return self.compress(parts)

    def compress(self, parts):
        day, month, year = parts
        if month[:3].lower() in MONTHS:
            month = MONTHS.index(month[:3].lower()) + 1
        try:
            if len(year) not in (2, 4):
                raise ValueError
            found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        except (ValueError, OverflowError):
            raise forms.ValidationError("Enter a real date, like 27 3 2027.", code="invalid") from None
        within_reason(found)
        return found


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to five files as they came: the form looks into them once all else is right, as that costs most."""

    widget = Files

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if len(files) > 5:
            raise forms.ValidationError("Choose at most five files.")
        return files
