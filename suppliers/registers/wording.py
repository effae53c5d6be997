"""What units and wording of other systems mean in ours: the closed set of units, and the kind of help."""

import re

from vocabulary.current import vocabulary
from vocabulary.kinds import KindOfHelp
from vocabulary.units import Unit

UNITS = {
    Unit.HOURS: "hour hours hours_per_week hours_per_month staff_hours",
    Unit.PEOPLE: "people person volunteer volunteers mentor mentors apprentice apprentices intern interns driver "
    "drivers trustee trustees governor governors treasurer student students employee employees fte jobs job",
    Unit.PLACES: "place places placement placements",
    Unit.POUNDS: "gbp pound pounds £",
    Unit.WEEKS: "week weeks",
    Unit.DAYS: "day days half_day half_days",
    Unit.EVENTS: "event events session sessions talk talks workshop workshops visit visits trip trips shift shifts",
    Unit.TONNES: "tonne tonnes",
    Unit.TONNES_CO2E: "tco2e tonnes_co2e",
    Unit.PER_CENT: "% per_cent percent",
}
MEANS = {word.replace("_", " "): unit for unit, words in UNITS.items() for word in words.split()}


def read_unit(words):
    """(Unit, the source's own words) of a unit as others write it. What is not a known unit counts items."""
    text = re.sub(r"\s+", " ", str(words or "")).strip()
    if not text:
        return Unit.NARRATIVE, ""
    lowered = text.lower()
    if lowered in MEANS:
        unit = MEANS[lowered]
        return unit, "" if lowered in (unit.value, unit.label) or unit == Unit.POUNDS else text
    head = lowered.split(" per ")[0].split(" a ")[0]
    return MEANS.get(head, Unit.ITEMS), text


UNITS_OF_KIND = {Unit.WEEKS: KindOfHelp.JOBS, Unit.PLACES: KindOfHelp.JOBS}
COUNTED = (Unit.ITEMS, Unit.TONNES, Unit.POUNDS_IN_KIND)
ITEMS_OF_ANOTHER_KIND = (KindOfHelp.ADVICE, KindOfHelp.SPACE)  # counted as items all the same: a website, a container
KINDS_OF_WORDS = set(KindOfHelp.values) - {KindOfHelp.MONEY}
"""Kinds that words may tell: money is told by its unit, and the firm's own measures are no kind of help."""


def kind_of_help(unit, *texts):
    """The kind of help that the vocabulary reads in a wording; money and counted things are told by the unit."""
    if unit == Unit.POUNDS:
        return KindOfHelp.MONEY
    words = vocabulary()
    strengths = {}
    for number, strength in words.read(" . ".join(filter(None, texts))).items():
        kind = words.kinds[number]
        strengths[kind] = strengths.get(kind, 0) + strength
    offered = {kind: strength for kind, strength in strengths.items() if kind in KINDS_OF_WORDS}
    named = KindOfHelp(max(sorted(offered), key=offered.get)) if offered else None
    if unit in COUNTED:
        return named if named in ITEMS_OF_ANOTHER_KIND else KindOfHelp.GOODS
    return named or UNITS_OF_KIND.get(unit, KindOfHelp.VOLUNTEERS)
