"""Kinds of help that a request asks for, and which units fit which kind."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from .units import Unit


class KindOfHelp(TextChoices):
    """What a request asks for."""

    VOLUNTEERS = "volunteers", "Volunteers"
    ADVICE = "advice", "Skills and advice"
    GOODS = "goods", "Goods and equipment"
    SPACE = "space", "Space"
    MONEY = "money", "Money"
    JOBS = "jobs", "Jobs and placements"
    INTRODUCTIONS = "introductions", "Introductions"


KIND_HINTS = {
    KindOfHelp.VOLUNTEERS: "People to lend a hand, for an hour or for a season",
    KindOfHelp.ADVICE: "Professional help: accounts, law, websites, training, mentoring",
    KindOfHelp.GOODS: "Things: furniture, laptops, tools, food, building materials",
    KindOfHelp.SPACE: "A room, a hall, storage or land",
    KindOfHelp.MONEY: "A donation or sponsorship",
    KindOfHelp.JOBS: "Work experience, placements, apprenticeships, jobs",
    KindOfHelp.INTRODUCTIONS: "A door opened: somebody you would like to meet",
}


UNITS_FOR_KIND = {
    KindOfHelp.VOLUNTEERS: [Unit.HOURS, Unit.PEOPLE, Unit.DAYS, Unit.EVENTS],
    KindOfHelp.ADVICE: [Unit.HOURS, Unit.DAYS, Unit.EVENTS, Unit.PLACES, Unit.PEOPLE],
    KindOfHelp.GOODS: [Unit.ITEMS, Unit.TONNES, Unit.POUNDS_IN_KIND],
    KindOfHelp.SPACE: [Unit.DAYS, Unit.HOURS, Unit.WEEKS, Unit.PLACES],
    KindOfHelp.MONEY: [Unit.POUNDS],
    KindOfHelp.JOBS: [Unit.PLACES, Unit.WEEKS, Unit.PEOPLE, Unit.DAYS],
    KindOfHelp.INTRODUCTIONS: [Unit.EVENTS, Unit.PEOPLE, Unit.NARRATIVE],
}


def refuse_unit(kind, unit, field="unit"):
    """ValidationError of a form's field for a unit in which this kind of help is not counted."""
    if unit not in UNITS_FOR_KIND[kind]:
        fitting = ", ".join(Unit(name).label for name in UNITS_FOR_KIND[kind])
        raise ValidationError({field: f"This kind of help is counted in {fitting}."})
