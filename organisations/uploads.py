"""Taking in files and handing them out: kinds by content, sizes limited, nothing that can run anywhere."""

import os
from datetime import date, timedelta
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import FileField
from django.http import FileResponse
from django.utils import timezone
from PIL.Image import DecompressionBombError

from files import kinds, likeness, made_on, names, pictures
from files.storage import private_storage

from . import limits
from .models import Upload

WORDS_FOR_KINDS = "a PDF, a picture (JPEG, PNG or WebP), a Word or Excel file without macros, or plain text"
WORDS_FOR_PICTURES = "a picture: JPEG, PNG or WebP"
SWEPT_AFTER = timedelta(days=1)
SIZED = "sized"  # the folder of pictures drawn smaller


class Checked(NamedTuple):
    """The bytes and content type of a file that may be kept, and the day on which it says that it was made."""

    data: bytes
    kind: str
    made_on: date | None = None


def check(uploaded, pictures_only=False):
    """The Checked of a submitted file; ValidationError says what to do about a bad one."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if uploaded.size == 0:
        raise ValidationError(f"“{uploaded.name}” is empty. Choose another file.", code="empty")
    if uploaded.size > limit:
        raise ValidationError(
            f"“{uploaded.name}” is larger than {limit // 1024 // 1024} MB. Choose a smaller file.",
            code="size",
        )
    data = uploaded.read()
    if pictures_only:
        kind = kinds.kind_of(data, uploaded.name, kinds.PICTURES, WORDS_FOR_PICTURES)
    else:
        kind = kinds.kind_of(data, uploaded.name, kinds.EVIDENCE, WORDS_FOR_KINDS)
    kept = Checked(data, kind)
    if kind in kinds.PICTURES:
        kept = Checked(pictures.redraw(data, uploaded.name), "image/jpeg")
    return kept._replace(made_on=day_made(data, kind))


def likeness_of(data, kind):
    """As files.likeness.of; "" of a file whose parts can't be read: it is like no other."""
    try:
        return likeness.of(data, kind)
    except kinds.UNREADABLE:
        return ""


def day_made(data, kind):
    """The day on which a file says that it was made; None where it says nothing that can be read, or a day to come."""
    try:
        day = made_on.made_on(data, kind)
    except (*kinds.UNREADABLE, DecompressionBombError):
        return None
    return day if day and day <= timezone.localdate() else None


def keep(checked, name, organisation, by):
    """Store what `check` returned; returns the Upload. ValidationError where it can't be kept, or after too many."""
    limits.spend("upload", by)
    data, kind, day = Checked(*checked)
    try:
        return Upload.objects.create(
            organisation=organisation,
            file=ContentFile(data, name="file"),
            name=names.safe_name(name, kind),
            content_type=kind,
            size=len(data),
            likeness=likeness_of(data, kind),
            made_on=day,
            uploaded_by=by,
        )
    except OSError as error:
        words = "Your file could not be kept just now. Try again in a few minutes."
        raise ValidationError(words, code="not_kept") from error


def respond(upload, public=False):
    """The file as a response that no browser will run: pictures shown, all else downloaded; `public` ones are kept."""
    response = FileResponse(
        upload.file.open("rb"),
        as_attachment=not upload.is_picture,
        filename=upload.name,
        content_type=upload.content_type,
    )
    return sealed(response, public)


def sealed(response, public):
    """A file's answer that no browser runs; `public` ones are kept by browsers for ten minutes."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=600" if public else "private, no-store"
    return response


def respond_sized(upload, width, kind, public=False):
    """A picture as "avif" or "webp", so wide at most, drawn once and kept; whole where it can't be drawn just now."""
    storage, name = private_storage(), sized_name(upload, width, kind)
    if not storage.exists(name):
        with upload.file.open("rb") as file:
            data = pictures.sized(file.read(), width, kind)
        if data is None:
            return respond(upload, public)
        name = storage.save(name, ContentFile(data))  # under another name where two drew it at once
    response = FileResponse(storage.open(name, "rb"), content_type=f"image/{kind}")
    return sealed(response, public)


def sized_name(upload, width, kind):
    """After the file, never after a number: numbers of rows that are gone come again."""
    return f"{SIZED}/{upload.file.name}-{width}.{kind}"


def sweep(now=None):
    """Delete kept files that no row names: their transaction was taken back. Returns how many."""
    storage, before, swept = private_storage(), (now or timezone.now()) - SWEPT_AFTER, 0
    root, columns = storage.path(""), private_columns()
    for folder, _, files in os.walk(root):
        for file in files:
            name = os.path.relpath(os.path.join(folder, file), root).replace(os.sep, "/")
            if name.startswith(f"{SIZED}/"):
                swept += _sweep_sized(storage, name)
                continue
            is_ours = len(name.split("/")) == 2  # as random_name makes them
            if not is_ours or storage.get_modified_time(name) >= before:
                continue
            if not any(model._base_manager.filter(**{column: name}).exists() for model, column in columns):
                storage.delete(name)
                swept += 1
    return swept


def _sweep_sized(storage, name):
    """Delete a drawn size whose picture is gone; 1 or 0."""
    whole = name.removeprefix(f"{SIZED}/").rsplit("-", 1)[0]
    if Upload.objects.filter(file=whole).exists():
        return 0
    storage.delete(name)
    return 1


def private_columns():
    """[(model, column)] of every table, of whatever room, that names files of the private store."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField) and field.storage == private_storage()
    ]
