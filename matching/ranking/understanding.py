"""What a text asks for or offers, in the needs of the vocabulary.

Two readings are mixed. The plain one finds the vocabulary's own phrases. The near one asks how close the text's
meaning lies to each need's phrases, so that words that no editor thought of still count. Imports numpy: not for web
processes.
"""

import os
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.conf import settings

from vocabulary import current
from vocabulary.models import Need

from . import meaning

GENERAL = "general-"  # codes of catch-alls, such as general-volunteering: they fade where something specific is said
# How the readings are mixed: found on the judged samples by `evaluate_matching`, see docs/decisions/0014.
NEAR_SHARE = 0.7
NEAR_WIDTH = 0.05
NEAR_CENTRE = 0.5
FAR_OFF, AT_HAND = 0.25, 0.4  # a text near to nothing, with no phrase of the vocabulary, asks for nothing we know
TITLE_SHARE = 0.3
GENERAL_FADE, SPECIFIC = 0.1, 0.8
COUNTS_SHARE = 0.4  # what counts as another thing, beside the thing itself
LIKE_SHARE = 0.3  # needs that lie near each other in meaning
KEPT_ABOVE = 0.02  # weaker readings are not kept
OWN_MEASURE = 0.6
PLAIN = 1.0  # a phrase that speaks of a need beyond doubt; weaker ones alone make no plain offer
OFFER_POWER = 2  # how far the plainest of several offers stands out
BATCH = 2000


@dataclass
class Understood:
    """Texts in numbers: `meaning` (n, d) of length 1, `needs` (n, N) from 0 to 1."""

    meaning: np.ndarray
    needs: np.ndarray


class Reader:
    """One vocabulary with one encoder."""

    def __init__(self, vocabulary, encoder):
        self.vocabulary, self.encoder = vocabulary, encoder
        self.made_by = f"{encoder.name}:{vocabulary.version}"
        self.none = np.array([kind == Need.NO_HELP for kind in vocabulary.kinds])
        self.general = np.array([code.startswith(GENERAL) for code in vocabulary.codes])
        terms = [
            (*term, n) for n, listed in enumerate(vocabulary.terms) for term in [*listed, (vocabulary.names[n], 1)]
        ]
        self.starts = np.searchsorted([n for _, _, n in terms], np.arange(len(vocabulary.codes)))
        strengths = np.array([strength for _, strength, _ in terms], np.float32)[:, None]
        vectors = self._encoded([words for words, _, _ in terms])
        self.term_vectors = vectors * np.sqrt(strengths)
        centres = np.add.reduceat(vectors * strengths, self.starts) / np.add.reduceat(strengths, self.starts)
        names = vectors[np.append(self.starts[1:], len(terms)) - 1]
        self.centres = meaning.unit_length(centres + names / 2)
        self.meets = self._meets()

    def _encoded(self, words):
        """Vectors of the vocabulary's phrases; the sentence model takes minutes over them: kept in a file."""
        if self.encoder.name == meaning.WordVectors.name:
            return self.encoder.encode(words)
        path = settings.VAR_DIR / "meaning" / f"{self.made_by.replace(':', '-')}.npy"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}.tmp")
            with unfinished.open("wb") as file:
                np.save(file, self.encoder.encode(words))
            unfinished.replace(path)
        return np.load(path)

    def _meets(self):
        """(N, N): how well what is offered under a row meets what is needed under a column."""
        like = self.centres @ self.centres.T
        like = np.clip((like - like.mean()) / (1 - like.mean()), 0, 1)
        found = LIKE_SHARE * like**2
        for offered, shares in self.vocabulary.shares.items():
            for needed, share in shares.items():
                found[offered, needed] = max(found[offered, needed], COUNTS_SHARE * share)
        np.fill_diagonal(found, 1)
        found[self.none] = 0
        found[:, self.none] = 0
        return found.astype(np.float32)

    def _plain(self, texts, titles=None):
        found = np.zeros((len(texts), len(self.vocabulary.codes)), np.float32)
        for listed in (texts, titles or []):  # what stands in the title counts again
            for row, text in enumerate(listed):
                for number, strength in self.vocabulary.read(text).items():
                    found[row, number] += strength
        if len(found) and self.general.any():
            specific = found[:, ~self.general].max(1) >= SPECIFIC
            found[:, self.general] *= np.where(specific, GENERAL_FADE, 1)[:, None]
        return found

    def _nearness(self, vectors):
        nearest = np.maximum.reduceat(vectors @ self.term_vectors.T, self.starts, axis=1)
        return NEAR_CENTRE * (vectors @ self.centres.T) + (1 - NEAR_CENTRE) * nearest

    def _near(self, nearness):
        raised = np.exp((nearness - nearness.max(1, keepdims=True)) / NEAR_WIDTH)
        return raised / raised.sum(1, keepdims=True)

    def requests(self, texts):
        """Understood of [(title, description, unit words)]: each row adds up to 1, or less where unclear."""
        whole = [f"{title}. {description}" for title, description, _ in texts]
        titles = [title for title, _, _ in texts]
        vectors = self.encoder.encode(
            [f"{title}. {text}" if self.encoder.name == meaning.WordVectors.name else text
             for title, text in zip(titles, whole, strict=True)]
        )  # fmt: skip
        plain = self._plain([f"{text} . {unit}" for text, (_, _, unit) in zip(whole, texts, strict=True)], titles) ** 2
        sums = plain.sum(1, keepdims=True)
        plain = plain / np.where(sums > 0, sums, 1)
        nearness = (1 - TITLE_SHARE) * self._nearness(vectors) + TITLE_SHARE * self._nearness(
            self.encoder.encode(titles)
        )
        near = self._near(nearness)
        sure = np.clip((nearness.max(1, keepdims=True) - FAR_OFF) / (AT_HAND - FAR_OFF), 0, 1)
        mixed = np.where(sums > 0, (1 - NEAR_SHARE) * plain + NEAR_SHARE * near, near * sure)
        return Understood(vectors, mixed * (np.abs(vectors).sum(1, keepdims=True) > 0))

    def commitments(self, texts):
        """Understood of [(wording, measure, unit words)]: in each row the plainest need stands at 1."""
        vectors = self.encoder.encode([wording for wording, _, _ in texts])
        plain = self._plain([" . ".join(parts) for parts in texts])
        spoken = self._plain([wording for wording, _, _ in texts])
        says_what = (spoken[:, ~self.general].max(1) > 0) & (spoken[:, self.general].max(1) < SPECIFIC)
        plain[:, self.general] *= np.where(says_what, GENERAL_FADE, 1)[:, None]  # "Expert hours" is only the measure
        plain = np.minimum(plain / np.maximum(plain.max(1, keepdims=True), PLAIN), 1) ** OFFER_POWER
        near = self._near(self._nearness(vectors))
        near[:, self.general] *= np.where(plain[:, ~self.general].max(1) > 0, GENERAL_FADE, 1)[:, None]
        near = near / near.max(1, keepdims=True)
        mixed = np.maximum(plain, NEAR_SHARE * near)
        return Understood(vectors, mixed * (np.abs(vectors).sum(1, keepdims=True) > 0))

    def answers(self, offers):
        """(n, N): how well each commitment's offers meet each need, from its row of offers; 0 to 1."""
        found = np.zeros_like(offers)
        for row, offered in enumerate(offers):
            spoken = np.flatnonzero(offered)
            if len(spoken):
                found[row] = (offered[spoken, None] * self.meets[spoken]).max(0)
        return found

    def offer_anything(self, offers):
        """Which commitments offer help of any kind before anything else, such as staff volunteering."""
        return self.general[offers.argmax(1)] & (offers.max(1, initial=0) > 0)

    def own_measures(self, offers):
        """Which commitments are the firm's own measures and no help to a group."""
        sums = offers.sum(1)
        return (sums > 0) & (offers[:, self.none].sum(1) > OWN_MEASURE * sums)


@lru_cache(maxsize=1)
def _reader(version, name):
    return Reader(current.vocabulary(), meaning.encoder(name))


def reader(name=""):
    """The Reader for the vocabulary in force; `name` chooses an encoder, else the best that is installed."""
    return _reader(current.version(), name or meaning.encoder().name)
