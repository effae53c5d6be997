"""The weights in force."""

from django.core.exceptions import ValidationError

from ..models import WeightsChange
from .parts import DEFAULTS, NAMES


def current():
    """{part: weight} in force: the council's last choice, else the ones the site came with."""
    last = WeightsChange.objects.order_by("-pk").values_list("values", flat=True).first()
    return {name: float((last or DEFAULTS).get(name, 0)) for name in NAMES}


def clean(values):
    """Weights that add up to 1, from any that are not negative; ValidationError where none is above 0."""
    if any(value < 0 for value in values.values()) or not sum(values.values()):
        raise ValidationError("Give at least one part a weight above 0, and none below.")
    whole = sum(values[name] for name in NAMES)
    return {name: round(values[name] / whole, 4) for name in NAMES}
