"""The pages of a delivery, as each side meets them: what was answered stays said, what changed is shown."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from organisations import memberships, uploads
from organisations.models import Membership
from records import signed
from requests_app import deliveries, links, pledges
from requests_app.models import Delivery, DeliveryEvent, Evidence, Request
from tests.conftest import make_commitment, make_request, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(group, supplier, people):
    wanted = Request.objects.for_page().get(pk=make_request(group, 20, title="Garden help").pk)
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    return pledge


@pytest.fixture
def delivery(pledge, people):
    return deliveries.claim(pledge, Decimal(7), timezone.localdate(), by=people["sam"], files=[file("sheet.txt")])


def file(name, words=b"Signed"):
    return uploads.check(SimpleUploadedFile(name, words)), name


def day(of=None):
    of = of or timezone.localdate()
    return {f"delivered_on_{part}": getattr(of, part) for part in ("day", "month", "year")}


def by_link(delivery, people):
    return reverse("delivery_by_link", args=[links.make(delivery, people["alice"])])


def test_a_no_is_recorded_and_only_changed_on_purpose(delivery, people, client):
    address = by_link(delivery, people)
    client.post(address, {"answer": "no", "reason": "Only two came", "seen": "7.00"})
    page = markup(client.get(address))
    assert "Recorded: you said that it is not right" in page and "Only two came" in page
    assert "Send your answer" not in page and "?again=1" in page
    client.post(address, {"answer": "no", "reason": "Only two came", "seen": "7.00"})
    client.post(address, {"answer": "yes", "reason": "", "seen": "7.00"})
    assert DeliveryEvent.objects.filter(delivery=delivery).count() == 2, "a second press does nothing"
    client.post(f"{address}?again=1", {"answer": "yes", "reason": "Only two came", "seen": "7.00"})
    newest = DeliveryEvent.objects.latest("pk")
    assert (newest.what, newest.reason) == ("confirmed", ""), "words of another answer are not kept with a yes"


def test_signed_in_it_is_the_same_and_what_is_settled_leads_to_the_delivery(delivery, people, client):
    client.force_login(people["alice"])
    address = reverse("delivery_confirm", args=[delivery.pk])
    client.post(address, {"answer": "no", "reason": "Only two came", "seen": "7.00"})
    assert "Recorded: you said" in markup(client.get(address))
    assert client.post(address, {"answer": "yes", "seen": "7.00"}).url == address
    client.post(f"{address}?again=1", {"answer": "yes", "seen": "7.00"})
    assert client.get(address).url == delivery.get_absolute_url()


def test_what_the_supplier_changed_is_shown_and_mailed_with_its_evidence(delivery, people, client, mailoutbox):
    deliveries.dispute(delivery, "Only two came", by=people["alice"])
    client.force_login(people["sam"])
    address = reverse("delivery_amend", args=[delivery.pk])
    page = markup(client.get(address))
    assert "More evidence (optional)" in page and "take the delivery back and record it anew" in page
    more = SimpleUploadedFile("more.txt", b"Signed too")
    client.post(address, {"quantity": "4", "reason": "Two for two hours", "evidence": more})
    client.logout()
    delivery.refresh_from_db()
    assert "from 7 hours to 4 hours, and write:" in mailoutbox[-1].body
    page = markup(client.get(by_link(delivery, people)))
    assert "Changed from 7 hours:" in page and "Two for two hours" in page
    assert "sheet.txt" in page and "more.txt" in page
    shown = Evidence.objects.get(upload__name="more.txt")
    token = links.make(delivery, people["alice"])
    answer = client.get(reverse("evidence_by_link", args=[token, shown.pk]))
    assert b"".join(answer.streaming_content) == b"Signed too"
    assert client.get(reverse("evidence_by_link", args=[token + "x", shown.pk])).status_code == 404
    other = deliveries.claim(delivery.pledge, Decimal(1), timezone.localdate(), by=people["sam"])
    strange = links.make(other, people["alice"])
    assert client.get(reverse("evidence_by_link", args=[strange, shown.pk])).status_code == 404


def test_a_link_is_short_follows_a_new_address_and_ends_with_the_membership(delivery, people, client):
    address = by_link(delivery, people)
    assert len(f"https://marketplace.surreycc.gov.uk{address}") < 120
    type(people["alice"]).objects.filter(pk=people["alice"].pk).update(email="new@example.org")
    assert client.get(address).status_code == 200
    alice = Membership.objects.get(user=people["alice"])
    Membership.objects.filter(user=people["bob"]).update(role=alice.role)
    memberships.remove(alice, by=people["alice"])
    assert client.get(address).status_code == 404


def test_evidence_is_added_until_the_council_verified(delivery, people, client):
    client.force_login(people["sam"])
    address = reverse("evidence_add", args=[delivery.pk])
    assert "Choose a file" in markup(client.post(address, {"sent": "1"}))
    client.post(address, {"evidence": SimpleUploadedFile("photo.txt", b"Words")})
    assert DeliveryEvent.objects.latest("pk").what == "evidence" and delivery.evidence.count() == 2
    assert "Evidence added" in markup(client.get(delivery.get_absolute_url()))
    deliveries.confirm(delivery, by=people["alice"])
    deliveries.add_evidence(delivery, [file("late.txt")], by=people["sam"])
    with pytest.raises(ValidationError, match="at most 20 files"):
        deliveries.add_evidence(delivery, [file(f"{n}.txt") for n in range(18)], by=people["sam"])
    deliveries.verify(delivery, by=people["cara"])
    with pytest.raises(ValidationError, match="settled"):
        deliveries.add_evidence(delivery, [file("later.txt")], by=people["sam"])
    assert "Add evidence" not in markup(client.get(delivery.get_absolute_url()))


def test_more_in_all_than_was_pledged_is_asked_about(delivery, pledge, people, client):
    client.force_login(people["sam"])
    address = reverse("delivery_new", args=[pledge.pk])
    assert "we delivered more than we pledged" not in markup(client.get(address))
    page = markup(client.post(address, {"quantity": "1", **day()} | {"delivered_on_day": ""}))
    assert "we delivered more than we pledged" not in page, "eight of eight is no more"
    page = markup(client.post(address, {"quantity": "6", **day()}))
    assert "That makes 13 hours in all, of 8 hours pledged." in page and Delivery.objects.count() == 1
    client.post(address, {"quantity": "6", "is_more": "on", **day()})
    assert Delivery.objects.count() == 2
    newest = Delivery.objects.latest("pk")
    client.force_login(people["alice"])
    said = "With it, 13 hours stand under its pledge of 8 hours."
    assert said in markup(client.get(reverse("delivery_confirm", args=[newest.pk])))
    for one in (delivery, newest):
        deliveries.confirm(one, by=people["alice"])
    client.force_login(people["cara"])
    said = "13 hours stand under this pledge in all, more than was pledged: 8 hours"
    assert said in markup(client.get(reverse("delivery_verify", args=[newest.pk])))
    assert said in markup(client.get(reverse("deliveries_verify")))


def test_everything_that_is_wrong_is_said_at_once(pledge, people, client):
    client.force_login(people["sam"])
    address = reverse("delivery_new", args=[pledge.pk])
    wrong = {"quantity": "0", **day(timezone.localdate() + timedelta(days=3))}
    bad = SimpleUploadedFile("run.exe", b"MZ program")
    page = markup(client.post(address, wrong | {"evidence": bad}))
    for words in ("Enter a quantity above 0.", "The date must be today or in the past.", "run.exe"):
        assert words in page, words


def test_a_count_that_waits_is_said_and_no_button_is_offered(group, supplier, people, client):
    commitment = make_commitment(supplier, 50, "days", by=people["cara"])
    wanted = Request.objects.for_page().get(pk=make_request(group, 20).pk)
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"], commitment=commitment, counts=Decimal("1.5"))
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    client.force_login(people["cara"])
    page = markup(client.get(reverse("delivery_verify", args=[delivery.pk])))
    assert "0.75 days, to be agreed" in page and "agree the count" in page and 'name="verify"' not in page
    client.force_login(people["sam"])
    assert "Waits until it is agreed" in markup(client.get(delivery.get_absolute_url()))


def test_a_pledge_that_waits_is_linked_where_another_is_refused(group, supplier, people, client):
    wanted = Request.objects.for_page().get(pk=make_request(group, 20).pk)
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"])
    client.force_login(people["sam"])
    for address in (reverse("pledge_new_as", args=[wanted.pk, supplier.pk]), wanted.get_absolute_url()):
        page = markup(client.get(address))
        assert pledge.get_absolute_url() in page, address
        assert reverse("pledge_withdraw", args=[pledge.pk]) in page, address


def test_an_answer_to_the_council_reaches_whoever_asked(delivery, people, mailoutbox):
    deliveries.confirm(delivery, by=people["alice"])
    deliveries.query(delivery, "Which garden?", by=people["pat"])
    deliveries.answer(delivery, "The one behind the hall", by=people["sam"])
    assert mailoutbox[-1].to == [people["pat"].email]
    assert "The one behind the hall" in mailoutbox[-1].body


def test_evidence_added_to_what_is_disputed_is_not_taken_for_the_groups_words(delivery, people, client):
    deliveries.dispute(delivery, "Only two came", by=people["alice"])
    deliveries.add_evidence(delivery, [file("more.txt")], by=people["sam"])
    page = markup(client.get(by_link(delivery, people)))
    assert '<div class="govuk-inset-text">Only two came</div>' in page.replace("<p>", "").replace("</p>", "")


def test_evidence_closes_with_the_link_once_it_was_answered(delivery, people, client):
    token = links.make(delivery, people["alice"])
    address = reverse("evidence_by_link", args=[token, delivery.evidence.get().pk])
    assert client.get(address).status_code == 200
    deliveries.confirm(delivery, by=people["alice"])
    assert client.get(address).status_code == 404


def test_a_link_of_another_shape_is_void_and_no_fault(delivery, client):
    for token in (signed.make({"delivery": delivery.pk}, links.SALT), signed.short("1", links.SALT), "x"):
        assert client.get(reverse("delivery_by_link", args=[token])).status_code == 404


def test_a_bad_quantity_is_said_beside_a_missing_day(pledge, people, client):
    client.force_login(people["sam"])
    page = markup(client.post(reverse("delivery_new", args=[pledge.pk]), {"quantity": "4000"}))
    assert "More than 5 times what you pledged" in page and "Enter the day of delivery" in page
