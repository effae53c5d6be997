"""Ranked lists: worked out for all, or for what changed, and kept. Worker only."""

from dataclasses import dataclass, field, fields

import numpy as np
from django.db.models import Max
from django.utils import timezone

from ..models import CommitmentMatches, CommitmentVector, RequestMatches, RequestVector
from . import arrays
from .packing import pack_entries, unpack_entries
from .parts import FIXED
from .scoring import Scorer
from .weights import current

LIMIT = 100  # requests kept for a commitment
REQUEST_LIMIT = 30  # commitments kept for a request
WRITE_BATCH = 1000
COLUMNS = 2000  # requests scored together against every commitment


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
        _keep_commitments(scorer, found, every=True)
        lacking = RequestMatches.objects.values_list("request_id", flat=True)
        _rank_columns(commitments, requests, np.flatnonzero(~np.isin(requests.number, list(lacking))))
    return [
        (
            int(commitments.number[row]),
            list(zip(requests.number[columns[:limit]].tolist(), scores[:limit].tolist(), strict=True)),
        )
        for row, columns, scores in sorted(found, key=lambda one: commitments.number[one[0]])
    ]


def _keep_commitments(scorer, found, every=False):
    now = timezone.now()
    rows = []
    for row, columns, _ in found:
        columns = columns[:LIMIT]
        parts = scorer.fixed_parts(np.full(len(columns), row), columns)
        numbers = scorer.requests.number[columns].tolist()
        entries = list(zip(numbers, parts.tolist(), strict=True))
        rows.append(_row(int(scorer.commitments.number[row]), entries, scorer.weights, now))
    _write(CommitmentMatches, "commitment", rows, ["entries", "kept", "floor", "worked_out_at"])
    if every:
        CommitmentMatches.objects.exclude(commitment__in=[row.commitment_id for row in rows]).delete()
    return {row.commitment_id: row for row in rows}


def worth(parts, weights):
    """What the fixed parts of an entry add up to."""
    return sum(weights[name] * value for name, value in zip(FIXED, parts, strict=True))


def _row(number, entries, weights, now):
    floor = min((worth(parts, weights) for _, parts in entries), default=0)
    return CommitmentMatches(
        commitment_id=number, entries=pack_entries(entries), kept=len(entries), floor=floor, worked_out_at=now
    )


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
    _keep_commitments(scorer, found)
    empty = set(commitments.number.tolist()) - {int(commitments.number[row]) for row, _, _ in found}
    now = timezone.now()
    rows = [_row(number, [], scorer.weights, now) for number in empty]
    _write(CommitmentMatches, "commitment", rows, ["entries", "kept", "floor", "worked_out_at"])
    touched = np.unique(np.concatenate([columns for _, columns, _ in found])) if found else np.zeros(0, np.int64)
    _rank_columns(memory.commitments(), requests, touched[:COLUMNS])


def rank_requests(numbers):
    """Work out these requests' own lists, and put them into the lists of commitments where they are good enough."""
    arrays.understand_requests(numbers)
    touch(RequestVector, "request", numbers)
    commitments, requests = memory.commitments(), arrays.load_requests(numbers)
    RequestMatches.objects.filter(request__in=set(numbers) - set(requests.number.tolist())).delete()
    for start in range(0, len(requests), COLUMNS):
        scorer, scores = _rank_columns(commitments, requests, np.arange(start, min(start + COLUMNS, len(requests))))
        _insert(scorer, scores, start)


def _rank_columns(commitments, requests, columns):
    """Keep the best commitments of each request in `columns`; returns (scorer, scores) of the last batch."""
    scorer, scores = None, None
    for start in range(0, len(columns), COLUMNS):
        batch = columns[start : start + COLUMNS]
        scorer = Scorer(commitments, requests.take(batch), current())
        scores = scorer.block(np.arange(len(commitments)), np.arange(len(batch)))
        now, rows = timezone.now(), []
        limit = min(REQUEST_LIMIT, len(commitments))
        best = np.argpartition(-scores, limit - 1, axis=0)[:limit] if limit else np.zeros((0, len(batch)), np.int64)
        for column in range(len(batch)):
            picked = best[:, column][np.isfinite(scores[best[:, column], column])]
            picked = picked[np.lexsort((picked, -scores[picked, column]))]
            parts = scorer.fixed_parts(picked, np.full(len(picked), column))
            entries = zip(commitments.number[picked].tolist(), parts.tolist(), strict=True)
            number = int(scorer.requests.number[column])
            rows.append(RequestMatches(request_id=number, entries=pack_entries(entries), worked_out_at=now))
        _write(RequestMatches, "request", rows, ["entries", "worked_out_at"])
    return scorer, scores


def _insert(scorer, scores, start):
    """Put new requests into the kept lists of commitments whose last entry they beat."""
    kept = {
        number: (count, floor)
        for number, count, floor in CommitmentMatches.objects.values_list("commitment_id", "kept", "floor")
    }
    weights = scorer.weights
    wanted = {}
    finite = np.argwhere(np.isfinite(scores))
    if not len(finite):
        return
    parts = scorer.fixed_parts(finite[:, 0], finite[:, 1])
    worths = parts @ np.array([weights[name] for name in FIXED])
    for (row, column), part, value in zip(finite, parts.tolist(), worths.tolist(), strict=True):
        number = int(scorer.commitments.number[row])
        count, floor = kept.get(number, (0, 0))
        if count < LIMIT or value > floor:
            wanted.setdefault(number, []).append((int(scorer.requests.number[column]), part))
    rows, now = [], timezone.now()
    lists = {row.commitment_id: row for row in CommitmentMatches.objects.filter(commitment__in=wanted)}
    for number, added in wanted.items():
        new = {request for request, _ in added}
        old = unpack_entries(lists[number].entries) if number in lists else []
        entries = added + [(request, list(part.values())) for request, part in old if request not in new]
        entries.sort(key=lambda entry: (-worth(entry[1], weights), entry[0]))
        rows.append(_row(number, entries[:LIMIT], weights, now))
    _write(CommitmentMatches, "commitment", rows, ["entries", "kept", "floor", "worked_out_at"])
