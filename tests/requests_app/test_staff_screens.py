"""The staff screens: what moderators see, and that no form goes round the verbs."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from organisations import uploads
from organisations.models import Organisation
from organisations.shown import fingerprint
from requests_app import deliveries, moderation, pledges
from requests_app.models import Delivery, Pledge, Request, RequestPicture
from suppliers.models import Contract
from tests.conftest import make_request

pytestmark = pytest.mark.django_db


def keep_picture(organisation, user):
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "blue").save(out, "PNG")
    checked = uploads.check(SimpleUploadedFile("a.png", out.getvalue()), pictures_only=True)
    return uploads.keep(checked, "a.png", organisation, user)


@pytest.fixture
def changed(group, people):
    """A public request with a submitted change: a new title and a first picture."""
    request = make_request(group)
    request.save_revision(user=people["mo"]).publish()
    draft = Request.objects.get(pk=request.pk).get_latest_revision_as_object()
    draft.title = "Paint our hall and porch"
    draft.pictures.add(RequestPicture(upload=keep_picture(group, people["alice"]), description="The porch"))
    draft.save_revision(user=people["alice"], changed=True)
    moderation.submit(Request.objects.get(pk=request.pk), by=people["alice"])
    return Request.objects.get(pk=request.pk)


@pytest.mark.parametrize("page", ["edit", "history", "usage", "workflow_history", "unpublish"])
def test_each_page_of_a_request_opens_for_a_moderator(page, changed, people, client):
    client.force_login(people["mo"])
    path = reverse(Request.snippet_viewset.get_url_name(page), args=[changed.pk])
    assert "Paint our hall" in client.get(path).content.decode()


def test_a_moderator_compares_words_and_pictures(changed, people, client):
    client.force_login(people["mo"])
    assert "Paint our hall and porch" in client.get("/admin/requests/moderate/").content.decode()
    page = client.get(f"/admin/requests/{changed.pk}/decide/").content.decode()
    assert "<ins>" in page and "and porch" in page
    compare = next(part for part in page.split('"') if "/revisions/compare/" in part)
    shown = client.get(compare).content.decode()
    assert "none became The porch" in shown
    assert "and porch" in shown


def test_a_picture_waits_with_its_request(changed, people, client):
    upload = Request.objects.get(pk=changed.pk).get_latest_revision_as_object().pictures.get().upload_id
    path = f"/pictures/{upload}/"
    assert client.get(path).status_code == 404
    for who, status in (("alice", 200), ("mo", 200), ("charlie", 404), ("sam", 404), ("dee", 404)):
        client.force_login(people[who])
        assert client.get(path).status_code == status, who
    task = changed.current_workflow_task_state
    task.task.specific.on_action(task, people["mo"], "approve")
    client.logout()
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("who", ["cara", "mo", "dee"])
def test_deliveries_pledges_and_organisations_have_no_form_to_edit_or_delete(
    who, wanted, supplier, commitment, people, client
):
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"], commitment=commitment, message="Ours")
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"], note="Ours")
    client.force_login(people[who])
    for queue, thing in (("deliveries", delivery), ("counts", pledge), ("organisations", supplier)):
        for verb in ("edit", "delete"):
            client.post(f"/admin/{queue}/{verb}/{thing.pk}/", {"note": "Theirs", "message": "Theirs", "name": "Theirs"})
    assert Delivery.objects.get().note == "Ours"
    assert Pledge.objects.get().message == "Ours"
    assert Organisation.objects.get(pk=supplier.pk).name == "Builder Ltd"


def test_contracts_can_not_be_deleted_or_doubled(commitment, people, client):
    client.force_login(people["pat"])
    client.post(f"/admin/contract/delete/{commitment.contract_id}/")
    page = client.post("/admin/contract/new/", {"reference": "c-1 ", "title": "Again"}).content.decode()
    assert "Another contract has this reference" in page
    assert Contract.objects.count() == 1


def test_the_counts_to_agree_are_only_those(wanted, supplier, commitment, people, client):
    pledges.offer(wanted, supplier, Decimal(4), by=people["sam"], commitment=commitment)
    client.force_login(people["cara"])
    assert "Paint our hall" not in client.get("/admin/counts/").content.decode()


def test_private_drafts_are_not_listed_for_other_staff(group, people, client):
    make_request(group, live=False, title="Secret draft")
    for who in ("cara", "pat", "dee"):
        client.force_login(people[who])
        answer = client.get("/admin/snippets/requests_app/request/")
        assert "Secret draft" not in answer.content.decode()


def test_an_organisation_can_be_closed_with_a_reason(group, people, client):
    client.force_login(people["mo"])
    answer = {"reason": "Dissolved", "close": "", "seen": fingerprint(group)}
    client.post(f"/admin/organisations/{group.pk}/decide/", answer)
    group.refresh_from_db()
    assert (group.state, group.state_reason) == ("closed", "Dissolved")


def test_a_workbook_is_imported_on_the_screen_too(people, client):
    book = openpyxl.Workbook()
    for row in (["Ref", "Title"], ["X-1", "Roads"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    client.force_login(people["pat"])
    file = SimpleUploadedFile("register.xlsx", out.getvalue())
    path = client.post("/admin/imports/", {"kind": "contracts", "file": file}).url
    client.post(path, {"save": ""})
    assert Contract.objects.get().title == "Roads"


def test_those_who_may_not_enter_are_told_and_not_sent_in_circles(people, client):
    client.force_login(people["alice"])
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "for the council’s staff" in answer.content.decode()
