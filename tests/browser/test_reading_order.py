"""What a screen reader says of ten pages, name by name in order, as it was looked at.

Numbers and months are left out: the demo's days move with the calendar. After a change that is meant, write the trees
anew with UPDATE_TREES=1 and read what git shows.
"""

import os
import re
from pathlib import Path

import pytest

TREES = Path(__file__).parent / "trees"
MONTHS = "January February March April May June July August September October November December".split()
READ = {
    "sign in": "body", "sign up": "main", "new password": "main", "nothing found": "body", "step kind": "main",
    "step dates": "main", "guidance page": "main", "terms": "main", "not found": "body", "search, nothing": "main",
}  # fmt: skip


def tree_of(page, part):
    """The accessibility tree of a part of a page as lines, what moves with the calendar left out."""
    text = page.locator(part).first.aria_snapshot()
    text = re.sub(rf"\b({'|'.join(MONTHS)})\b", "MONTH", text)
    text = re.sub(r"\d[\d,]*", "#", text)
    return re.sub(r"/url: .*", "/url", text) + "\n"


@pytest.mark.parametrize("name", READ)
def test_a_screen_reader_is_told_the_same_in_the_same_order(name, paths, open_page):
    key, path = paths[name]
    said = tree_of(open_page(path, key), READ[name])
    file = TREES / f"{re.sub('[^a-z]+', '_', name)}.yaml"
    if os.environ.get("UPDATE_TREES"):
        TREES.mkdir(exist_ok=True)
        file.write_text(said)
    assert said == file.read_text()


@pytest.mark.parametrize("name", ["list", "request"])
def test_forced_colours_keep_what_is_said_and_pressed(name, paths, open_page):
    key, path = paths[name]
    page = open_page(path, key, 360)
    before = page.inner_text("main")
    page.emulate_media(forced_colors="active")
    assert page.inner_text("main") == before
    widths = page.evaluate(
        "[...document.querySelectorAll('.govuk-button, .app-card')].map(e => getComputedStyle(e).borderStyle)"
    )
    assert widths and all(style.split(" ")[0] != "none" for style in widths)
