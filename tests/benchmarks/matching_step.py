"""Run as a program: one step of tests.benchmarks.matching; its last line is JSON with seconds and MB."""

import json
import resource
import statistics
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import perf_counter
from urllib.parse import urlsplit

import django

django.setup()

import numpy as np  # noqa: E402 - after setup
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from matching.allocation import proposing  # noqa: E402
from matching.allocation.solver import Problem, solve  # noqa: E402
from matching.allocation.wanted import Wanted  # noqa: E402
from matching.models import CommitmentMatches, RequestMatches  # noqa: E402
from matching.ranking import arrays, changes, engine, scoring, weights  # noqa: E402
from matching.ranking.parts import GOOD_NEED  # noqa: E402
from matching.ranking.scoring import CHUNK  # noqa: E402
from organisations.models import User  # noqa: E402
from requests_app.models import Request, RequestTotals  # noqa: E402
from requests_app.signals import request_changed  # noqa: E402

TOP = 100
NEAR_MILES = 15
CHECKED = 200  # commitments whose lists are compared with those over all pairs


def read():
    return arrays.load_commitments(), arrays.load_requests()


def first_reading():
    made = arrays.understand_requests() + arrays.understand_commitments()
    return {"texts": made}


def in_chunks(rows, work):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, [rows[n : n + CHUNK] for n in range(0, len(rows), CHUNK)]))


def sort(scores):
    limit = min(TOP, scores.shape[1])
    best = np.argpartition(-scores, limit - 1, axis=1)[:, :limit]
    return np.take_along_axis(best, np.argsort(-np.take_along_axis(scores, best, 1), axis=1), 1)


def brute_force():
    """The texts' parts of every pair, nothing else, and the best hundred."""
    commitments, requests = read()
    offers = np.hstack([commitments.answers, commitments.meaning])
    wants = np.ascontiguousarray(np.hstack([requests.needs, requests.meaning]).T)
    in_chunks(np.arange(len(commitments)), lambda rows: sort(offers[rows] @ wants))
    return {"pairs": len(commitments) * len(requests)}


def blocked():
    """Only pairs of one kind of help; the best hundred within 15 miles of where the commitment is delivered."""
    commitments, requests = read()
    offers = np.hstack([commitments.answers, commitments.meaning])
    wants = np.hstack([requests.needs, requests.meaning])
    pairs = 0

    def best(block):
        rows, columns = block
        scores = offers[rows] @ wants[columns].T
        scores[commitments.nearness[rows][:, requests.outcode[columns]] > NEAR_MILES] = -np.inf
        return sort(scores)

    with ThreadPoolExecutor(2) as pool:
        for kind in range(len(arrays.KINDS)):
            rows, columns = np.flatnonzero(commitments.kind == kind), np.flatnonzero(requests.kind == kind)
            pairs += len(rows) * len(columns)
            if len(columns):
                list(pool.map(best, [(rows[n : n + CHUNK], columns) for n in range(0, len(rows), CHUNK)]))
    return {"pairs": pairs}


def exact(rows=slice(None)):
    """{commitment: its best requests} over all pairs, with the whole score and nothing left out."""
    commitments, requests = read()
    commitments = commitments.take(rows)
    scoring.ALL_PAIRS_UP_TO = len(requests)
    found = scoring.Scorer(commitments, requests, weights.current()).top(TOP)
    return {
        int(commitments.number[best.row]): (requests.number[best.columns].tolist(), int((best.need >= GOOD_NEED).sum()))
        for best in found
    }


def all_pairs():
    found = exact()
    return {"pairs": len(found) * RequestTotals.objects.count()}


def full():
    engine.rank_all()
    return {"lists": CommitmentMatches.objects.count()}


def requests_lists():
    return {"lists": engine.rank_rest(timezone.now())}


def recall():
    """Which share of the exact lists the kept lists hold: of the first ten, of what is shown as fitting, of all."""
    from matching.ranking.packing import unpack_entries

    commitments, _ = read()
    rows = np.linspace(0, len(commitments) - 1, min(CHECKED, len(commitments))).astype(int)
    shares = {"recall@10": [], "recall of fits": [], "recall@100": []}
    for number, (wanted, fits) in exact(rows).items():
        row = CommitmentMatches.objects.filter(pk=number).first()
        kept = {request for request, _ in unpack_entries(bytes(row.entries))} if row else set()
        for name, depth in zip(shares, (10, fits, TOP), strict=True):
            if wanted[:depth]:
                shares[name].append(len(kept & set(wanted[:depth])) / len(wanted[:depth]))
    return {name: round(float(np.mean(listed)), 4) for name, listed in shares.items()}


def new_request(warm):
    """From the note that a request went live to its place in every list, in seconds."""
    pattern = Request.objects.order_by("pk").first()
    if warm:
        engine.rank_requests([pattern.pk])
    totals = pattern.totals
    pattern.pk = pattern.external_reference = None
    pattern._state.adding, pattern.title = True, "Somebody to keep the books of our lunch club"
    pattern.save()
    totals.pk, totals.request = None, pattern
    totals._state.adding = True
    totals.save()
    started = perf_counter()
    request_changed.send(sender=Request, number=pattern.pk, went_live=True)
    notes, _ = changes.follow()
    changes.done(notes)
    taken = perf_counter() - started
    assert RequestMatches.objects.filter(pk=pattern.pk).exists()
    return {"seconds": round(taken, 3)}


def page():
    """/matches/ of a supplier, signed in, asked of the served site one after the other."""
    client = Client()
    client.force_login(User.objects.get(email="bench@example.org"))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    server, times = HTTPConnection(urlsplit(settings.SITE_URL).netloc, timeout=60), []
    for _ in range(45):
        started = perf_counter()
        server.request("GET", "/matches/", headers={"Cookie": cookie})
        answer = server.getresponse()
        body = answer.read().decode()
        times.append(perf_counter() - started)
        assert answer.status == 200
    times = sorted(times[5:])
    return {
        "seconds": round(statistics.median(times), 4),
        "p95": round(times[37], 4),
        "matches": body.count("app-card__title"),
    }


def allocation():
    lines, figures = proposing.work_out(Wanted())
    kept = ("pairs", "gap", "objective", "greedy_objective", "seconds")
    return {("solver_seconds" if name == "seconds" else name): figures[name] for name in kept} | {"lines": len(lines)}


def large_allocation(converted):
    """200,000 pairs, a share of them between units that are counted against each other."""
    found = solve(random_problem(200_000, converted))
    return {"pairs": 200_000, "gap": round(found.gap, 8)}


def random_problem(pairs, converted, seed=1):
    """4,000 commitments with 10,000 requests; every request is counted in whole units or by the hour."""
    dice = np.random.default_rng(seed)
    commitments, requests = 4000, 10_000
    drawn = np.unique(dice.integers(0, commitments * requests, pairs * 2))
    drawn = np.sort(dice.choice(drawn, pairs, replace=False))
    rate = np.where(dice.random(pairs) < converted, dice.choice([7.0, 1 / 7], pairs), 1.0)
    return Problem(
        commitment=drawn // requests,
        request=drawn % requests,
        value=np.round(dice.beta(2, 3, pairs), 4),
        rate=rate,
        left=dice.integers(5, 200, commitments).astype(float),
        need=dice.choice([2.0, 5, 10, 20, 50], requests),
        weight=1 + 0.25 * (dice.random(requests) < 0.3),
        whole=dice.random(requests) < 0.5,
    )


WORK = {
    "first reading of all texts": first_reading,
    "floor: brute-force numpy, all pairs": brute_force,
    "floor: blocks of one kind and place": blocked,
    "all pairs, the whole score": all_pairs,
    "full re-rank, kept": full,
    "requests' own lists, by night": requests_lists,
    "a new request, cold worker": lambda: new_request(False),
    "a new request, warm worker": lambda: new_request(True),
    "a supplier's page": page,
    "an allocation of the county": allocation,
    "an allocation of 200,000 pairs": lambda: large_allocation(0),
    "the same, a tenth with converted units": lambda: large_allocation(0.1),
}


def main(step):
    arrays.reader()  # what a worker loads once in its life is not counted
    started = perf_counter()
    found = WORK[step]()
    found.setdefault("seconds", round(perf_counter() - started, 3))
    found["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if step == "full re-rank, kept":
        found |= recall()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
