"""An e-mail's text as HTML: the same words in the same order, with links that say where they lead.

It is made from the text alone, so that nothing can stand in one and not in the other. A web address on a line of its
own becomes a link of the words before it ("Read it and pledge:"), the first of a message a button. Nothing is loaded
from anywhere: no picture tells that somebody read it.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string

ADDRESS = re.compile(r"https?://\S+")
PLAIN_LOOK = {"brand": "#1d4d4b", "on_brand": "#ffffff"}
_looks = []


@dataclass
class Block:
    """A paragraph's lines, a list's points, or a link; `kind` is "lines", "points" or "link"."""

    kind: str
    lines: list = field(default_factory=list)
    address: str = ""
    first: bool = False


def register_look(read):
    """Let a room above say the council's colours: `read()` returns {"brand", "on_brand"}, or {}."""
    _looks[:] = [read]


def look():
    said = _looks[0]() if _looks else {}
    return PLAIN_LOOK | {name: colour for name, colour in said.items() if colour}


def is_ours(line):
    """Whether a line is an address of this site: what people typed becomes no link to elsewhere."""
    return bool(ADDRESS.fullmatch(line)) and f"{line}/".startswith(f"{settings.SITE_URL}/")


def blocks(text):
    """[Block] of a message's text."""
    found = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        _add(found, [line.strip() for line in paragraph.split("\n") if line.strip()])
    first = next((block for block in found if block.kind == "link"), None)
    if first:
        first.first = True
    return found


def _add(found, lines):
    """Put the lines of one paragraph into blocks, each line's kind beside its like."""
    kept = []
    for line in lines:
        if is_ours(line):
            words = kept.pop()[:-1] if kept and kept[-1].endswith(":") else "Open the page"
            _close(found, kept)
            kept = []
            found.append(Block("link", [words], line))
        else:
            kept.append(line)
    _close(found, kept)


def _close(found, lines):
    """Add what was gathered: points of a list, and lines that are none."""
    for kind, group in groupby(lines, lambda line: "points" if line.startswith("- ") else "lines"):
        found.append(Block(kind, [line.removeprefix("- ") for line in group]))


def as_html(subject, text):
    """The HTML of a message; its farewell, the last paragraph, stands at the foot."""
    said, _, farewell = text.rstrip().rpartition("\n\n")
    foot = farewell.split("\n")
    context = {"subject": subject, "blocks": blocks(said), "foot": foot[0], "address": foot[-1], **look()}
    return render_to_string("mail/dressed.html", context)
