"""Ranked lists: worked out for all, or for what changed, and kept. Worker only."""

from dataclasses import dataclass, field, fields

import numpy as np
from django.db.models import Max
from django.utils import timezone

from ..models import CommitmentMatches, CommitmentVector, RequestMatches, RequestVector
from . import arrays
from .packing import STEPS, unpack_entries
from .parts import FIXED
from .scoring import Scorer
from .weights import current

LIMIT = 100  # requests kept for a commitment
REQUEST_LIMIT = 30  # commitments kept for a request
LISTED = ["entries", "kept", "floor", "worked_out_at"]
WRITE_BATCH = 1000
COLUMNS = 500  # requests scored together against every commitment
TOUCHED = 2000  # requests' own lists brought up to date at once when commitments change; the night does the rest
PACKED = np.dtype([("number", "<i8"), ("parts", "u1", (len(FIXED),))])


@dataclass
class Memory:
    """Arrays kept by this worker between tasks; brought up to date by the stamps of vectors, read anew each day."""

    rows: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)
    day: object = None

    def requests(self):
        return self._fresh(RequestVector, "request_id", arrays.load_requests)

    def commitments(self):
        return self._fresh(CommitmentVector, "commitment_id", arrays.load_commitments)

    def forget(self):
        self.rows.clear()

    def _fresh(self, model, key, load):
        made_by = arrays.reader().made_by
        if self.day != (timezone.localdate(), made_by):
            self.day = (timezone.localdate(), made_by)
            self.rows.clear()
        newest = model.objects.filter(made_by=made_by).aggregate(at=Max("stamp"))["at"]
        if model not in self.rows:
            self.rows[model] = load()
        elif newest and newest > self.seen[model]:
            changed = model.objects.filter(made_by=made_by, stamp__gt=self.seen[model])
            numbers = list(changed.values_list(key, flat=True))
            kept = self.rows[model].take(~np.isin(self.rows[model].number, numbers))
            self.rows[model] = join(kept, load(numbers))
        self.seen[model] = newest or timezone.now()
        return self.rows[model]


memory = Memory()


def join(one, other):
    """Two sets of columns as one."""
    return type(one)(
        **{
            column.name: np.concatenate([getattr(one, column.name), getattr(other, column.name)])
            for column in fields(one)
        }
    )


def touch(model, key, numbers):
    """Tell every worker's memory that these rows changed."""
    model.objects.filter(**{f"{key}__in": numbers}).update(stamp=timezone.now())


def rank_all(limit=LIMIT, keep=True):
    """[(commitment, [(request, score)])] for every commitment with something left, best first."""
    arrays.understand_requests()
    arrays.understand_commitments()
    memory.forget()
    commitments, requests = memory.commitments(), memory.requests()
    scorer = Scorer(commitments, requests, current())
    found = scorer.top(max(limit, LIMIT) if keep else limit)
    if keep:
        rows = _keep_commitments(scorer, found)
        CommitmentMatches.objects.exclude(commitment__in=rows).delete()
    return [
        (
            int(commitments.number[best.row]),
            list(zip(requests.number[best.columns[:limit]].tolist(), best.scores[:limit].tolist(), strict=True)),
        )
        for best in sorted(found, key=lambda best: commitments.number[best.row])
    ]


def rank_rest(before=None, most=None):
    """Work out the own lists of requests that have none, or one made before a moment; returns how many it did."""
    commitments, requests = memory.commitments(), memory.requests()
    kept = RequestMatches.objects.all() if before is None else RequestMatches.objects.filter(worked_out_at__gte=before)
    lacking = np.flatnonzero(~np.isin(requests.number, list(kept.values_list("request_id", flat=True))))[:most]
    for _ in _rank_columns(commitments, requests, lacking):
        pass
    return len(lacking)


def _keep_commitments(scorer, found):
    """Keep the lists of these Best; returns the commitments' numbers."""
    if not found:
        return []
    for best in found:
        best.columns, best.need, best.meaning = (each[:LIMIT] for each in (best.columns, best.need, best.meaning))
    _, columns, parts = scorer.fixed_parts_of(found)
    packed = pack(scorer.requests.number[columns], parts)
    worths = parts @ _weights_of_fixed(scorer.weights)
    now, rows, start = timezone.now(), [], 0
    for best in found:
        stop = start + len(best.columns)
        rows.append(
            CommitmentMatches(
                commitment_id=int(scorer.commitments.number[best.row]),
                entries=packed[start:stop].tobytes(),
                kept=stop - start,
                floor=float(worths[start:stop].min()) if stop > start else 0,
                worked_out_at=now,
            )
        )
        start = stop
    _write(CommitmentMatches, "commitment", rows, LISTED)
    return [row.commitment_id for row in rows]


def pack(numbers, parts):
    """Entries as packing.py says they lie, as an array: a slice of it becomes a list's bytes."""
    found = np.empty(len(numbers), PACKED)
    found["number"] = numbers
    found["parts"] = np.rint(parts * STEPS)
    return found


def _weights_of_fixed(weights):
    return np.array([weights[name] for name in FIXED], np.float32)


def worth(parts, weights):
    """What the fixed parts of an entry add up to."""
    return sum(weights[name] * value for name, value in zip(FIXED, parts, strict=True))


def _write(model, key, rows, names):
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=[key], update_fields=names, batch_size=WRITE_BATCH
    )


def rank_commitments(numbers):
    """Work out the lists of these commitments again, and tell the requests they now fit."""
    arrays.understand_commitments(numbers)
    touch(CommitmentVector, "commitment", numbers)
    commitments, requests = arrays.load_commitments(numbers), memory.requests()
    CommitmentMatches.objects.filter(commitment__in=set(numbers) - set(commitments.number.tolist())).delete()
    scorer = Scorer(commitments, requests, current())
    found = scorer.top(LIMIT)
    kept = _keep_commitments(scorer, found)
    now = timezone.now()
    empty = set(commitments.number.tolist()) - set(kept)
    rows = [CommitmentMatches(commitment_id=number, entries=b"", worked_out_at=now) for number in empty]
    _write(CommitmentMatches, "commitment", rows, LISTED)
    touched = np.unique(np.concatenate([best.columns for best in found])) if found else np.zeros(0, np.int64)
    for _ in _rank_columns(memory.commitments(), requests, touched[:TOUCHED]):
        pass


def rank_requests(numbers):
    """Work out these requests' own lists, and put them into the lists of commitments where they are good enough."""
    arrays.understand_requests(numbers)
    touch(RequestVector, "request", numbers)
    commitments, requests = memory.commitments(), arrays.load_requests(numbers)
    RequestMatches.objects.filter(request__in=set(numbers) - set(requests.number.tolist())).delete()
    for batch in _rank_columns(commitments, requests, np.arange(len(requests))):
        _insert(*batch)


def _rank_columns(commitments, requests, columns):
    """Keep the best commitments of each request in `columns`; yields (scorer, scores, need, meaning) a batch."""
    for start in range(0, len(columns), COLUMNS):
        scorer = Scorer(commitments, requests.take(columns[start : start + COLUMNS]), current())
        every = np.arange(len(scorer.requests))
        scores, need, meaning = scorer.block(np.arange(len(commitments)), every)
        limit = min(REQUEST_LIMIT, len(commitments))
        best = np.argpartition(-scores, limit - 1, axis=0)[:limit] if limit else np.zeros((0, len(every)), np.int64)
        picked = np.sort(best, axis=0)  # equal scores by number
        picked = np.take_along_axis(picked, np.argsort(-scores[picked, every], axis=0, kind="stable"), 0)
        counts = np.isfinite(scores[picked, every]).sum(0)
        rows, across = picked.T.reshape(-1), np.repeat(every, limit)
        parts = scorer.fixed_parts(rows, across, need[rows, across], meaning[rows, across])
        packed = pack(commitments.number[rows], parts)
        now, made = timezone.now(), []
        for column, number in enumerate(scorer.requests.number.tolist()):
            entries = packed[column * limit : column * limit + counts[column]].tobytes()
            made.append(RequestMatches(request_id=number, entries=entries, worked_out_at=now))
        _write(RequestMatches, "request", made, ["entries", "worked_out_at"])
        yield scorer, scores, need, meaning


def _insert(scorer, scores, need, meaning):
    """Put new requests into the kept lists of commitments whose last entry they beat."""
    kept = {
        number: floor if count >= LIMIT else -1
        for number, count, floor in CommitmentMatches.objects.values_list("commitment_id", "kept", "floor")
    }
    every, weights = np.arange(len(scorer.requests)), scorer.weights
    numbers = scorer.commitments.number
    floors = np.array([kept.get(number, -1) for number in numbers.tolist()], np.float32)
    sums = scorer.fixed(np.arange(len(numbers)), every, need, meaning)
    rows, columns = np.nonzero(sums > floors[:, None])
    if not len(rows):
        return
    parts = scorer.fixed_parts(rows, columns, need[rows, columns], meaning[rows, columns])
    wanted = {}
    pairs = zip(numbers[rows].tolist(), scorer.requests.number[columns].tolist(), parts.tolist(), strict=True)
    for number, request, part in pairs:
        wanted.setdefault(number, []).append((request, part))
    made, now = [], timezone.now()
    for number, old in _lists(list(wanted)):
        added = wanted[number]
        new = {request for request, _ in added}
        entries = added + [(request, list(part.values())) for request, part in old if request not in new]
        entries.sort(key=lambda entry: (-worth(entry[1], weights), entry[0]))
        entries = entries[:LIMIT]
        made.append(
            CommitmentMatches(
                commitment_id=number,
                entries=pack(*map(np.array, zip(*entries, strict=True))).tobytes(),
                kept=len(entries),
                floor=worth(entries[-1][1], weights),
                worked_out_at=now,
            )
        )
    _write(CommitmentMatches, "commitment", made, LISTED)


def _lists(numbers):
    """(commitment, entries) of its kept list, for each of these numbers."""
    for start in range(0, len(numbers), WRITE_BATCH):
        batch = numbers[start : start + WRITE_BATCH]
        kept = dict(CommitmentMatches.objects.filter(pk__in=batch).values_list("pk", "entries"))
        for number in batch:
            yield number, unpack_entries(bytes(kept.get(number, b"")))
