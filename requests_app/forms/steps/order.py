"""The steps of posting a request, in their order."""

from .dates import DatesStep
from .hosting import HostingStep
from .kind import KindStep
from .need import NeedStep
from .outcome import OutcomeStep
from .pictures import PicturesStep
from .place import PlaceStep
from .quantity import QuantityStep

STEPS = {
    "kind": KindStep,
    "need": NeedStep,
    "quantity": QuantityStep,
    "place": PlaceStep,
    "dates": DatesStep,
    "outcome": OutcomeStep,
    "hosting": HostingStep,
    "pictures": PicturesStep,
}


def step_after(name):
    """The name of the next step, or None after the last."""
    names = list(STEPS)
    place = names.index(name) + 1
    return names[place] if place < len(names) else None


def step_before(name):
    names = list(STEPS)
    place = names.index(name)
    return names[place - 1] if place else None
