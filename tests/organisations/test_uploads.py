"""Files: told by their content, limited, redrawn, and never run by a browser."""

import io
import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from organisations import uploads


def file(data, name="file.pdf"):
    return SimpleUploadedFile(name, data)


def picture(kind="PNG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def test_a_file_too_large_is_refused(settings):
    settings.UPLOAD_LIMIT_BYTES = 10
    with pytest.raises(ValidationError, match="larger than"):
        uploads.check(file(b"%PDF-1.7 and more\n%%EOF"))


def test_a_picture_loses_what_its_camera_wrote():
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    data, _, _ = uploads.check(file(picture("JPEG", exif=exif), "a.jpg"))
    assert b"Secret camera" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


def test_a_large_picture_is_made_smaller():
    data, _, _ = uploads.check(file(picture(size=(4000, 1000)), "a.png"))
    assert Image.open(io.BytesIO(data)).size == (1600, 400)


@pytest.mark.django_db
def test_evidence_is_downloaded_sandboxed_and_a_picture_is_shown(group, people):
    for data, name, disposition in ((b"%PDF-1.7\n%%EOF", "a.pdf", "attachment"), (picture(), "a.png", "inline")):
        kept = uploads.keep(uploads.check(file(data, name)), name, group, people["alice"])
        answer = uploads.respond(kept)
        assert answer["Content-Disposition"].startswith(disposition)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert name not in kept.file.name
        assert answer["Cache-Control"] == "private, no-store"


def storage():
    from files.storage import private_storage

    return private_storage()


@pytest.mark.django_db
def test_what_a_transaction_left_behind_is_swept_and_all_else_stays(group, people):
    from importing import runs

    kept = uploads.keep(uploads.check(file(b"words", "a.txt")), "a.txt", group, people["alice"])
    run = runs.keep("contracts", file(b"Ref,Title", "register.csv"), by=people["pat"])
    lost = uploads.keep(uploads.check(file(b"more words", "b.txt")), "b.txt", group, people["alice"])
    type(lost).objects.filter(pk=lost.pk).delete()
    uploads.sweep()
    assert storage().exists(lost.file.name)  # its transaction may still be open
    assert uploads.sweep(timezone.now() + timedelta(days=2)) >= 1
    assert storage().exists(kept.file.name) and storage().exists(run.file.name)
    assert not storage().exists(lost.file.name)


@pytest.mark.django_db
def test_a_full_disk_leaves_no_stump_and_says_so(group, people, monkeypatch):
    before = {name for _, _, names in os.walk(storage().path("")) for name in names}

    class FullDisk:
        def __init__(self, file):
            self.file = file

        def write(self, data):
            self.file.write(data[: len(data) // 2])
            raise OSError(28, "No space left on device")

        def close(self):
            self.file.close()

    real = os.fdopen
    monkeypatch.setattr(os, "fdopen", lambda *args, **options: FullDisk(real(*args, **options)))
    with pytest.raises(ValidationError, match="could not be kept"):
        uploads.keep((b"x" * 1000, "text/plain"), "a.txt", group, people["alice"])
    monkeypatch.undo()
    assert {name for _, _, names in os.walk(storage().path("")) for name in names} == before
