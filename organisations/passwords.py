"""Passwords that a guesser tries first: repeats, runs along the alphabet or the keyboard, and the site's own words."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError

ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp")
STAND_FOR = str.maketrans("013457@$!|", "oieastasii")
COMMON = """
    password passwort passcode passphrase welcome letmein login admin administrator user guest root test testing secret
    private changeme default master access open hello iloveyou love lovely monkey dragon football liverpool arsenal
    chelsea everton cricket rugby england britain london spring summer autumn winter january february march april may
    june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm abc abcd abcdef xyz princess sunshine superman batman starwars
    pokemon charlie george computer internet website online account office work home family christmas birthday
    whatever freedom trustno one two three four five six seven eight nine ten the my your our and for demo example
    council county borough district parish marketplace market place community charity voluntary volunteer volunteers
    group supplier suppliers social value pledge pledges request requests contract contracts help support team staff
    surrey guildford woking elmbridge epsom ewell mole valley reigate banstead runnymede spelthorne heath tandridge
    waverley kingston east west north south uk gov
"""
LEAST_KINDS = 5  # different characters
MOST_IN_RUNS = 0.6  # of the steps from one character to the next


def site_words():
    """Words of this site and council, with the common ones: a password of nothing else is guessed first."""
    own = re.findall(r"[a-z]+", f"{settings.SITE_NAME} {settings.COUNCIL_NAME} {settings.SITE_URL}".lower())
    return {word for word in [*COMMON.split(), *own] if len(word) > 1}


def is_made_of(text, words):
    """Whether `text` is words of `words` one after the other and nothing else."""
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {start + len(word) for word in words if text.startswith(word, start)}
    return bool(text) and len(text) in reached


class PatternValidator:
    """Refuses repeats ("abcabcabc"), few different characters, and runs along the alphabet or the keyboard."""

    def validate(self, password, user=None):
        text = password.lower()
        repeats = any(
            len(text) > size and text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1)
        )
        if repeats or len(set(text)) < LEAST_KINDS or self.runs(text) > MOST_IN_RUNS:
            raise ValidationError(
                "This password is a repeat or a run, which is guessed first. Three words that have nothing to do with "
                "each other are better.",
                code="password_pattern",
            )

    @staticmethod
    def runs(text):
        """The share of steps from one character to the next that go on along a row, or stay."""
        pairs = {row[i : i + 2] for row in ROWS for i in range(len(row) - 1)}
        pairs |= {pair[::-1] for pair in pairs}
        steps = [text[i : i + 2] for i in range(len(text) - 1)]
        return sum(step in pairs or step[0] == step[1] for step in steps) / max(len(steps), 1)

    def get_help_text(self):
        return "No repeats or runs, such as abcabcabcabc or 123456789012."


class OwnWordsValidator:
    """Refuses passwords made of the site's, the council's and the commonest words, with digits about them."""

    def validate(self, password, user=None):
        words = site_words()
        inner = re.sub(r"^[^a-z@$!]+|[^a-z@$!]+$", "", password.lower())  # without the digits about it
        for text in (inner, inner.translate(STAND_FOR), inner.rstrip("@$!").translate(STAND_FOR)):
            letters = re.sub(r"[^a-z]", "", text)
            if len(letters) <= 3 or is_made_of(letters, words):
                raise ValidationError(
                    "This password is made of words that a guesser tries first. Three words that have nothing to do "
                    "with each other or with this site are better.",
                    code="password_own_words",
                )

    def get_help_text(self):
        return "Not only words of this site, names of months, or the commonest words."
