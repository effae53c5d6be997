"""The process that draws one picture: reads its bytes from stdin, writes a JPEG to stdout, and ends.

Nothing of the site is loaded here. What decoding takes goes back to the machine when the process ends, and what a
hostile file breaks ends with it.
"""

import io
import sys

from PIL import Image, ImageOps

LONGEST_SIDE = 1600
MOST_MEMORY = 800 * 2**20  # of addresses, of which a picture within the bounds of pictures.py fills less than half


def draw(data):
    """JPEG bytes; made smaller before anything else: a JPEG while it is decoded, others at once after."""
    picture = Image.open(io.BytesIO(data))
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


def bound_memory():
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    bound_memory()
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read()))
