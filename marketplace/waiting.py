"""One thing that waits for somebody, and the order in which such things stand."""

from dataclasses import dataclass
from datetime import date

from desk.clocks import Clock


@dataclass
class Waiting:
    """One thing to do: a sentence, where to do it, what it is about, its clock where it has one.

    `count` says how many things the line stands for, `late` how many of them are late.
    """

    words: str
    url: str
    about: str = ""
    clock: Clock | None = None
    count: int = 1
    late: int | None = None

    def __post_init__(self):
        if self.late is None:
            self.late = int(bool(self.clock and self.clock.is_late))


def by_urgency(thing):
    """The first due first; what has no day comes after all that has one."""
    return thing.clock.due if thing.clock else date.max
