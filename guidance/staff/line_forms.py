"""Lines and mappings of a draft version, typed instead of imported."""

from django.forms import ModelForm

from ..models import Mapping, Outcome
from ..outcomes import lines


def name_lines(form, *names):
    """Lines are told apart by version and code in a form's lists."""
    for name in names:
        field = form.fields[name]
        field.queryset = field.queryset.select_related("model").order_by("model", "position")
        field.label_from_instance = lambda line: f"{line.model.slug} · {line.code} · {line.title[:80]}"


class LineForm(ModelForm):
    """A line of a draft version, typed instead of imported."""

    class Meta:
        model = Outcome
        fields = [
            "model",
            "level",
            "parent",
            "code",
            "title",
            "description",
            "unit",
            "unit_words",
            "confidence",
            "position",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_lines(self, "parent")

    def clean(self):
        data = super().clean()
        lines.check(self.instance, data)
        return data


class MappingForm(ModelForm):
    class Meta:
        model = Mapping
        fields = ["source", "target", "relation", "share", "basis", "confidence"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_lines(self, "source", "target")

    def clean(self):
        data = super().clean()
        lines.check_mapping(self.instance, data)
        return data
