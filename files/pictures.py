"""Pictures drawn anew as JPEG: small, and without place, camera or hidden content.

What drawing costs is known from the first bytes: a picture that would cost too much is refused before it is decoded.
Each is decoded in a process of its own, and one at a time, so that several people at once do not fill the memory.
"""

import io
import subprocess
import sys
import threading
from pathlib import Path

from django.core.exceptions import ValidationError
from PIL import Image

from .drawing import LONGEST_SIDE

MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 20_000_000, "WEBP": 12_000_000}  # MPO: JPEGs in one file
PROGRESSIVE_PIXELS = 20_000_000  # such a JPEG is held in memory whole before it can be made smaller
WAIT_SECONDS = 20
WIDTHS, QUALITY = (320, 640, 1280), {"avif": 55, "webp": 74}  # pixels; of 100, alike to the eye
SIZED_WAIT_SECONDS = 2  # for a reader, who is given the whole picture instead
DRAWING = Path(__file__).with_name("drawing.py")

one_at_a_time = threading.Lock()


def redraw(data, name):
    """JPEG bytes of at most 1,600 pixels a side; ValidationError says what to do about a bad picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:  # reads the first bytes only
            refuse_costly(picture, name)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise broken(name) from error
    if not one_at_a_time.acquire(timeout=WAIT_SECONDS):
        raise ValidationError("Many pictures are being read just now. Try again in a minute.", code="busy")
    try:
        drawn = drawn_elsewhere(data)
    finally:
        one_at_a_time.release()
    if not drawn:
        raise broken(name)
    return drawn


def sized(data, width, kind):
    """One of our own JPEGs as "avif" or "webp", at most `width` pixels wide; None where others are drawn just now."""
    if not one_at_a_time.acquire(timeout=SIZED_WAIT_SECONDS):
        return None
    try:
        picture = Image.open(io.BytesIO(data))
        picture.draft("RGB", (width, width))
        picture.thumbnail((width, LONGEST_SIDE), reducing_gap=2.0)
        out = io.BytesIO()
        picture.convert("RGB").save(out, kind.upper(), quality=QUALITY[kind])
    finally:
        one_at_a_time.release()
    return out.getvalue()


def refuse_costly(picture, name):
    most = MOST_PIXELS.get(picture.format)
    if most is None:
        raise broken(name)
    if picture.format in ("JPEG", "MPO") and picture.info.get("progressive"):
        most = PROGRESSIVE_PIXELS
    if picture.width * picture.height > most:
        raise ValidationError(f"“{name}” has too many pixels. Make it smaller and try again.", code="size")


def drawn_elsewhere(data):
    """What drawing.py makes of it; nothing where it fails or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - a program of our own
            [sys.executable, "-I", DRAWING], input=data, capture_output=True, timeout=WAIT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return b""
    return b"" if done.returncode else done.stdout


def broken(name):
    return ValidationError(f"“{name}” could not be opened. Choose another picture.", code="broken")
