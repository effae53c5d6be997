"""References as people and systems type them, brought to one form so that they can be compared."""

import re
import unicodedata

LONGEST = 120
HYPHENS = "\u00ad\u02d7\u2043\u2212"  # soft hyphen, modifier minus, hyphen bullet, minus: not dashes to Unicode
UNSEEN = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # joiners and letters that are drawn as nothing


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
        elif char.isspace() or not (category in ("Cf", "Cc", "Cs") or char in UNSEEN or "\ufe00" <= char <= "\ufe0f"):
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
