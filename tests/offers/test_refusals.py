"""What offers and asks refuse, by their words, and what is settled when an organisation ends or becomes another."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from offers import asking, offering, referring
from offers.models import Ask, Offer
from organisations import approvals, merging
from organisations.models import Organisation
from requests_app.models import Pledge, Request
from tests.conftest import make_organisation
from tests.offers.conftest import make_offer
from tests.offers.test_offering import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(offer, group, people):
    return asking.ask(offer, group, Decimal(8), "For our lunch club", by=people["alice"])


def close_quietly(organisation):
    """Closed in the very moment of another act, before anything that stands was settled."""
    Organisation.objects.filter(pk=organisation.pk).update(state="closed")


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (lambda ask: Offer.objects.update(state="closed"), "Your offer is not open"),
        (lambda ask: close_quietly(ask.organisation), "can’t take part any more"),
    ],
)
def test_nothing_is_given_from_what_ended_in_this_very_moment(happened, words, asked, people):
    happened(asked)
    asked = Ask.objects.get(pk=asked.pk)
    with pytest.raises(ValidationError, match=words):
        asking.grant(asked, "", by=people["sam"])
    asked.refresh_from_db()
    assert asked.waits and not Request.objects.filter(by_offer=True).exists() and not Pledge.objects.exists()


def test_each_answer_has_its_words(asked, draft, people):
    with pytest.raises(ValidationError, match="Give a reason: the group will read it"):
        asking.decline(asked, " \u200b", by=people["sam"])
    with pytest.raises(ValidationError, match="Say why: whoever asked will read it"):
        offering.close(asked.offer, "", by=people["sam"])
    offering.submit(draft, by=people["sam"])
    with pytest.raises(ValidationError, match="Say what to change"):
        offering.send_back(draft, " ", by=people["mo"])
    asked.refresh_from_db()
    draft.refresh_from_db()
    assert (asked.state, asked.offer.state, draft.state) == ("waiting", "open", "waiting")


def test_a_supplier_that_was_closed_publishes_nothing(draft, people):
    offering.submit(draft, by=people["sam"])
    close_quietly(draft.supplier)
    draft = Offer.objects.get(pk=draft.pk)
    with pytest.raises(ValidationError, match="can’t take part any more"):
        offering.publish(draft, by=people["mo"])
    with pytest.raises(ValidationError, match="not approved"):
        offering.keep(draft, by=people["sam"])
    draft.refresh_from_db()
    assert draft.state == "waiting" and draft.published_at is None


def test_what_waits_for_a_moderator_is_taken_back_when_its_supplier_closes(draft, people):
    offering.submit(draft, by=people["sam"])
    approvals.close(draft.supplier, "Gone", by=people["mo"])
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_two_that_asked_each_other_or_wait_for_one_offer_are_not_made_one(asked, group, people):
    with pytest.raises(ValidationError, match="they are two"):
        merging.merge(asked.offer.supplier, group, "One", by=people["mo"])
    other = make_organisation("Lunch Club Two", "vcse", people["charlie"])
    asking.ask(asked.offer, other, Decimal(1), "A hall", by=people["charlie"])
    with pytest.raises(ValidationError, match="Both wait for an answer to the same offer"):
        merging.merge(group, other, "One", by=people["mo"])
    assert Ask.objects.to_answer().count() == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"most_each": "0"}, "above 0, or leave it empty"),
        ({"postcode": ""}, "Enter the postcode"),
        ({"kind": "jobs", "unit": "places", "quantity": "2.5"}, "whole"),
    ],
)
def test_the_form_of_an_offer_refuses(said, words, supplier, people, client):
    client.force_login(people["sam"])
    page = client.post(reverse("offer_new_as", args=[supplier.pk]), typed(**said)).content.decode()
    assert words in page and "Error:" in page and not Offer.objects.exists()


def test_whoever_acts_for_several_says_for_which(offer, group, people, client):
    second = make_organisation("Second Group", "vcse", people["alice"])
    client.force_login(people["alice"])
    address = reverse("ask_new", args=[offer.pk])
    page = client.get(address).content.decode()
    assert "For which organisation?" in page and "20 chairs left" in page
    said = {"quantity": "3", "what_for": "A hall"}
    assert "Choose the organisation" in client.post(address, said).content.decode()
    said["organisation"] = second.pk
    assert "At most 20 chairs" in client.post(address, said | {"quantity": "21"}).content.decode()
    client.post(address, said)
    assert Ask.objects.get().organisation == second


def test_whoever_acts_for_two_businesses_says_for_which(supplier, people, client):
    client.force_login(people["charlie"])
    assert client.get(reverse("offer_new")).status_code == 403
    client.force_login(people["sam"])
    assert client.get(reverse("offer_new")).url == reverse("offer_new_as", args=[supplier.pk])
    make_organisation("Second Firm", "business", people["sam"])
    page = client.get(reverse("offer_new")).content.decode()
    assert "Second Firm" in page and supplier.name in page


def test_what_is_kept_as_a_draft_is_seen_by_nobody_else(supplier, people, client):
    client.force_login(people["sam"])
    said = typed(keep="")
    del said["submit"]
    page = client.post(reverse("offer_new_as", args=[supplier.pk]), said, follow=True).content.decode()
    assert "Nobody else sees it until you submit it" in page
    client.force_login(people["alice"])
    assert client.get(Offer.objects.get().get_absolute_url()).status_code == 404


def test_taking_back_what_was_answered_says_so(asked, people, client):
    asking.decline(asked, "Full", by=people["sam"])
    client.force_login(people["alice"])
    page = client.post(reverse("ask_take_back", args=[asked.pk]), follow=True).content.decode()
    asked.refresh_from_db()
    assert asked.state == "declined" and "Taken back" not in page


def test_no_business_puts_people_forward(supplier, people, client):
    with pytest.raises(ValidationError, match="that is no business"):
        referring.approve(supplier, "Asked nicely", by=people["pat"])
    assert not referring.may_refer(supplier)


def test_a_job_is_for_people_who_are_put_forward_and_a_desk_is_not(supplier, people):
    made = make_offer(supplier, people["sam"], people["mo"], kind="jobs", unit="places", unit_words="", for_people=True)
    assert made.for_people
    with pytest.raises(ValidationError):
        make_offer(supplier, people["sam"], for_people=True)
