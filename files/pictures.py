"""Pictures drawn anew as JPEG: small, and without place, camera or hidden content.

What drawing costs is known from the first bytes: a picture that would cost too much is refused before it is decoded,
and one is decoded at a time in each process, so that several people at once do not fill its memory.
"""

import io
import threading

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

LONGEST_SIDE = 1600
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
PROGRESSIVE_PIXELS = 20_000_000  # such a JPEG is held in memory whole before it can be made smaller
WAIT_SECONDS = 20

one_at_a_time = threading.Lock()


def redraw(data, name):
    """JPEG bytes of at most LONGEST_SIDE pixels a side; ValidationError says what to do about a bad picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:  # reads the first bytes only
            refuse_costly(picture, name)
            if not one_at_a_time.acquire(timeout=WAIT_SECONDS):
                raise ValidationError("Many pictures are being read just now. Try again in a minute.", code="busy")
            try:
                return _draw(picture)
            finally:
                one_at_a_time.release()
    except ValidationError:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise ValidationError(f"“{name}” could not be opened. Choose another picture.", code="broken") from error


def refuse_costly(picture, name):
    most = MOST_PIXELS.get(picture.format, 0)
    if picture.format == "JPEG" and picture.info.get("progressive"):
        most = PROGRESSIVE_PIXELS
    if picture.width * picture.height > most:
        raise ValidationError(f"“{name}” has too many pixels. Make it smaller and try again.", code="size")


def _draw(picture):
    """Made smaller before anything else is done to it: a JPEG while it is decoded, others at once after."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode in ("P", "1", "I", "F", "I;16"):
        small = picture.convert("RGBA") if "transparency" in picture.info else picture.convert("RGB")
    else:
        small = picture
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    small = ImageOps.exif_transpose(small)
    if small.mode in ("RGBA", "LA", "PA"):
        small = small.convert("RGBA")
        ground = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(ground, small)
    out = io.BytesIO()
    small.convert("RGB").save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
