"""Pictures: drawn anew, small, and refused before they are decoded when they would cost too much."""

import io
import struct
import threading
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from files import pictures


def picture(kind="PNG", size=(40, 30), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(out, kind, **options)
    return out.getvalue()


def claims(width, height):
    """A PNG whose first bytes say that it is this large, and whose picture is not there: decoding it would fail."""
    data = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + data + struct.pack(">I", zlib.crc32(data)) + b"\0\0\0\0IDAT"


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "L"), ("PNG", "1"), ("JPEG", "RGB"), ("WEBP", "RGB")]
)
def test_each_kind_becomes_a_small_jpeg(kind, mode):
    drawn = Image.open(io.BytesIO(pictures.redraw(picture(kind, (4000, 1000), mode), "a")))
    assert (drawn.format, drawn.size) == ("JPEG", (1600, 400))


def test_what_is_transparent_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    drawn = Image.open(io.BytesIO(pictures.redraw(out.getvalue(), "a.png")))
    assert min(drawn.getpixel((5, 5))) > 250


def test_a_picture_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = Image.open(io.BytesIO(pictures.redraw(picture("JPEG", (400, 100), exif=exif), "a.jpg")))
    assert drawn.size == (100, 400)
    assert not drawn.getexif()


@pytest.mark.parametrize(("width", "height"), [(7000, 7000), (100_000, 300), (2**30, 2**30)])
def test_a_costly_picture_is_refused_by_its_first_bytes(width, height, monkeypatch):
    monkeypatch.setattr(pictures, "drawn_elsewhere", lambda data: pytest.fail("it was decoded"))
    with pytest.raises(ValidationError, match=r"too many pixels|could not be opened"):
        pictures.redraw(claims(width, height), "bomb.png")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n not a picture", b"", claims(10, 10)])
def test_a_damaged_picture_is_refused_with_a_sentence(data):
    with pytest.raises(ValidationError, match="could not be opened"):
        pictures.redraw(data, "a.png")


def test_one_picture_is_decoded_at_a_time(monkeypatch):
    working, most, lock = [0], [0], threading.Lock()
    draw = pictures.drawn_elsewhere

    def counted(data):
        with lock:
            working[0] += 1
            most[0] = max(most[0], working[0])
        try:
            return draw(data)
        finally:
            with lock:
                working[0] -= 1

    monkeypatch.setattr(pictures, "drawn_elsewhere", counted)
    data = picture(size=(2000, 2000))
    threads = [threading.Thread(target=pictures.redraw, args=(data, "a.png")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


@pytest.mark.parametrize(
    ("kind", "mode", "size", "options"),
    [
        ("PNG", "RGBA", (5000, 4000), {}),
        ("JPEG", "CMYK", (7000, 7000), {}),
        ("JPEG", "RGB", (5000, 4000), {"progressive": True}),
        ("WEBP", "RGBA", (4000, 3000), {}),
    ],
)
def test_the_largest_that_are_let_in_fit_into_the_memory_of_the_drawing_process(kind, mode, size, options):
    assert Image.open(io.BytesIO(pictures.redraw(picture(kind, size, mode, **options), "a"))).width == 1600


def test_a_drawing_that_takes_too_long_is_ended_and_refused(monkeypatch):
    monkeypatch.setattr(pictures, "WAIT_SECONDS", 0.001)
    with pytest.raises(ValidationError, match="could not be opened"):
        pictures.redraw(picture(), "a.png")


def test_a_telephone_picture_with_a_second_one_in_it_is_a_picture():
    out = io.BytesIO()
    first, second = (Image.new("RGB", (400, 300), colour) for colour in ("red", "blue"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert Image.open(io.BytesIO(pictures.redraw(out.getvalue(), "a.jpg"))).size == (400, 300)


def test_a_kind_that_nobody_asked_for_is_not_called_too_large():
    with pytest.raises(ValidationError, match="could not be opened"):
        pictures.redraw(picture("GIF"), "a.jpg")
