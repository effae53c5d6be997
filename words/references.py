"""References as people and systems type them, brought to one form so that they can be compared."""

import re
import unicodedata

LONGEST = 120
HYPHENS = "\u00ad\u02d7\u2043\u2212"  # soft hyphen, modifier minus, hyphen bullet, minus: not dashes to Unicode
UNSEEN = re.compile(  # joiners, letters that are drawn as nothing, and what chooses between forms of a letter
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def plain_signs(text):
    """The text with full-width signs made narrow, every kind of hyphen made one, and nothing that can't be seen."""
    text = str(text if text is not None else "")
    if text.isascii() and text.isprintable():
        return text
    signs = []
    for char in unicodedata.normalize("NFKC", text.replace("\u00ad", "-")):
        category = unicodedata.category(char)
        if category == "Pd" or char in HYPHENS:
            signs.append("-")
        elif char.isspace() or not (category in ("Cf", "Cc", "Cs") or UNSEEN.match(char)):
            signs.append(char)
    return "".join(signs)


def reference_key(reference):
    """What makes two contract references the same, in every room: case, spaces, kinds of hyphen and invisible
    characters do not count.
    """
    return re.sub(r"\s+", "", plain_signs(reference)).casefold()[:LONGEST]


def same_words(text):
    """Words that are compared without case and odd spaces: a status, a name, a directorate."""
    return " ".join(str(text or "").split()).casefold()
