"""Taking in files and handing them out: types by content, sizes limited, nothing that can run in a browser."""

import io
import zipfile

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse
from PIL import Image, ImageOps

from .models import Upload

PICTURE_TYPES = {"image/jpeg", "image/png", "image/webp"}
OFFICE_PARTS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WORDS_FOR_TYPES = "a PDF, a picture (JPEG, PNG or WebP), a Word or Excel file, or plain text"
LONGEST_SIDE = 1600
MOST_PIXELS = 50_000_000


def content_type_of(data, name, words=WORDS_FOR_TYPES):
    """The content type that the bytes themselves show; ValidationError for anything not on the list."""
    kind = filetype.guess(data)
    mime = kind.mime if kind else ""
    if mime in PICTURE_TYPES or mime == "application/pdf":
        return mime
    if data[:4] == b"PK\x03\x04":
        try:
            parts = zipfile.ZipFile(io.BytesIO(data)).namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):  # damaged, or names that are no text
            parts = []
        if not any("vbaProject" in part for part in parts):
            for start, office_type in OFFICE_PARTS.items():
                if any(part.startswith(start) for part in parts):
                    return office_type
    elif not mime and name.lower().endswith((".txt", ".csv")) and b"\0" not in data:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return "text/plain"
    raise ValidationError(f"“{name}” can’t be used. Choose {words}.", code="type")


WORDS_FOR_PICTURES = "a picture: JPEG, PNG or WebP"


def check(uploaded, pictures_only=False):
    """The bytes and content type of a submitted file; ValidationError says what to do about a bad one."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if uploaded.size == 0:
        raise ValidationError(f"“{uploaded.name}” is empty. Choose another file.", code="empty")
    if uploaded.size > limit:
        raise ValidationError(
            f"“{uploaded.name}” is larger than {limit // 1024 // 1024} MB. Choose a smaller file.",
            code="size",
        )
    data = uploaded.read()
    words = WORDS_FOR_PICTURES if pictures_only else WORDS_FOR_TYPES
    content_type = content_type_of(data, uploaded.name, words)
    if pictures_only and content_type not in PICTURE_TYPES:
        raise ValidationError(f"“{uploaded.name}” must be a picture: JPEG, PNG or WebP.", code="type")
    if content_type in PICTURE_TYPES:
        data, content_type = redraw(data, uploaded.name), "image/jpeg"
    return data, content_type


def redraw(data, name):
    """The picture drawn anew as a JPEG of at most 1,600 pixels: no place, camera or hidden content stays in it."""
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(f"“{name}” has too many pixels. Choose a smaller picture.", code="size")
        picture = ImageOps.exif_transpose(picture).convert("RGB")
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=82, optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(f"“{name}” could not be opened. Choose another picture.", code="broken") from error
    return out.getvalue()


def keep(checked, name, organisation, by):
    """Store what `check` returned; returns the Upload."""
    data, content_type = checked
    return Upload.objects.create(
        organisation=organisation,
        file=ContentFile(data, name="file"),
        name=name[-200:],
        content_type=content_type,
        size=len(data),
        uploaded_by=by,
    )


def respond(upload):
    """The file as a response that no browser will run: pictures shown, all else downloaded."""
    response = FileResponse(
        upload.file.open("rb"),
        as_attachment=not upload.is_picture,
        filename=upload.name,
        content_type=upload.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=600"
    return response
