"""The day that a file gives for itself: by kind, and nothing where it says none that can be."""

import io
import tracemalloc
import warnings
import zipfile
import zlib
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from openpyxl import Workbook
from PIL import Image

from files import kinds, likeness
from files.made_on import made_on
from organisations import uploads

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def photograph(taken=None, saved=None):
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if saved:
        exif[0x0132] = saved
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    ("words", "day"),
    [({"taken": "2026:03:04 05:06:07"}, date(2026, 3, 4)), ({"saved": "2026:03:05 05:06:07"}, date(2026, 3, 5)),
     ({"taken": "2026:03:04 05:06:07", "saved": "2026:09:09 00:00:00"}, date(2026, 3, 4)),
     ({"taken": "0000:00:00 00:00:00"}, None), ({"taken": "1980:01:01 00:00:00"}, None), ({"taken": "soon"}, None),
     ({}, None)],
)  # fmt: skip
def test_a_photograph_says_when_it_was_taken(words, day):
    assert made_on(photograph(**words), "image/jpeg") == day


def test_office_files_say_when_they_were_last_saved():
    document, book = Document(), Workbook()
    document.core_properties.modified = book.properties.modified = datetime(2026, 2, 3, 12)
    book.properties.created = datetime(2020, 1, 1)
    for made in (document, book):
        out = io.BytesIO()
        made.save(out)
        expected = date(2026, 2, 3) if made is document else date.today()
        assert made_on(out.getvalue(), WORD) == expected
    bare = io.BytesIO()
    with zipfile.ZipFile(bare, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert made_on(bare.getvalue(), WORD) is None


def test_a_pdf_says_when_it_was_saved_else_made():
    both = b"%PDF-1.7 /CreationDate (D:20260102030405Z) /ModDate(D:20260304050607+01'00')"
    assert made_on(both, "application/pdf") == date(2026, 3, 4)
    assert made_on(both.replace(b"ModDate", b"Moddate"), "application/pdf") == date(2026, 1, 2)
    assert made_on(b"%PDF-1.7 /ModDate (D:20261340)", "application/pdf") is None
    assert made_on(b"%PDF-1.7", "application/pdf") is None


def test_plain_text_says_nothing():
    assert made_on(b"Made on 3 May 2026", "text/plain") is None


def packed(method, size, said=None):
    """A .docx whose core.xml unpacks to `size` zeros; `said` is the size that its directory gives instead."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("docProps/core.xml", b"0" * size)
    data = bytearray(out.getvalue())
    if said is not None:
        place = data.rindex(b"docProps/core.xml") - 22
        data[place : place + 4] = said.to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_unpacks_to_much_more_than_it_says_is_not_unpacked(method):
    data = packed(method, 60_000_000, said=50)
    tracemalloc.start()
    assert uploads.day_made(data, WORD) is None
    likeness.of(data, WORD)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def bombs():
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00"
    locked = bytearray(packed(zipfile.ZIP_DEFLATED, 100))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = locked.rindex(mark)
        locked[start + place] |= 1
    damaged = bytearray(packed(zipfile.ZIP_DEFLATED, 3000))
    start = damaged.rindex(b"docProps/core.xml", 0, damaged.index(b"PK\x01\x02")) + 17
    damaged[start : start + 4] = b"\xff\xff\xff\xff"
    yield header + zlib.crc32(header[12:]).to_bytes(4, "big"), "image/png"
    yield bytes(locked), WORD
    yield bytes(damaged), WORD
    yield b"PK\x03\x04" + bytes(40), WORD
    yield b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\xff\xff", "image/jpeg"


@pytest.mark.parametrize(("data", "kind"), list(bombs()))
def test_a_file_that_is_odd_says_nothing(data, kind):
    assert uploads.day_made(data, kind) is None


def test_a_picture_is_not_decoded_for_its_day(monkeypatch):
    out = io.BytesIO()
    Image.new("L", (90, 90)).save(out, "PNG")
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda picture: pytest.fail("it was decoded"))
    assert uploads.day_made(out.getvalue(), "image/png") is None
    assert uploads.day_made(photograph("2026:03:04 05:06:07"), "image/jpeg") == date(2026, 3, 4)


def test_parts_of_the_same_name_make_no_document():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for words in ("<w/>", "<w></w>"):
            archive.writestr("word/document.xml", words)
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(ValidationError):
        kinds.kind_of(out.getvalue(), "a.docx", kinds.EVIDENCE, "a document")


def test_a_damaged_part_is_like_no_other_file():
    for data, kind in bombs():
        if kind == WORD:
            assert uploads.likeness_of(data, kind) == "" or len(uploads.likeness_of(data, kind)) == 40
