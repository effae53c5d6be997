"""Officers that extracts name, the training they had, and whether it moved their figures."""

from dataclasses import dataclass
from datetime import timedelta

from words.references import same_words

from .models import ContractRecord, Officer, ProjectRecord, TrainingSession
from .records import System, newest

DAYS = 182  # before a session and from it on: half a year each
KINDS = ("recorded", "linked")


@dataclass
class Moved:
    """Done and all, before and from a session on; of completed projects or of contracts signed."""

    done_before: int = 0
    all_before: int = 0
    done_after: int = 0
    all_after: int = 0

    @property
    def before(self):
        return self.done_before / self.all_before if self.all_before else None

    @property
    def after(self):
        return self.done_after / self.all_after if self.all_after else None

    def count(self, is_after, done):
        if is_after:
            self.all_after, self.done_after = self.all_after + 1, self.done_after + done
        else:
            self.all_before, self.done_before = self.all_before + 1, self.done_before + done


def note_officers(council=None):
    """An Officer for each name that the newest extracts have; returns how many are new."""
    names = {}
    for system, model in ((System.PROJECTS, ProjectRecord), (System.CONTRACTS, ContractRecord)):
        rows = model.objects.filter(extract=newest(system, council)).exclude(officer="")
        names |= {same_words(name): name for name in rows.values_list("officer", flat=True).distinct()}
    known = set(Officer.objects.filter(council=council).values_list("name_key", flat=True))
    new = [Officer(name=name, name_key=key, council_id=council) for key, name in names.items() if key not in known]
    return len(Officer.objects.bulk_create(new, ignore_conflicts=True))


def deeds(thread):
    """[(officer key, day, kind, done)] of completed projects (recorded or not) and of contracts (linked or not)."""
    of_projects, of_contracts = thread.named("officer")
    found = [
        (same_words(of_projects[row.row]), row.day, "recorded", row.recorded)
        for plan in thread.plans.values()
        for row in _once_a_day(plan.completions, "recorded")
    ]
    found += [
        (same_words(of_contracts[row.row]), row.day, "linked", row.linked)
        for contract in thread.signed.values()
        for row in _once_a_day(contract.signatures, "linked")
    ]
    return found


def _once_a_day(rows, done):
    """Rows with a day, one a day: the first, with `done` where any row of that day says so."""
    by_day = {}
    for row in rows:
        if row.day:
            before = by_day.setdefault(row.day, row)
            by_day[row.day] = before._replace(**{done: getattr(before, done) or getattr(row, done)})
    return by_day.values()


@dataclass
class Effect:
    """What became of records after a session: {kind: Moved} of those who took part, and of all others."""

    session: TrainingSession
    people: int
    trained: dict
    others: dict


def effects(thread, last):
    """[Effect] of every session: half a year before it, and after it up to `last`."""
    sessions = list(TrainingSession.objects.prefetch_related("officers"))
    if not sessions:
        return []
    done, found = deeds(thread), []
    for session in sessions:
        own = [officer for officer in session.officers.all() if officer.council_id == thread.rules.council]
        trained = {officer.name_key for officer in own}
        rows = {who: {kind: Moved() for kind in KINDS} for who in ("trained", "others")}
        first, end = session.held_on - timedelta(days=DAYS), min(last, session.held_on + timedelta(days=DAYS))
        for officer, day, kind, well in done:
            if officer and first <= day <= end:
                rows["trained" if officer in trained else "others"][kind].count(day >= session.held_on, well)
        found.append(Effect(session, len(trained), **rows))
    return found


def newest_recording():
    """The newest TrainingSession that was recorded, or None."""
    return TrainingSession.objects.exclude(recording="").first()


def trained_on(council=None):
    """{officer's name, plain: the day of the newest session that they took part in}, of one authority's officers."""
    found, sessions = {}, TrainingSession.objects.filter(officers__council=council, officers__isnull=False)
    for key, day in sessions.order_by("held_on").values_list("officers__name_key", "held_on"):
        found[key] = day
    return found
