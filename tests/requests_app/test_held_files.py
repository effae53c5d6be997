"""A file that was chosen is kept while something else on its page is put right."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from organisations import uploads
from requests_app.models import Evidence, Thanks
from tests.conftest import make_request
from tests.requests_app.test_thanks import WORDS, answer, delivery, photo  # noqa: F401

pytestmark = pytest.mark.django_db


def tokens(response, name):
    return re.findall(rf'name="{name}-held" value="([^"]+)"', response.content.decode())


def test_a_photograph_is_kept_and_need_not_be_chosen_again(delivery, people, client):  # noqa: F811
    client.force_login(people["alice"])
    again = answer(client, delivery, answer="other", photo=photo())
    assert "“hall.jpg” is kept" in again.content.decode()
    token = tokens(again, "photo")[0]
    twice = answer(client, delivery, answer="other", **{"photo-held": token})
    assert tokens(twice, "photo") == [token]
    assert answer(client, delivery, may_be_shown="on", **{"photo-held": token}).status_code == 302
    assert Thanks.objects.get().photo.is_picture


def test_another_one_goes_instead(delivery, people, client):  # noqa: F811
    client.force_login(people["alice"])
    token = tokens(answer(client, delivery, answer="other", photo=photo()), "photo")[0]
    wrong = SimpleUploadedFile("hall.jpg", b"no picture at all", "image/jpeg")
    refused = answer(client, delivery, photo=wrong, **{"photo-held": token})
    assert refused.status_code == 200
    assert not tokens(refused, "photo")


@pytest.mark.parametrize("token", ["made-up", "", "eyJhdCI6Ii4uLy4uL2V0Yy9wYXNzd2QifQ:1:x"])
def test_what_is_made_up_is_no_file(token, delivery, people, client):  # noqa: F811
    client.force_login(people["alice"])
    answer(client, delivery, **{"photo-held": token})
    assert Thanks.objects.get().photo is None


def test_several_files_of_evidence_are_kept(delivery, people, client):  # noqa: F811
    client.force_login(people["sam"])
    address = reverse("delivery_new", args=[delivery.pledge_id])
    today = timezone.localdate()
    day = {f"delivered_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
    files = [SimpleUploadedFile(f"note{n}.txt", b"Seen and signed") for n in range(2)]
    again = client.post(address, {"quantity": "", "evidence": files, **day})
    found = tokens(again, "evidence")
    assert len(found) == 2
    made = client.post(address, {"quantity": "1", "is_more": "on", "evidence-held": found, **day})
    assert made.status_code == 302
    assert Evidence.objects.count() == 2


def test_a_picture_of_a_request_is_kept_until_it_is_described(group, people, client):
    draft = make_request(group)
    client.force_login(people["alice"])
    address = reverse("request_edit", args=[draft.pk, "pictures"])
    token = tokens(client.post(address, {"picture": photo()}), "picture")[0]
    client.post(address, {"picture-held": token, "picture_shows": "Our hall"})
    draft.refresh_from_db()
    assert [each.description for each in draft.get_latest_revision_as_object().pictures.all()] == ["Our hall"]


def test_what_nobody_came_back_for_is_swept(delivery, people, client):  # noqa: F811
    client.force_login(people["alice"])
    token = tokens(answer(client, delivery, answer="other", photo=photo()), "photo")[0]
    assert uploads.sweep(timezone.now() + timedelta(days=2)) >= 1
    answer(client, delivery, **{"photo-held": token})
    assert Thanks.objects.get().photo is None
