"""Files: told by their content, limited, redrawn, and never run by a browser."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from organisations import uploads


def file(data, name="file.pdf"):
    return SimpleUploadedFile(name, data)


def picture(kind="PNG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def office(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "a.pdf", "application/pdf"),
        (picture(), "a.jpg", "image/jpeg"),
        (picture("WEBP"), "a.webp", "image/jpeg"),
        ("Jürgen was here".encode(), "a.txt", "text/plain"),
        (office("word/document.xml"), "a.docx", uploads.OFFICE_PARTS["word/"]),
        (office("xl/workbook.xml"), "a.xlsx", uploads.OFFICE_PARTS["xl/"]),
    ],
)
def test_listed_types_are_taken(data, name, kind):
    assert uploads.check(file(data, name))[1] == kind


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "a.pdf"),
        (b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
        (b"MZ\x90\x00 program", "a.txt"),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docx"),
        (office("anything"), "a.docx"),
        (b"\x89PNG\r\n\x1a\n not a picture", "a.png"),
        (b"", "a.pdf"),
        (b"plain text", "a.exe"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(data, name):
    with pytest.raises(ValidationError, match="Choose"):
        uploads.check(file(data, name))


def test_a_file_too_large_is_refused(settings):
    settings.UPLOAD_LIMIT_BYTES = 10
    with pytest.raises(ValidationError, match="larger than"):
        uploads.check(file(b"%PDF-1.7 and more"))


def test_a_picture_loses_what_its_camera_wrote():
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    data, _ = uploads.check(file(picture("JPEG", exif=exif), "a.jpg"))
    assert b"Secret camera" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


def test_a_large_picture_is_made_smaller():
    data, _ = uploads.check(file(picture(size=(4000, 1000)), "a.png"))
    assert Image.open(io.BytesIO(data)).size == (1600, 400)


@pytest.mark.django_db
def test_evidence_is_downloaded_sandboxed_and_a_picture_is_shown(group, people):
    for data, name, disposition in ((b"%PDF-1.7", "a.pdf", "attachment"), (picture(), "a.png", "inline")):
        kept = uploads.keep(uploads.check(file(data, name)), name, group, people["alice"])
        answer = uploads.respond(kept)
        assert answer["Content-Disposition"].startswith(disposition)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert name not in kept.file.name
