"""Reading a text: which needs of the vocabulary it speaks of, and how plainly.

Words are compared by their stems. The longest phrase wins: "mental health first aid" does not speak of first aid.
Pure Python, so that a web process may read a sentence; the worker reads many.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer

LONGEST_TEXT = 6000  # characters; what stands further down tells no more of what is needed
WORD = re.compile(r"[^\W_]+", re.UNICODE)
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word):
    """A word's stem; words of three letters are their own: the stemmer would make "a" of "aed"."""
    return word if len(word) <= 3 else _stemmer.stemWord(word)


def stems(text):
    """The stems of a text's words in their order, lower case; "wi-fi" is two."""
    cleaned = str(text or "")[:LONGEST_TEXT].lower().replace("’", "'").replace("'s", "")
    return [stem(word) for word in WORD.findall(cleaned)]


STRENGTH = re.compile(r"^(.*?)(?:\s*:\s*([0-9.]+))?$")


def read_terms(text):
    """[(words, strength)] of a need's terms: a line each; ValueError for a strength beyond 0 to 1."""
    found = []
    for line in re.split(r"[\n|]", text or ""):
        words, strength = STRENGTH.match(line.strip()).groups()
        if not words:
            continue
        value = float(strength) if strength else 1.0
        if not 0 < value <= 1:
            raise ValueError(f"“{line.strip()}”: a strength lies between 0 and 1, like 0.4.")
        found.append((words, value))
    return found


@dataclass
class Vocabulary:
    """Needs in a fixed order, their phrases by first stem, and what counts as what: {offered: {needed: share}}."""

    codes: list
    kinds: list
    terms: list  # [(words, strength)] of each need
    phrases: dict = field(default_factory=dict)
    shares: dict = field(default_factory=dict)
    names: list = field(default_factory=list)
    version: str = ""

    @classmethod
    def of(cls, needs, links):
        """From [(code, kind, terms text)] and [(offered code, needed code, share)]."""
        read = [read_terms(terms) for _, _, terms in needs]
        vocabulary = cls([code for code, _, _ in needs], [kind for _, kind, _ in needs], read)
        meaning = {}
        for number, terms in enumerate(read):
            for words, strength in terms:
                phrase = tuple(stems(words))
                if phrase:
                    known = meaning.setdefault(phrase, {})
                    known[number] = max(strength, known.get(number, 0))
        for phrase, numbers in meaning.items():
            vocabulary.phrases.setdefault(phrase[0], []).append((phrase, list(numbers.items())))
        for listed in vocabulary.phrases.values():
            listed.sort(key=lambda entry: -len(entry[0]))
        place = {code: number for number, code in enumerate(vocabulary.codes)}
        for offered, needed, share in links:
            vocabulary.shares.setdefault(place[offered], {})[place[needed]] = float(share)
        return vocabulary

    def read(self, text):
        """{number of a need: how plainly the text speaks of it}, each phrase counted once."""
        words = stems(text)
        found, seen, position = {}, set(), 0
        while position < len(words):
            step = 1
            for phrase, meanings in self.phrases.get(words[position], ()):
                if tuple(words[position : position + len(phrase)]) == phrase:
                    if phrase not in seen:
                        seen.add(phrase)
                        plain = 1 + 0.5 * (len(phrase) - 1)  # a longer phrase is surer
                        for number, strength in meanings:
                            found[number] = found.get(number, 0) + strength * plain / len(meanings) ** 0.5
                    step = len(phrase)
                    break
            position += step
        return found
