"""How much of what, as people write it: number, unit, multiplier and period read apart.

What is understood is converted and told: 90 minutes are 1.5 hours, £k are thousands of pounds. A rate (hours a week)
is no quantity until somebody says for how long, so it is asked about; so is a number that is a range.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from importing.cells import PLACEHOLDERS, error, read_money, warning
from importing.headings import Field
from vocabulary.units import Unit, say_quantity

from .wording import MEANS, read_unit

PEOPLE_TOO = "pupil pupils learner learners attendee attendees participant participants resident residents "
PEOPLE_TOO += "ftes headcount starts apprenticeship apprenticeships"
SYNONYMS = {
    **{unit.value.replace("_", " "): unit for unit in Unit},
    **dict.fromkeys(("hr", "hrs", "staff hours", "volunteer hours", "person hours", "man hours"), Unit.HOURS),
    **dict.fromkeys(("person days", "man days", "staff days", "volunteer days", "wd", "working days"), Unit.DAYS),
    **dict.fromkeys(PEOPLE_TOO.split(), Unit.PEOPLE),
    **dict.fromkeys(("%", "%age", "percentage", "percent", "per cent", "pc"), Unit.PER_CENT),
    **dict.fromkeys(("tco2e", "tco2", "tonnes co2e", "tonnes co2", "tonnes of co2", "tonnes of co2e", "t co2e"),
                    Unit.TONNES_CO2E),
    **dict.fromkeys(("£", "gbp", "pounds", "pound", "pounds sterling"), Unit.POUNDS),
    **dict.fromkeys(("t", "ton", "tons", "metric tonnes"), Unit.TONNES),
}  # fmt: skip
CONVERTED = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), (Unit.HOURS, Fraction(1, 60))),
    **dict.fromkeys(("half day", "half days"), (Unit.DAYS, Fraction(1, 2))),
    **dict.fromkeys(("£k", "£000", "£000s", "£'000", "k£", "£ thousands", "thousand pounds", "£ thousand"),
                    (Unit.POUNDS, Fraction(1000))),
    **dict.fromkeys(("£m", "£ million", "million pounds"), (Unit.POUNDS, Fraction(10**6))),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilograms"), (Unit.TONNES, Fraction(1, 1000))),
    **dict.fromkeys(("kg co2e", "kg co2", "kgco2e", "kg of co2", "kg of co2e"), (Unit.TONNES_CO2E, Fraction(1, 1000))),
}  # fmt: skip
RATE = re.compile(
    r"""(\bper\b|/|\ba\b|\bevery\b|\beach\b)\s*(day|week|month|year|annum|quarter|wk|yr|mth)
    | \bp\.?\s?[amw]\.?$ | \b(weekly|monthly|yearly|annually|quarterly)\b""",
    re.VERBOSE,
)
NOISE = re.compile(
    r"^(total |the )?(number|no\.?|nr|amount|quantity|count) of |\((total|in total|all)\)| in total$|^total "
)
WORTH = re.compile(r"^(£|gbp|pounds?( sterling)?) ?(worth|value|of|spend|spent|invested|donated|given|saved)\b")
BY_LAST_WORD = {Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.PEOPLE, Unit.PLACES, Unit.EVENTS}


@dataclass(frozen=True)
class Measure:
    """A unit, by what a quantity in it is multiplied, the source's own words; or what has to be asked."""

    unit: str
    words: str = ""
    factor: Fraction = Fraction(1)
    doubt: str = ""


def unit_key(words):
    """A unit's words without case, odd signs, "number of" and full stops."""
    text = re.sub(r"\s+", " ", str(words or "").replace("₂", "2").replace("_", " ").replace("-", " ")).strip().lower()
    return NOISE.sub("", text).strip(" .:").replace(".", "")


def shown_of(words):
    return re.sub(r"\s+", " ", str(words or "")).strip()


def understand(words, keeps_rates=False):
    """The Measure of a unit as people write it; with `keeps_rates` a rate and its like stay words beside the unit."""
    text = unit_key(words)
    if keeps_rates and (text in MEANS or RATE.search(text)):
        return Measure(*read_unit(shown_of(words)))
    shown = shown_of(words)
    if not text:
        return Measure(Unit.NARRATIVE) if not shown else Measure(Unit.ITEMS, shown)
    if rate := RATE.search(text):
        base = text[: rate.start()].strip()
        if base not in SYNONYMS and base not in MEANS:
            return Measure(Unit.ITEMS, shown)  # so many things a week: no figure adds them to anything
        return Measure(Unit.NARRATIVE, shown, doubt=f"“{shown}” is a rate: give how many there are in all.")
    if text in CONVERTED:
        unit, factor = CONVERTED[text]
        return Measure(unit, "", factor)
    if text in SYNONYMS:
        return Measure(SYNONYMS[text])
    if text in MEANS:
        return Measure(*read_unit(text))
    if unit := by_a_word(text):
        return Measure(unit, shown)
    if len(text) <= 2 and not keeps_rates:
        return Measure(Unit.ITEMS, shown, doubt=f"“{shown}” may be several units. Write it out.")
    return Measure(Unit.ITEMS, shown)


def by_a_word(text):
    """The unit that a longer name ends in, or begins with where it is money: "volunteer hours", "£ worth of paint"."""
    last = text.split()[-1]
    unit = SYNONYMS.get(last) or MEANS.get(last)
    return Unit.POUNDS if WORTH.match(text) else unit if unit in BY_LAST_WORD else None


class Counted(Decimal):
    """A quantity whose cell named its unit too: `unit_words`."""

    unit_words = ""

    def __mul__(self, times):
        """So many times as much, of the same unit: a heading may count in thousands."""
        made = Counted(super().__mul__(times))
        made.unit_words = self.unit_words
        return made


NUMBER = re.compile(
    r"""^(?P<about>~|c\.|circa|about|approx\.?|approximately|at\sleast|minimum|min\.?|up\sto)?\s*
    (?P<number>£?\d[\d,.\s]*(?:/\d+)?|half|½)\s*(?P<more>\+)?\s*(?P<unit>[^\d]*)$""",
    re.IGNORECASE | re.VERBOSE,
)
WRITTEN = {"half": "0.5", "½": "0.5"}
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()


def read_quantity(value):
    """(Counted or None, problem): a quantity of 0 or more with the unit that its cell names, if it does.

    None without a problem is an empty cell: how many is not said.
    """
    text = str(value if value is not None else "").strip()
    if not text or (isinstance(value, int | float) and not isinstance(value, bool)):
        amount, problem = read_money(value)
        return (None if amount is None else Counted(amount)), problem
    if PLACEHOLDERS.match(text):
        return None, warning("not_said", f"“{text}” says no quantity.")
    if text.lower() in NUMBERS:
        return Counted(NUMBERS.index(text.lower()) + 1), None
    found = NUMBER.match(text)
    if not found or (found["about"] or "").lower() == "up to":
        return None, error("not_a_number", f"“{text}” is not a quantity. Enter a number like 40.")
    return _of_parts(text, found)


def read_bare_quantity(value):
    """As `read_quantity`, where the unit stands elsewhere: a unit beside the number is asked about."""
    amount, problem = read_quantity(value)
    if amount is not None and amount.unit_words not in ("", "pounds"):
        return None, error("not_a_number", f"“{value}” is not a quantity. Enter a number like 40.")
    return amount, problem


def _of_parts(text, found):
    amount, problem = _number(found["number"].strip())
    unit = found["unit"].strip()
    if amount is None and problem is None:
        problem = error("not_a_number", f"“{text}” is not a quantity. Enter a number like 40.")
    if problem and problem[0] == "error":
        return None, error(problem[1], f"“{text}” is not a quantity. Enter a number like 40.")
    if re.match(r"^(k|m|mn|bn|thousand|million)\b", unit, re.IGNORECASE):
        amount, problem = read_money(found["number"].strip() + unit.split()[0])
        unit = " ".join(unit.split()[1:])
    counted = Counted(amount)
    counted.unit_words = "pounds" if "£" in text and not unit else unit
    if found["about"] or found["more"]:
        problem = warning("about", f"“{text}” is about that much; read as {amount:f}.")
    return counted, problem


def _number(text):
    if text in WRITTEN:
        return Decimal(WRITTEN[text]), None
    if "/" in text:
        try:
            whole, parts = text.split("/")
            return Decimal(whole) / Decimal(parts), None
        except (InvalidOperation, ZeroDivisionError):
            return None, None
    return read_money(text)


def settle(values, keeps_rates=False):
    """({"quantity", "unit_words"} as they are kept, problems) of what a row says of quantity and unit.

    Problems are (field, (severity, code, sentence)). A quantity that is not said is one only where it is a narrative.
    """
    quantity, words = values.get("quantity"), values.get("unit_words") or ""
    named = getattr(quantity, "unit_words", "")
    if named and not words:
        words = named
    elif named and understand(named).unit != understand(words).unit:
        sentence = f"“{named}” stands with the quantity, “{words}” is its unit. Which is it?"
        return {}, [("quantity", error("two_units", sentence))]
    measure = understand(words, keeps_rates)
    if measure.doubt:
        return {}, [("unit_words", error("unit_asked", measure.doubt))]
    if quantity is None:
        if measure.unit == Unit.NARRATIVE:
            return {"quantity": Decimal(1), "unit_words": words}, []
        return {}, [("quantity", error("quantity_not_said", f"How many {words} is not said. Enter a number."))]
    if measure.factor == 1:
        is_rate = bool(RATE.search(unit_key(words)))
        kept = words if unit_key(words) in MEANS or is_rate else measure.words or Unit(measure.unit).value
        return {"quantity": Decimal(quantity), "unit_words": kept}, told_of(measure)
    made = (Fraction(quantity) * measure.factor).limit_denominator(10**6)
    exact = round(Decimal(made.numerator) / Decimal(made.denominator), 2)
    if quantity and not exact:
        words = f"{quantity:f} {words} are too little to be counted in {Unit(measure.unit).label}."
        return {}, [("quantity", error("too_little", words))]
    sentence = f"{quantity:f} {words} are read as {say_quantity(exact, measure.unit)}."
    return {"quantity": exact, "unit_words": Unit(measure.unit).value}, [
        ("quantity", warning("unit_converted", sentence))
    ]  # fmt: skip


def told_of(measure):
    if RATE.search(unit_key(measure.words)):
        sentence = f"“{measure.words}” is a rate: it counts as what is given once, until somebody says for how long."
        return [("unit_words", warning("unit_is_a_rate", sentence))]
    if measure.unit != Unit.ITEMS or unit_key(measure.words) in MEANS:
        return []
    sentence = f"“{measure.words}” is no unit that we know: they are counted as things."
    return [("unit_words", warning("unit_counted_as_things", sentence))]


AS_UNITS = ("unit", "units", "unit of measure", "unit of measurement", "uom", "measured in", "counted in")
UNIT = Field("unit_words", "unit", AS_UNITS, decides=True)


def quantity(*seen_as):
    """The Field of a quantity; without a unit that is sure it is no figure."""
    return Field("quantity", "quantity", ("quantity", "qty", "how many", *seen_as), read_quantity, is_amount=True,
                 decides=True)  # fmt: skip
