"""What counts, as the council has set it: which day is in the window, and what a status word means."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import md5

from django.utils.text import slugify

from records.days import month_end, year_before
from suppliers import contracts
from suppliers.models import Contract
from words.references import same_words

from .models.rules import GoldenThreadRules, PartnerRules, Window

MEANINGS = ("completed", "cancelled", "void", "other")


@dataclass(frozen=True)
class Rules:
    """The rules of one authority: `council` is the number of a partner's Council, None for the site's own."""

    go_live: date
    window: str
    completed: frozenset
    cancelled: frozenset
    void: frozenset
    first_month: date
    recorded_target: int
    linked_target: int
    council: int | None = None
    name: str = ""  # of a partner

    def file_name(self, words):
        """The name of a file that somebody takes away, with whose it is where that is a partner."""
        return f"{words}-{slugify(self.name)}" if self.name else words

    @property
    def mark(self):
        """What changes when a rule or a target does, another for each authority: text of 32 letters."""
        said = self.as_dict() | {"first": self.first_month, "targets": (self.recorded_target, self.linked_target)}
        return md5(repr((self.council, sorted(said.items()))).encode(), usedforsecurity=False).hexdigest()

    def meaning(self, status):
        """What a status word means: one of MEANINGS."""
        word = same_words(status)
        return next((name for name in MEANINGS[:3] if word in getattr(self, name)), "other")

    def as_dict(self):
        """The rules as they are kept beside a published figure."""
        said = {name: sorted(getattr(self, name)) for name in MEANINGS[:3]}
        return {"go_live": self.go_live.isoformat(), "window": self.window} | said

    def days(self, as_at):
        """(first, last) day of the rolling twelve months that end with `as_at`, both in the window."""
        if self.window == Window.LAST_365_DAYS:
            return as_at - timedelta(days=364), as_at
        if self.window == Window.WHOLE_MONTHS:
            last = as_at if as_at == month_end(as_at) else as_at.replace(day=1) - timedelta(1)
            return (last + timedelta(days=1)).replace(year=(last + timedelta(days=1)).year - 1), last
        same_day = year_before(as_at)
        return same_day + timedelta(days=self.window == Window.ANNIVERSARY_EXCLUSIVE), as_at


class NoPartner(LookupError):
    """There is no partner authority of that number."""


def current(council=None, **instead):
    """The Rules in force of the site's own council or of a partner (its number), some of them replaced."""
    kept = _kept(council)
    found = {
        "go_live": kept.go_live,
        "window": kept.window,
        "completed": words(kept.completed_words),
        "cancelled": words(kept.cancelled_words),
        "void": words(kept.void_words),
        "first_month": kept.first_month,
        "recorded_target": kept.recorded_target,
        "linked_target": kept.linked_target,
        "council": council,
        "name": str(kept) if council else "",
    }
    return Rules(**found | {name: value for name, value in instead.items() if value is not None})


def _kept(council):
    if council is None:
        return GoldenThreadRules.load()
    kept = PartnerRules.objects.filter(council=council).select_related("council").first()
    if kept is None:
        raise NoPartner(council)
    return kept


def partners():
    """[PartnerRules] with their councils, by name."""
    return list(PartnerRules.objects.select_related("council"))


def every():
    """[Rules] of the site's own council and of each partner."""
    return [current(number) for number in (None, *partner_numbers())]


@contracts.partners_told_by
def partner_numbers():
    """The numbers of the partners' Councils, by name."""
    return list(PartnerRules.objects.values_list("council", flat=True))


def of_contract(contract):
    """The Rules that a contract of the register comes under: its council's where that is a partner, else the site's."""
    return current(contract.council_id if contract.council_id in partner_numbers() else None)


def register_of(counted):
    """Contracts of the register that come under some Rules."""
    if counted.council:
        return Contract.objects.filter(council=counted.council)
    return Contract.objects.exclude(council__in=partner_numbers())


def words(text):
    return frozenset(same_words(word) for word in text.splitlines() if word.strip())


def teach(meanings, council=None):
    """Keep {status word: one of MEANINGS} for good: each word stands in one list, or in none for "other"."""
    kept = _kept(council)
    for name in ("completed", "cancelled", "void"):
        known = words(getattr(kept, f"{name}_words")) - {same_words(word) for word in meanings}
        known |= {same_words(word) for word, meaning in meanings.items() if meaning == name}
        setattr(kept, f"{name}_words", "\n".join(sorted(known)))
    kept.save()
