"""Pictures in three widths and two kinds: as private as the whole one, drawn once, swept with it."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from files import pictures
from files.storage import private_storage
from organisations import uploads
from organisations.models import Upload
from requests_app.models import Request, RequestPicture
from tests.conftest import make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def photograph(group, people):
    """A picture of 1,500 by 900 pixels on a public request."""
    out = io.BytesIO()
    Image.effect_noise((1500, 900), 60).convert("RGB").save(out, "JPEG", quality=90)
    checked = uploads.check(SimpleUploadedFile("hall.jpg", out.getvalue()), pictures_only=True)
    upload = uploads.keep(checked, "hall.jpg", group, people["alice"])
    request = make_request(group)
    RequestPicture.objects.create(request=request, upload=upload, description="Our hall")
    return upload


def drawn(answer):
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("width", pictures.WIDTHS)
@pytest.mark.parametrize("kind", ["avif", "webp"])
def test_each_size_is_as_wide_as_asked_and_smaller_than_the_whole(kind, width, photograph, client):
    for _ in range(2):
        answer = client.get(f"/pictures/{photograph.pk}/{width}.{kind}")
        assert (answer.status_code, answer["Content-Type"]) == (200, f"image/{kind}")
        assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
        picture = drawn(answer)
        assert picture.format.lower() == kind and picture.width == width
    kept = uploads.sized_name(photograph, width, kind)
    assert private_storage().size(kept) < photograph.size


@pytest.mark.parametrize("path", ["321.avif", "99999.webp", "0.avif", "320.gif", "320.avif/", "-1.webp"])
def test_no_other_size_is_drawn(path, photograph, client):
    assert client.get(f"/pictures/{photograph.pk}/{path}").status_code == 404


def test_a_picture_that_is_not_public_has_no_public_size(photograph, people, client):
    path = f"/pictures/{photograph.pk}/320.webp"
    assert client.get(path).status_code == 200  # drawn, and kept
    Request.objects.update(live=False)
    assert client.get(path).status_code == 404
    client.force_login(people["alice"])
    answer = client.get(path)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_while_another_is_drawn_the_whole_one_is_given(photograph, client, monkeypatch):
    monkeypatch.setattr(pictures, "SIZED_WAIT_SECONDS", 0.01)
    with pictures.one_at_a_time:
        answer = client.get(f"/pictures/{photograph.pk}/320.avif")
    assert answer["Content-Type"] == "image/jpeg" and drawn(answer).width == 1500


def test_sizes_are_swept_with_their_picture_and_not_before(photograph, client):
    client.get(f"/pictures/{photograph.pk}/320.webp")
    kept, later = uploads.sized_name(photograph, 320, "webp"), timezone.now() + timedelta(days=2)
    uploads.sweep(later)
    assert private_storage().exists(kept)
    RequestPicture.objects.all().delete()
    Upload.objects.filter(pk=photograph.pk).delete()
    uploads.sweep(later)
    assert not private_storage().exists(kept)


def test_the_page_offers_them_with_room_kept(photograph, client):
    page = client.get(Request.objects.get().get_absolute_url()).content.decode()
    for part in ('type="image/avif"', 'type="image/webp"', "/320.avif 320w", "/1280.webp 1280w", 'width="640"'):
        assert part in page, part


def test_a_card_shows_the_first_photograph_and_goes_without_one(photograph, client):
    page = client.get("/requests/").content.decode()
    drawn = page[page.index('<picture class="app-card__photo">') : page.index("</picture>")]
    assert f'srcset="/pictures/{photograph.pk}/320.avif 320w, /pictures/{photograph.pk}/640.avif 640w"' in drawn
    assert f'<img src="/pictures/{photograph.pk}/640.webp" alt=""' in drawn and 'loading="lazy"' in drawn
    RequestPicture.objects.all().delete()
    assert "app-card__photo" not in client.get("/requests/").content.decode()
