"""Words and edges stand out from what they lie on, in both schemes, by the tokens (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

from screens.contrast import contrast

TOKENS = Path(__file__).resolve().parents[2] / "assets" / "_tokens.scss"
WORDS = [
    ("ink", "paper"), ("ink", "card"), ("ink", "mint"), ("ink", "gold-tint"), ("ink", "bell-tint"), ("soft", "paper"),
    ("soft", "card"), ("soft", "mint"), ("link", "paper"), ("link", "card"), ("link", "mint"), ("link", "gold-tint"),
    ("visited", "paper"), ("brick", "paper"), ("brick", "card"), ("bell", "card"), ("on-green", "green"),
    ("on-gold", "gold"), ("on-leaf", "leaf"), ("on-step-dark", "step-0"), ("on-step-dark", "step-1"),
    ("on-step-dark", "step-2"), ("on-step-light", "step-3"), ("on-step-light", "step-4"), ("card", "link"),
]  # fmt: skip
EDGES = [("edge", "card"), ("edge", "paper"), ("leaf", "card"), ("gold", "green"), ("done-3", "ground")]


def tokens():
    """{scheme: {name: "#rrggbb"}}; the dark one takes over what it does not say."""
    light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    found = {}
    for scheme, text in (("light", light), ("dark", dark.split("@media print")[0])):
        colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})\b", text))
        whole = {name: c if len(c) == 7 else "#" + "".join(2 * digit for digit in c[1:]) for name, c in colours.items()}
        found[scheme] = found.get("light", {}) | whole
    return found


def test_the_measure_itself():
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WORDS, 4.5), (EDGES, 3)])
def test_what_is_read_and_what_is_seen_stands_out(scheme, pairs, least):
    colours = tokens()[scheme]
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < least} == {}
