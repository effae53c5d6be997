"""The thirty main pages at 360 and 1280 pixels look as they were looked at.

Kept are small grey pictures: a change of style moves them, a changed number or day does not. After a change that is
meant, write them anew with UPDATE_SHOTS=1 and look at them; they are kept by the version of Chromium that CI has.
"""

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

SHOTS = Path(__file__).parent / "shots"
PAGES = [
    "front page",
    "list",
    "list as a map",
    "request",
    "met request",
    "nothing found",
    "sign in",
    "sign up",
    "guidance",
    "guidance page",
    "step guide",
    "case study",
    "priority",
    "who is responsible",
    "guidance health",
    "model",
    "outcomes",
    "every figure",
    "what came of the promises",
    "golden thread",
    "assurance",
    "search",
    "not found",
    "home of a requestor",
    "step kind",
    "step dates",
    "home of a supplier",
    "commitment",
    "list with an error",
    "a return",
]
HIGH = 900  # the first screen: what lies below moves with the demo's days
SMALL = (72, 72)
MOST = 14  # of 255: how far the grey of a picture may lie from the one kept, on average
SPOT, SPOTS = 60, 0.1  # no more than this share of the small picture may differ by more than SPOT


def small(png):
    return Image.open(io.BytesIO(png)).convert("L").resize(SMALL, Image.Resampling.BOX)


def far(one, other):
    """(average difference, share of spots that differ much) of two small pictures."""
    apart = ImageChops.difference(one, other)
    spots = sum(apart.histogram()[SPOT:]) / (SMALL[0] * SMALL[1])
    return ImageStat.Stat(apart).mean[0], spots


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_looked_at(name, paths, open_page):
    key, path = paths[name]
    page = open_page(path, key, 360)
    page.emulate_media(reduced_motion="reduce")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": HIGH})
        page.evaluate("document.fonts.ready")
        page.wait_for_load_state("networkidle")
        seen = small(page.screenshot())
        file = SHOTS / f"{re.sub('[^a-z]+', '_', name)}_{width}.png"
        if os.environ.get("UPDATE_SHOTS"):
            SHOTS.mkdir(exist_ok=True)
            seen.save(file, optimize=True)
        average, spots = far(seen, Image.open(file))
        assert average <= MOST and spots <= SPOTS, (width, round(average, 1), round(spots, 3))


def test_the_comparison_tells_a_page_without_its_styles():
    plain, moved = Image.new("L", SMALL, 255), Image.new("L", SMALL, 255)
    moved.paste(30, (0, 0, SMALL[0], 8))  # a head that is there in one of them alone
    assert far(plain, plain) == (0, 0)
    average, spots = far(plain, moved)
    assert average > MOST and spots > SPOTS
