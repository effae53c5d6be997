"""The whole journey, sign-up to a verified hour, through the pages themselves, without JavaScript."""

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from organisations.models import Organisation, User
from organisations.shown import fingerprint
from requests_app.models import Delivery, Pledge, Request
from suppliers.models import CommitmentBalance
from tests.conftest import PASSWORD, make_commitment, markup

pytestmark = pytest.mark.django_db


def sign_up(client, email, name, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/signup/", {"email": email, "name": name, "password1": PASSWORD})
    code = re.search(r"Your code:\s+(\S+)", mail.outbox[-1].body).group(1)
    client.post("/accounts/confirm-email/", {"code": code})
    return User.objects.get(email=email)


def submit_whole(client, request):
    """What the page says to somebody who submits a request that lacks nothing."""
    fields = {"description": "d", "quantity": 1, "unit": "items", "remote": True, "needed_by": "2099-01-01"}
    Request.objects.filter(pk=request.pk).update(**fields)
    return client.post(f"/requests/{request.pk}/check/").content.decode()


def moderate(client, moderator, request, told, action, comment=""):
    """Open the request from the queue as the moderator does, and answer it there."""
    client.force_login(moderator)
    page = client.get("/admin/requests/moderate/").content.decode()
    address = re.search(rf"/admin/requests/{request.pk}/decide/", page).group()
    shown = client.get(address).content.decode()
    assert "Two coats" in shown
    assert "The hall, peeling" in shown
    assert "/pictures/" in shown
    seen = re.search(r'name="seen" value="(\d+)"', shown).group(1)
    with told(execute=True):
        answer = client.post(address, {"verb": action, "own": comment, "seen": seen})
    assert (answer.status_code, answer.url) == (302, "/admin/requests/moderate/")


def picture():
    data = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(data, "PNG")
    return SimpleUploadedFile("hall.png", data.getvalue(), "image/png")


def test_from_sign_up_to_a_verified_hour(client, people, supplier, django_capture_on_commit_callbacks):
    told = django_capture_on_commit_callbacks
    # 1 Sign up, add an organisation, wait for the council
    newcomer = sign_up(client, "nora@example.org", "Nora New", told)
    assert newcomer.emailaddress_set.get().verified
    details = {
        "name": "Friends of the Hall",
        "what_it_does": "Keeps the hall",
        "sponsor_name": "The parish",
        "sponsor_email": "clerk@example.org",
        "postcode": "gu1 1aa",
    }
    client.post("/organisations/new/informal/", details)
    hall = Organisation.objects.get(name="Friends of the Hall")
    assert (hall.state, hall.district.name) == ("waiting", "Guildford")
    assert "Waiting for the council" in client.get(hall.get_absolute_url()).content.decode()
    early = Request.objects.create(organisation=hall, kind="goods", title="Early", live=False)
    discard = f"/requests/{early.pk}/discard/"
    assert "Delete “Early”?" in client.get(discard).content.decode()
    client.post(discard)
    assert not Request.objects.filter(pk=early.pk).exists()
    client.force_login(people["mo"])
    with told(execute=True):
        client.post(
            f"/admin/organisations/{hall.pk}/decide/", {"reason": "Welcome", "approve": "", "seen": fingerprint(hall)}
        )
    assert "is approved" in mail.outbox[-1].subject

    # 2 Post, a step at a time
    client.force_login(newcomer)
    ask = {"kind": "volunteers", "title": "Paint our hall", "description": "Two coats"}
    path = client.post(f"/requests/new/{hall.pk}/", ask).url
    request = Request.objects.get(organisation=hall)
    by = timezone.localdate() + timedelta(days=40)
    for answers in (
        {
            "quantity": "24",
            "unit": "hours",
            "where": "place",
            "postcode": "GU1 1AA",
            "date_kind": "by",
            "needed_by_day": by.day,
            "needed_by_month": by.strftime("%B"),
            "needed_by_year": by.year,
        },
        {
            "outcome": "4",
            "beneficiaries": "Eleven groups",
            "hosting": "on",
            "hosts_at_once": "8",
            "dbs": "none",
            "hosting_cost": "60",
            "picture": picture(),
            "picture_shows": "The hall, peeling",
        },
    ):
        response = client.post(path, answers)
        assert response.status_code == 302, response.content.decode()
        path = response.url
    page = client.get(path).content.decode()
    assert "Paint our hall" in page
    assert "The hall, peeling" in page
    client.post(path)
    assert client.get(f"/requests/{request.pk}/submitted/").status_code == 200

    # 3 Moderate: return with a reason, change, approve
    moderate(client, people["mo"], request, told, "reject", comment="Is there parking?")
    client.force_login(newcomer)
    assert (mail.outbox[-1].to, "Is there parking?" in mail.outbox[-1].body) == (["nora@example.org"], True)
    assert "/admin/" not in mail.outbox[-1].body
    assert "Is there parking?" in client.get(f"/requests/{request.pk}/check/").content.decode()
    need = {"title": "Paint our hall", "description": "Two coats. Parking outside.", "beneficiaries": "All"}
    client.post(f"/requests/{request.pk}/edit/need/", need)
    client.post(f"/requests/{request.pk}/check/")
    client.logout()
    assert client.get(f"/requests/{request.pk}/").status_code == 404
    moderate(client, people["mo"], request, told, "approve")
    client.logout()
    assert "is public" in mail.outbox[-1].subject

    # 4 Find
    assert "Paint our hall" in client.get("/requests/?q=painting&postcode=GU2&miles=10").content.decode()
    assert "Parking outside" in client.get(f"/requests/{request.pk}/").content.decode()

    # 6 Pledge, accept
    promised = make_commitment(supplier, by=people["cara"])
    client.force_login(people["sam"])
    form = f"/requests/{request.pk}/pledge/{supplier.pk}/"
    assert "still needs 24 hours" in client.post(form, {"quantity": "30"}).content.decode()
    with told(execute=True):
        client.post(form, {"quantity": "16", "commitment": promised.pk, "message": "Eight of us"})
    pledge = Pledge.objects.get()
    assert "Eight of us" in mail.outbox[-1].body
    client.force_login(newcomer)
    client.post(f"/pledges/{pledge.pk}/accept/", {"answer": "Lovely"})

    # 7 Deliver, confirm by the link, verify
    client.force_login(people["sam"])
    today = timezone.localdate()
    with told(execute=True):
        client.post(
            f"/pledges/{pledge.pk}/deliver/",
            {
                "quantity": "16",
                "delivered_on_day": today.day,
                "delivered_on_month": today.month,
                "delivered_on_year": today.year,
                "evidence": SimpleUploadedFile("sheet.txt", b"Eight names"),
            },
        )
    client.logout()
    client.post(re.search(r"/confirm/\S+", mail.outbox[-1].body).group(), {"answer": "yes"})
    client.force_login(people["cara"])
    delivery = Delivery.objects.get()
    client.post(f"/admin/deliveries/{delivery.pk}/verify/", {"quantity": "16", "verify": ""})
    balance = CommitmentBalance.objects.get(commitment=promised)
    figures = (balance.reserved, balance.claimed, balance.confirmed, balance.verified, balance.left)
    assert figures == (0, 16, 16, 16, 84)

    # 8 The account opens to the entries, and home shows the state
    client.force_login(people["sam"])
    page = client.get(f"/commitments/{promised.pk}/").content.decode()
    assert page.count(f">Delivery {delivery.pk}<") == 3
    assert "Completed" in client.get("/account/").content.decode()
    client.logout()
    shown = markup(client.get(f"/requests/{request.pk}/"))
    assert re.search(r"Verified by the council</th><td[^>]*>16 hours", shown)
