"""The day on which a file says that it was made: a photograph when it was taken, a document when it was last saved.

Whoever hands a file in may have changed that, so it proves nothing; where it says nothing, nothing is known.
"""

import io
import re
import zipfile
from datetime import date

from PIL import Image

from . import parts

TAKEN, SAVED, DETAILS = 0x9003, 0x0132, 0x8769  # of EXIF: DateTimeOriginal, DateTime, and where the first stands
PDF_DAY = re.compile(rb"/(ModDate|CreationDate)\s*\(D:(\d{4})(\d{2})(\d{2})")
OFFICE_DAY = re.compile(rb"<dcterms:modified[^>]*>(\d{4})-(\d{2})-(\d{2})")
PICTURE_DAY = re.compile(r"(\d{4}):(\d{2}):(\d{2})")
CORE, MOST_CORE = "docProps/core.xml", 100_000


def made_on(data, kind):
    """The date of bytes of a kind, or None."""
    if kind.startswith("image/"):
        return _of_picture(data)
    if data[:4] == b"PK\x03\x04":
        return _of_office(data)
    if kind == "application/pdf":
        days = {name: _day(*parts) for name, *parts in PDF_DAY.findall(data)}
        return days.get(b"ModDate") or days.get(b"CreationDate")
    return None


def _of_picture(data):
    found = Image.Exif()
    with Image.open(io.BytesIO(data)) as picture:
        found.load(picture.info.get("exif", b""))  # of the first bytes: nothing is decoded
    words = found.get_ifd(DETAILS).get(TAKEN) or found.get(SAVED)
    match = PICTURE_DAY.match(words) if isinstance(words, str) else None
    return _day(*match.groups()) if match else None


def _of_office(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        match = OFFICE_DAY.search(parts.beginning(archive, CORE, MOST_CORE))
    return _day(*match.groups()) if match else None


def _day(year, month, day):
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= 2000 else None  # a camera whose clock was never set
