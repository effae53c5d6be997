"""What quantities count, a closed set, and how they are said."""

from fractions import Fraction

from django.db.models import TextChoices

from words.numbers import say_pounds


class Unit(TextChoices):
    """What a quantity counts. The set is closed: figures only add up within one unit."""

    HOURS = "hours", "hours"
    PEOPLE = "people", "people"
    PLACES = "places", "places"
    ITEMS = "items", "items"
    POUNDS = "pounds", "pounds"
    POUNDS_IN_KIND = "pounds_in_kind", "pounds in kind"
    WEEKS = "weeks", "weeks"
    DAYS = "days", "days"
    EVENTS = "events", "events"
    TONNES = "tonnes", "tonnes"
    TONNES_CO2E = "tonnes_co2e", "tonnes CO2e"
    PER_CENT = "per_cent", "per cent"
    NARRATIVE = "narrative", "narrative"


WHOLE = frozenset({Unit.PEOPLE, Unit.PLACES, Unit.ITEMS, Unit.EVENTS, Unit.NARRATIVE})
"""Units of which there are no parts."""

IN_HOURS = {Unit.HOURS: 1, Unit.DAYS: 7, Unit.WEEKS: 35}
"""A day is 7 hours and a week 5 days, as the site counts them unless a contract manager agrees another count."""

NOT_THE_UNIT_ITSELF = frozenset({"half", "quarter", "per", "each", "every", "weekly", "monthly", "yearly"})
"""Words beside a unit that make it another: half a day is no day, and three days a week are more than three."""


def is_plain(of_what):
    """Whether a quantity with these words beside its unit counts in the unit itself."""
    return NOT_THE_UNIT_ITSELF.isdisjoint(str(of_what or "").lower().replace("_", " ").replace("-", " ").split())


SINGULAR = {
    Unit.HOURS: "hour",
    Unit.PEOPLE: "person",
    Unit.PLACES: "place",
    Unit.ITEMS: "item",
    Unit.POUNDS: "pound",
    Unit.WEEKS: "week",
    Unit.DAYS: "day",
    Unit.EVENTS: "event",
    Unit.TONNES: "tonne",
    Unit.TONNES_CO2E: "tonne CO2e",
}


def usual_rate(counted, given):
    """How much of the unit `counted` one of the unit `given` makes, a Fraction; None where the site has no rate."""
    if counted == given:
        return Fraction(1)
    if counted in IN_HOURS and given in IN_HOURS:
        return Fraction(IN_HOURS[given], IN_HOURS[counted])
    return None


def say_number(quantity, unit):
    """A quantity without its unit's name: "1.5", "£1,200", "£10.50"."""
    if unit in (Unit.POUNDS, Unit.POUNDS_IN_KIND):
        return say_pounds(quantity)
    return f"{quantity:,.2f}".rstrip("0").rstrip(".")


def say_quantity(quantity, unit, of_what=""):
    """A quantity in words: "1 hour", "£1,200", "40 chairs", "3 days (trips)"; of a narrative it is all or none."""
    if quantity is None:
        return "not known"
    number = say_number(quantity, unit)
    if unit == Unit.NARRATIVE:
        return {0: "none of it", 1: "all of it"}.get(quantity, say_total(quantity, unit))
    if unit == Unit.POUNDS:
        return number
    if unit == Unit.POUNDS_IN_KIND:
        return f"{number} in kind"
    if unit == Unit.ITEMS and of_what:
        return f"{number} {of_what}"
    words = SINGULAR.get(unit, Unit(unit).label) if quantity == 1 else Unit(unit).label
    return f"{number} {words} ({of_what})" if of_what else f"{number} {words}"


def say_total(quantity, unit):
    """A sum over several things in words; those that are described, not measured, are counted."""
    return f"{quantity:,.0f} described in words" if unit == Unit.NARRATIVE else say_quantity(quantity, unit)
