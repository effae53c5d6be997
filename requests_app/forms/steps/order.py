"""The three pages of posting a request, and the eight questions that can be changed one by one."""

from .dates import DatesStep
from .hosting import HostingStep
from .kind import KindStep
from .need import NeedStep
from .outcome import OutcomeStep
from .pictures import PicturesStep
from .place import PlaceStep
from .quantity import QuantityStep
from .step import StepForm

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


def page(heading, *steps, intro=""):
    """One form that asks what several steps ask, in their order: their fields, rules and words are the steps' own."""
    metas = [step._meta for step in steps]
    meta = {name: {key: words for one in metas for key, words in (getattr(one, name) or {}).items()}
            for name in ("labels", "help_texts", "widgets", "error_messages")}  # fmt: skip
    meta["fields"] = [name for one in metas for name in one.fields]
    attributes = {
        "Meta": type("Meta", (StepForm.Meta,), meta),
        "heading": heading,
        "intro": intro,
        "revealed": {name: rule for step in steps for name, rule in step.revealed.items()},
        "field_order": [name for step in steps for name in (step.field_order or [*step.base_fields])],
        "multipart": any(step.multipart for step in steps),
        "__module__": __name__,
    }
    return type(StepForm)("".join(step.__name__ for step in steps), steps, attributes)


PAGES = {
    "ask": page(
        "What do you need?", KindStep, NeedStep,
        intro="One request asks for one kind of help. If you need several, post several: you can copy one.",
    ),
    "details": page("How much, where and when?", QuantityStep, PlaceStep, DatesStep),
    "more": page(
        "What else should a helper know?", OutcomeStep, HostingStep, PicturesStep,
        intro="Never write down the number of a check or a certificate.",
    ),
}  # fmt: skip
FORMS = PAGES | STEPS


def page_after(name):
    """The name of the next page, or None after the last, and after a question that was changed by itself."""
    names = list(PAGES)
    return names[names.index(name) + 1] if name in names[:-1] else None


def page_before(name):
    names = list(PAGES)
    return names[names.index(name) - 1] if name in names[1:] else None
