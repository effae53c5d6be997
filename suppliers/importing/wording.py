"""What units and wording of other systems mean in ours: the closed set of units, and the kind of help."""

import re

from guidance.vocabulary import KindOfHelp, Unit

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


# Told by words that name the kind outright; the first that fits decides.
KINDS = [
    (
        KindOfHelp.JOBS,
        r"placement|apprentic|work experience|work taster|intern(ship)?\b|job\b|jobs\b|employ|"
        r"t-?level|traineeship|vacanc|guaranteed interview",
    ),
    (
        KindOfHelp.ADVICE,
        r"pro bono|expert|accountan|bookkeep|legal|solicitor|website|audit\b|survey|mentor|"
        r"training|course|workshop|coaching|advice|business plan|policy review|hr\b|marketing|"
        r"logo|talk|assembly|trustee|treasurer|governor|translat|film|set of accounts|"
        r"bid[- ]writing|it support|first aid",
    ),
    (
        KindOfHelp.SPACE,
        r"\bspace\b|room hire|meeting room|storage|depot|container|\bdesks? (and|in)|venue|premises|"
        r"parking bay|bays?\b|\bplot\b",
    ),
    (KindOfHelp.INTRODUCTIONS, r"introduc(e|tion)|meet[- ]the[- ]buyer|network(ing)? contact"),
    (
        KindOfHelp.VOLUNTEERS,
        r"volunteer|team day|hands\b|litter|clean[- ]?up|weed|dig\b|paint(ing)? (day|a|the)|"
        r"driver|helper|befriend|crew|shift|marshal|planting day",
    ),
]


def kind_of_help(unit, *texts):
    """The kind of help that wording and unit point to; money and counted things are told by the unit."""
    if unit == Unit.POUNDS:
        return KindOfHelp.MONEY
    text = " ".join(filter(None, texts)).lower()
    by_words = next((kind for kind, pattern in KINDS if re.search(pattern, text)), None)
    if unit in (Unit.ITEMS, Unit.TONNES, Unit.POUNDS_IN_KIND):
        return by_words if by_words in (KindOfHelp.ADVICE, KindOfHelp.SPACE) else KindOfHelp.GOODS
    if by_words:
        return by_words
    return KindOfHelp.JOBS if unit in (Unit.WEEKS, Unit.PLACES) else KindOfHelp.VOLUNTEERS
