"""Where to begin: what groups ask for most often, each with the questions a helper would ask.

A starter fills in kind, a title to change, and a quantity in the unit that suppliers hold commitments in today
(`hints.usual_unit`, told by a room above). What it takes is a first guess from common practice, and says so.
"""

from dataclasses import dataclass
from decimal import Decimal

from vocabulary.kinds import UNITS_FOR_KIND, KindOfHelp
from vocabulary.units import Unit

from . import hints


@dataclass(frozen=True)
class Starter:
    """`sizes`: {unit: quantity}, the most usual unit first. `ask`: what the description should answer."""

    words: str
    kind: str
    title: str
    sizes: dict
    ask: tuple
    of_what: str = ""

    def size(self):
        """(quantity, unit) in the unit that most suppliers count in, or in our first guess."""
        usual = hints.usual_unit(self.kind)
        unit = usual if usual in self.sizes else next(iter(self.sizes))
        return Decimal(self.sizes[unit]), unit


STARTERS = {
    "hall": Starter(
        "A hall to paint", KindOfHelp.VOLUNTEERS, "Paint our hall",
        {Unit.HOURS: 48, Unit.PEOPLE: 8, Unit.DAYS: 6},
        ("How large is it, and how high?", "Who brings paint, brushes and ladders?", "When is it free?",
         "Is there parking, a kitchen, a toilet?"),
    ),
    "garden": Starter(
        "A garden to clear", KindOfHelp.VOLUNTEERS, "Clear and plant our garden",
        {Unit.HOURS: 40, Unit.PEOPLE: 8, Unit.DAYS: 5},
        ("What should be gone, what should stay?", "Which tools are there?", "Where does the waste go?"),
    ),
    "lunch": Starter(
        "Hands at a lunch club or an event", KindOfHelp.VOLUNTEERS, "Serve at our lunch club",
        {Unit.HOURS: 12, Unit.PEOPLE: 4, Unit.EVENTS: 1},
        ("Which day, from when to when?", "What would people do?", "Who is with them?"),
    ),
    "accounts": Starter(
        "Accounts to look at", KindOfHelp.ADVICE, "Somebody to look at our yearly accounts",
        {Unit.HOURS: 8, Unit.DAYS: 1},
        ("How large are income and expenditure?", "What are they kept in?", "By when must they be filed?"),
    ),
    "website": Starter(
        "A website to mend", KindOfHelp.ADVICE, "Help with our website",
        {Unit.HOURS: 20, Unit.DAYS: 3},
        ("What does it run on, and who has the keys?", "What should it do that it does not?"),
    ),
    "laptops": Starter(
        "Laptops", KindOfHelp.GOODS, "Laptops for our homework club", {Unit.ITEMS: 10},
        ("Who uses them, and for what?", "Must they be new?", "Who looks after them?"), "laptops",
    ),
    "chairs": Starter(
        "Furniture", KindOfHelp.GOODS, "Chairs for our meeting room", {Unit.ITEMS: 20},
        ("Which size and kind?", "Can you fetch them?", "Where do they go?"), "chairs",
    ),
    "room": Starter(
        "A room to meet in", KindOfHelp.SPACE, "A room for our weekly group",
        {Unit.HOURS: 24, Unit.DAYS: 12},
        ("For how many people?", "Which day and time?", "Is step-free access needed?"),
    ),
    "placement": Starter(
        "Work experience", KindOfHelp.JOBS, "Work experience for two school leavers",
        {Unit.PLACES: 2, Unit.WEEKS: 2},
        ("Who would come, and what do they like?", "Which dates?", "What support do they need?"),
    ),
}  # fmt: skip


def of_draft(slug, draft):
    """{field: value} that a starter puts into the empty fields of a draft; {} for another kind than its own."""
    starter = STARTERS.get(slug)
    if starter is None or (draft.kind and draft.kind != starter.kind):
        return {}
    quantity, unit = starter.size()
    given = {"kind": starter.kind, "title": starter.title, "quantity": quantity, "unit": unit}
    given |= {"unit_words": starter.of_what} if starter.of_what else {}
    return {field: value for field, value in given.items() if not getattr(draft, field)}


def size_in_the_usual_unit(draft):
    """{"unit": ...} for a draft that counts in nothing yet: what most suppliers of its kind count in."""
    usual = hints.usual_unit(draft.kind)
    return {"unit": usual} if not draft.unit and usual in UNITS_FOR_KIND.get(draft.kind, ()) else {}
