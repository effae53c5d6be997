"""Text of one line: names, titles, subjects, file names. What can't be seen in it is taken out."""

import re
import textwrap
import unicodedata

DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
HIDDEN = re.compile(f"[{DIRECTION_MARKS}{INVISIBLE}]")
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that are drawn as nothing
WIDTH = 72  # columns of an e-mail, so that a quoted answer still fits 80
BREAKS = re.compile(r"[\s\u0085\u2028\u2029]+")


def without_controls(text):
    """The text without control characters and lone surrogates; line breaks and tabs become spaces."""
    kept = (" " if char.isspace() else char for char in str(text))
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cs"))


def one_line(text, most=None):
    """The text on one line: no control characters, no direction marks, single spaces; cut at `most` characters.

    A cut text ends in an ellipsis. Text without anything to see becomes "".
    """
    line = BREAKS.sub(" ", without_controls(HIDDEN.sub("", str(text)))).strip()
    return line[: most - 1].rstrip() + "…" if most and len(line) > most else line


def said(text):
    """What somebody typed, without the space about it; "" where nothing of it can be seen.

    Direction marks, zero-width characters and the blanks that Unicode counts as letters say nothing.
    """
    typed = str(text or "").replace("\0", "").strip()
    seen = any(unicodedata.category(char)[0] in "LNPS" and char not in BLANKS for char in typed)
    return typed if seen else ""


def many_lines(text):
    """Text of several lines without control characters and direction marks; every kind of line end becomes one."""
    lines = HIDDEN.sub("", str(text)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(without_controls(line) for line in lines)


def wrapped(text):
    """Lines of at most WIDTH columns, no two empty ones together; a web address is never broken."""
    lines = []
    for line in many_lines(text).split("\n"):
        line = line.rstrip()
        if line:
            lines += textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).strip()
