"""How good a ranking is against judgements, as information retrieval measures it. Pure Python.

A ranking is a list of ids, best first; judgements are {id: grade}, 0 where nothing is said. Gains are linear (grade 2
counts twice grade 1), as trec_eval's ndcg_cut has them. A commitment without any fitting request is left out.
"""

from math import log2


def ndcg(ranking, grades, cut=10):
    """Discounted gain of the first `cut`, against that of the best possible order; 0 to 1."""
    gained = sum(grades.get(item, 0) / log2(place + 2) for place, item in enumerate(ranking[:cut]))
    best = sum(grade / log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:cut]))
    return gained / best


def precision(ranking, grades, cut=5):
    """Share of the first `cut` places that hold a request that fits, wholly or in part."""
    return sum(grades.get(item, 0) > 0 for item in ranking[:cut]) / cut


def reciprocal_rank(ranking, grades):
    """1 over the place of the first request that fits; 0 where none is ranked."""
    return next((1 / (place + 1) for place, item in enumerate(ranking) if grades.get(item, 0) > 0), 0)


def recall(ranking, grades, cut=20):
    """Share of the fitting requests found among the first `cut`."""
    fitting = {item for item, grade in grades.items() if grade > 0}
    return len(fitting & set(ranking[:cut])) / len(fitting)


MEASURES = {"nDCG@10": ndcg, "P@5": precision, "MRR": reciprocal_rank, "recall@20": recall}


def measure(rankings, judgements):
    """{measure: mean over commitments} of {commitment: ranking}, with `commitments`: how many were measured."""
    measured = [item for item, grades in judgements.items() if any(grades.values())]
    found = {"commitments": len(measured)}
    for name, of in MEASURES.items():
        values = [of(rankings.get(item, []), judgements[item]) for item in measured]
        found[name] = round(sum(values) / len(values), 4) if values else None
    return found
