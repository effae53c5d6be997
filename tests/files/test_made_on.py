"""The day that a file gives for itself: by kind, and nothing where it says none that can be."""

import io
import zipfile
from datetime import date, datetime

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from files.made_on import made_on

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
