"""The site's styles hold the classes that pages use, and fit into the first flight of a connection."""

import re
import subprocess
from pathlib import Path

import brotli

ROOT = Path(__file__).parents[2]
CLASS = re.compile(r"govuk-[a-z!][\w!-]*")
FLIGHT = 14_600  # ten segments of 1,460 bytes: what a server sends before it waits for an answer


def named():
    """Every class of GOV.UK Frontend that a template or our code names; one that ends in a hyphen is put together."""
    listed = subprocess.run(["git", "ls-files", "*.html", "*.py"], cwd=ROOT, capture_output=True, text=True)
    paths = [ROOT / line for line in listed.stdout.splitlines() if not line.startswith("tests/")]
    paths = paths or list(ROOT.glob("templates/**/*.html"))
    return {
        name for path in paths if path.exists() for text in variants(path.read_text()) for name in CLASS.findall(text)
    }


def variants(text):
    """A template with what it puts together: one choice is drawn as a radio button or as a box to tick."""
    return [text.replace("govuk-{{ kind }}", f"govuk-{kind}") for kind in ("radios", "checkboxes")]


def test_the_list_of_used_classes_is_what_pages_name():
    listed = (ROOT / "assets" / "used.txt").read_text().split()
    assert listed == sorted(named())


def test_the_styles_need_one_round_trip():
    packed = brotli.compress((ROOT / "static" / "built" / "site.css").read_bytes())
    assert len(packed) <= FLIGHT


def test_what_the_list_names_stands_in_the_styles():
    styles = (ROOT / "static" / "built" / "site.css").read_text()
    for name in (
        "govuk-radios__hint",
        "govuk-button--secondary",
        "govuk-tag--red",
        "govuk-error-summary",
        "govuk-radios__input",
    ):
        assert f".{name}" in styles
    assert "govuk-\\!-static-padding" not in styles  # nobody uses it
