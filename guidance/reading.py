"""How old a reader must be: the Automated Readability Index, which needs no syllables and no dictionary."""

import re
from html import unescape

SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)|\n+")
WORD = re.compile(r"[A-Za-z0-9’'-]+")
BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|div)>|<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
FEWEST_WORDS = 30


def text_of_html(html):
    """The words of HTML, one line a paragraph, list item or heading."""
    return unescape(TAG.sub(" ", BLOCK_END.sub("\n", str(html))))


def age(text):
    """Reading age in years, or None where there are fewer than 30 words to judge by.

    ARI grade = 4.71 characters/word + 0.5 words/sentence - 21.43 (Smith and Senter, 1967); the first grade of a
    United States school is reached at 6, so the age is the grade and five years more.
    """
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, sum(1 for part in SENTENCE_END.split(text) if WORD.search(part or "")))
    characters = sum(len(word) for word in words)
    grade = 4.71 * characters / len(words) + 0.5 * len(words) / sentences - 21.43
    return max(5, round(grade + 5))
