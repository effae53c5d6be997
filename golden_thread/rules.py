"""What counts, as the council has set it: which day is in the window, and what a status word means."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import md5

from django.forms import model_to_dict

from records.days import year_before
from words.references import same_words

from .models.rules import GoldenThreadRules, Window

MEANINGS = ("completed", "cancelled", "void", "other")


@dataclass(frozen=True)
class Rules:
    go_live: date
    window: str
    completed: frozenset
    cancelled: frozenset
    void: frozenset

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
            last = as_at if as_at.day == monthrange(as_at.year, as_at.month)[1] else as_at.replace(day=1) - timedelta(1)
            return (last + timedelta(days=1)).replace(year=(last + timedelta(days=1)).year - 1), last
        same_day = year_before(as_at)
        return same_day + timedelta(days=self.window == Window.ANNIVERSARY_EXCLUSIVE), as_at


def current(**instead):
    """The Rules in force, some of them replaced."""
    kept = GoldenThreadRules.load()
    found = {
        "go_live": kept.go_live,
        "window": kept.window,
        "completed": words(kept.completed_words),
        "cancelled": words(kept.cancelled_words),
        "void": words(kept.void_words),
    }
    return Rules(**found | {name: value for name, value in instead.items() if value is not None})


def fingerprint():
    """What changes when a rule or a target does: text of 32 letters."""
    kept = sorted(model_to_dict(GoldenThreadRules.load()).items())
    return md5(repr(kept).encode(), usedforsecurity=False).hexdigest()


def words(text):
    return frozenset(same_words(word) for word in text.splitlines() if word.strip())


def teach(meanings):
    """Keep {status word: one of MEANINGS} for good: each word stands in one list, or in none for "other"."""
    kept = GoldenThreadRules.load()
    for name in ("completed", "cancelled", "void"):
        known = words(getattr(kept, f"{name}_words")) - {same_words(word) for word in meanings}
        known |= {same_words(word) for word, meaning in meanings.items() if meaning == name}
        setattr(kept, f"{name}_words", "\n".join(sorted(known)))
    kept.save()
