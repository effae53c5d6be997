"""The engine measured against judgements, beside baselines that know the texts alone. Worker and commands only."""

import re
from collections import Counter
from math import log

import numpy as np

from requests_app.models import Request
from suppliers.models import Commitment
from vocabulary.kinds import KindOfHelp
from vocabulary.reading import stems

from ..models import Judgement
from . import arrays, meaning
from .measures import measure
from .parts import FIXED, fits
from .scoring import Scorer

DEPTH = 100
GRADES = (0, 1, 2)


class QrelsRefused(ValueError):
    """A line of a qrels file that is not "commitment 0 request grade"; its text says which."""


def read_qrels(lines):
    """{commitment reference: {request reference: grade}} of a TREC qrels file; QrelsRefused names a faulty line."""
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        parts = line.split()
        if len(parts) != 4 or not re.fullmatch(r"[0-2]", parts[3]):
            raise QrelsRefused(f"Line {number}: expected “commitment 0 request grade” with a grade of 0, 1 or 2.")
        found.setdefault(parts[0], {})[parts[2]] = int(parts[3])
    return found


def judgements():
    """{commitment id: {request id: grade}} as people gave them here."""
    found = {}
    for commitment, request, grade in Judgement.objects.values_list("commitment_id", "request_id", "grade"):
        found.setdefault(commitment, {})[request] = grade
    return found


def by_number(qrels):
    """The same by primary keys, and the references that nothing here has."""
    commitments = dict(Commitment.objects.filter(external_reference__in=qrels).values_list("external_reference", "pk"))
    wanted = {request for grades in qrels.values() for request in grades}
    requests = {}
    for start in range(0, len(wanted), 500):
        batch = sorted(wanted)[start : start + 500]
        requests |= dict(Request.objects.filter(external_reference__in=batch).values_list("external_reference", "pk"))
    missing = sorted(set(qrels) - set(commitments)) + sorted(wanted - set(requests))
    numbered = {
        commitments[reference]: {requests[request]: grade for request, grade in grades.items() if request in requests}
        for reference, grades in qrels.items()
        if reference in commitments
    }
    return numbered, missing


class Bench:
    """Commitments and requests loaded once, to be ranked with several weights and by several baselines."""

    def __init__(self, judged):
        self.judged = judged
        arrays.understand_requests()
        arrays.understand_commitments()
        self.requests = arrays.load_requests()
        everything = arrays.load_commitments()
        self.commitments = everything.take(np.isin(everything.number, list(judged)))

    def engine(self, weights):
        scorer = Scorer(self.commitments, self.requests, weights)
        return {
            int(self.commitments.number[best.row]): self.requests.number[best.columns].tolist()
            for best in scorer.top(DEPTH)
        }

    def called_fits(self, weights):
        """How many judged pairs are called fits, and what share of them people said to fit; None where there are none.

        A pair of a judged commitment that nobody judged counts as no fit.
        """
        scorer = Scorer(self.commitments, self.requests, weights)
        rows, columns, fixed = scorer.fixed_parts_of(scorer.top(DEPTH))
        need, unit = (fixed[:, FIXED.index(name)] for name in ("need", "unit"))
        called = np.flatnonzero(fits(need, unit))
        pairs = zip(self.commitments.number[rows[called]], self.requests.number[columns[called]], strict=True)
        right = sum(self.judged[int(commitment)].get(int(request), 0) > 0 for commitment, request in pairs)
        return len(called), round(right / len(called), 4) if len(called) else None

    def by_scores(self, scores):
        order = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
        return {
            number: self.requests.number[row].tolist()
            for number, row in zip(self.commitments.number.tolist(), order, strict=True)
        }

    def texts(self):
        """([wording of each commitment], [title and description of each request])."""
        wordings = dict(Commitment.objects.filter(pk__in=self.judged).values_list("pk", "wording"))
        rows = Request.objects.values_list("pk", "title", "description")
        words = {pk: f"{title}. {description}" for pk, title, description in rows}
        return [wordings[n] for n in self.commitments.number.tolist()], [
            words[n] for n in self.requests.number.tolist()
        ]

    def kinds(self):
        """{label: {commitment: grades}} of the judged, by the kind of help of the commitment."""
        found = {}
        for number, kind in zip(self.commitments.number.tolist(), self.commitments.kind.tolist(), strict=True):
            label = KindOfHelp(arrays.KINDS[kind]).label if kind >= 0 else "Not named"
            found.setdefault(label, {})[number] = self.judged[number]
        return dict(sorted(found.items()))


def bm25(queries, texts, k=1.2, b=0.75):
    """(queries, texts) scores of Okapi BM25 over stems."""
    documents = [Counter(stems(text)) for text in texts]
    lengths = np.array([sum(document.values()) for document in documents])
    average = lengths.mean() if len(lengths) else 1
    holds = Counter(word for document in documents for word in document)
    scores = np.zeros((len(queries), len(texts)))
    for row, query in enumerate(queries):
        for word in set(stems(query)) & set(holds):
            weight = log(1 + (len(texts) - holds[word] + 0.5) / (holds[word] + 0.5))
            counts = np.array([document[word] for document in documents])
            scores[row] += weight * counts * (k + 1) / (counts + k * (1 - b + b * lengths / average))
    return scores


def tf_idf(queries, texts):
    """(queries, texts) cosines of sublinear TF-IDF over stems."""
    both = [Counter(stems(text)) for text in [*queries, *texts]]
    holds = Counter(word for document in both for word in document)
    place = {word: n for n, word in enumerate(sorted(holds))}
    vectors = np.zeros((len(both), len(place)), np.float32)
    for row, counts in enumerate(both):
        for word, count in counts.items():
            vectors[row, place[word]] = (1 + log(count)) * (log((1 + len(both)) / (1 + holds[word])) + 1)
    vectors = meaning.unit_length(vectors)
    return vectors[: len(queries)] @ vectors[len(queries) :].T


def embedding(queries, texts, name):
    encoder = meaning.encoder(name)
    return encoder.encode(queries) @ encoder.encode(texts).T


def table(bench, weights):
    """[(name, figures)]: the baselines, then the engine, then the engine by kind of help."""
    queries, texts = bench.texts()
    rows = [("BM25", bm25(queries, texts)), ("TF-IDF", tf_idf(queries, texts))]
    rows.append(("word vectors alone", embedding(queries, texts, meaning.WordVectors.name)))
    if meaning.has_sentence_model():
        rows.append(("sentence model alone", embedding(queries, texts, meaning.SentenceModel.name)))
    found = [(name, measure(bench.by_scores(scores), bench.judged)) for name, scores in rows]
    ranked = bench.engine(weights)
    called, right = bench.called_fits(weights)
    of_fits = {"fits": called, "fits right": right}
    found.append((f"engine ({arrays.reader().encoder.name})", measure(ranked, bench.judged) | of_fits))
    found += [(f"engine: {label}", measure(ranked, grades)) for label, grades in bench.kinds().items()]
    return found


def effect(values, weights_now):
    """{before, after}: the evaluation with the weights in force and with others, on the judgements given here."""
    bench = Bench(judgements())
    return {
        "before": measure(bench.engine(weights_now), bench.judged),
        "after": measure(bench.engine(values), bench.judged),
    }
