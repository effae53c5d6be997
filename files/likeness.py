"""What makes two files the same though their bytes differ: saved again, drawn anew, in another size.

A picture by what it looks like (a difference hash: brightness from left to right on a grid of 9 by 8); an Office file
by the parts that hold what it says; a PDF without the day and the number that each saving gives it; text by its words.
Two pictures are alike where few of the 64 bits differ (`nearly`); all else is the same or is not.
"""

import hashlib
import io
import re
import zipfile

from PIL import Image

from . import parts

PDF_MARKS = re.compile(rb"/(CreationDate|ModDate|Producer|Creator)\s*\([^)]*\)|/ID\s*\[[^\]]*\]|<xmp:[^<]*</xmp:\w+>|"
                       rb"xmp(MM)?:\w+=\"[^\"]*\"|startxref\s+\d+")  # fmt: skip
SAYS = re.compile(r"(word|xl|ppt)/(?!theme|styles|settings|fontTable|webSettings|calcChain).*\.(xml|png|jpe?g)$")
REVISIONS = re.compile(rb"\bw?:?rsid\w*=\"[^\"]*\"")
NEAR_BITS = 5
MOST_PART, MOST_BYTES = 20_000_000, 200_000_000  # bytes of a part, and of all of them, that are compared
PICTURE = "p"


def of(data, kind):
    """A short text that is the same for files that say the same."""
    if kind.startswith("image/"):
        return PICTURE + _picture(data)
    if data[:4] == b"PK\x03\x04":
        return _digest(*_office(data))
    if kind == "application/pdf":
        return _digest(PDF_MARKS.sub(b"", data))
    return _digest(b" ".join(data.split()))


def _digest(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:40]


def _picture(data):
    with Image.open(io.BytesIO(data)) as picture:
        grid = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    rows = grid.tobytes()
    bits = [rows[y * 9 + x] > rows[y * 9 + x + 1] for y in range(8) for x in range(8)]
    return f"{int(''.join('01'[bit] for bit in bits), 2):016x}"


def _office(data):
    """The parts that hold what an Office file says, in the order of their names, MOST_BYTES of them at most."""
    left = MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if SAYS.match(name) and left > 0:
                found = parts.beginning(archive, name, min(MOST_PART, left))
                left -= len(found)
                yield REVISIONS.sub(b"", found)


def nearly(one, other):
    """Whether two likenesses are of files that say the same."""
    if one.startswith(PICTURE) and other.startswith(PICTURE):
        return (int(one[1:], 16) ^ int(other[1:], 16)).bit_count() <= NEAR_BITS
    return bool(one) and one == other
