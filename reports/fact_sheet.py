"""The facts of one day as a committee's paper says and keeps them: their shape, and the way into JSON and back.

Amounts are numbers rounded to two places, beside the same in words. What a paper keeps is this and nothing else, so
that it reads the same for ever.
"""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from suppliers.pace import Pace
from words.cells import ILLEGAL


@dataclass(frozen=True)
class StandingFacts:
    """As suppliers.pace.Standing: `words` holds each of pace.AMOUNTS in words."""

    unit: str
    unit_label: str
    pace: Pace
    words: dict[str, str]
    committed: float
    expected: float
    claimed: float
    confirmed: float
    verified: float


@dataclass(frozen=True)
class ContractFacts:
    """One of the contracts that are listed, with a line a unit; `number` is its id."""

    number: int
    reference: str
    title: str
    supplier: str
    directorate: str
    state: str
    lines: list[StandingFacts]


@dataclass(frozen=True)
class ThreadFigure:
    """One percentage of the golden thread; `percent` is None where nothing was to be counted."""

    name: str
    label: str
    numerator: int
    denominator: int
    percent: float | None
    target: int


@dataclass(frozen=True)
class ThreadMonth:
    """The published percentages at the end of a month."""

    day: date
    social_value_recorded: float | None
    linked_rolling: float | None
    linked_since_go_live: float | None


@dataclass(frozen=True)
class ThreadFacts:
    """The golden thread on the newest day that both systems knew, and the months before it."""

    day: date
    figures: list[ThreadFigure]
    months: list[ThreadMonth]


@dataclass(frozen=True)
class ReturnCounts:
    """Returns that were due by the day: sent, answered and late of them; `nothing` said that there was nothing."""

    due: int
    sent: int
    answered: int
    late: int
    nothing: int


@dataclass(frozen=True)
class LateAction:
    """An action that is past its day; `number` is its id."""

    number: int
    title: str


@dataclass(frozen=True)
class GovernanceFacts:
    """The audit tracker in numbers, what of it is late, and roles that nobody holds."""

    findings: int
    actions: int
    done: int
    under_way: int
    open: int
    dropped: int
    late: list[LateAction]
    vacant: list[str]


@dataclass(frozen=True)
class FactSheet:
    """Everything that a paper says of a day; `thread` is None where no pair of extracts is that old.

    `paces` counts the lines of contracts by pace; `behind` holds the references of contracts with a line that is;
    `assurance` is a sentence or ""; `version` says which entries and plans were read.
    """

    title: str
    council: str
    day: date
    version: str
    thread: ThreadFacts | None
    delivery: list[StandingFacts]
    paces: dict[Pace, int]
    contracts: list[ContractFacts]
    contracts_in_all: int
    behind: list[str]
    returns: ReturnCounts
    assurance: str
    governance: GovernanceFacts

    def as_data(self):
        """Plain values for JSON, days like 2026-11-28; without signs that a document can't hold."""
        return _printable(_SHAPE.dump_python(self, mode="json"))


def _printable(value):
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_printable(each) for each in value]
    return ILLEGAL.sub("", value) if isinstance(value, str) else value


_SHAPE = TypeAdapter(FactSheet)


def read(data):
    """The FactSheet that `as_data` made the values of; pydantic.ValidationError for anything else."""
    return _SHAPE.validate_python(data)
