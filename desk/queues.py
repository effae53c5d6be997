"""Queues of what somebody has to decide: rooms register theirs when the site starts, the desk shows them all.

A queue runs by who must act and since when: whatever is due first comes first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

from .clocks import Clock

QUEUES = {}


@dataclass(frozen=True)
class Case:
    """One thing that waits: the number of its row, what it asks for, where it is decided, what about, its clock."""

    pk: int
    words: str
    url: str
    clock: Clock
    about: str = ""


@dataclass(frozen=True)
class Queue:
    """What waits for whoever holds a right.

    `cases(user)` gives [Case] that this person may decide, in any order; `where` is the name of the address that lists
    them; `one` and `many` say what waits, after its number.
    """

    name: str
    title: str
    right: str
    cases: Callable
    where: str
    one: str
    many: str
    order: int = 0

    def of(self, user):
        """[Case] that wait for this person, the first due first; none without the right."""
        return sorted(self.cases(user), key=by_urgency) if user.has_perm(self.right) else []

    @property
    def url(self):
        return reverse(self.where)

    def say(self, count, more=""):
        """ "3 requests wait for a moderator"; `more` stands after the number."""
        return f"{count} {more}{self.one if count == 1 else self.many}"


def by_urgency(case):
    return case.clock.due, case.clock.since, case.pk


@dataclass(frozen=True)
class Place:
    """Where a case stands in its queue: its number from 1, or None where it no longer waits, and its neighbours."""

    queue: Queue
    case: Case | None
    number: int | None
    count: int
    before: Case | None
    after: Case | None
    near: list = field(default_factory=list)


def register(queue):
    QUEUES[queue.name] = queue
    return queue


def open_to(user):
    """[Queue] that this person may decide, in their order."""
    return [queue for queue in sorted(QUEUES.values(), key=lambda q: q.order) if user.has_perm(queue.right)]


def place(name, user, pk, near=5):
    """The Place of row `pk` in a queue as this person sees it; `near` cases from it on are named."""
    queue = QUEUES[name]
    cases = queue.of(user)
    numbers = [case.pk for case in cases]
    if pk not in numbers:
        return Place(queue, None, None, len(cases), None, cases[0] if cases else None, cases[:near])
    at = numbers.index(pk)
    before = cases[at - 1] if at else None
    after = cases[at + 1] if at + 1 < len(cases) else None
    return Place(queue, cases[at], at + 1, len(cases), before, after, cases[at : at + near])


def onward(place, stop=False):
    """Where a person goes from a decided case: to the next one, from the last to the first, or to the list."""
    others = [case for case in (place.after, place.before, *place.near) if case and case != place.case]
    return place.queue.url if stop or not others else others[0].url
