"""An offer: written, read by a moderator, public, changed, closed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from offers import asking, offering
from offers.models import Offer
from tests.conftest import make_commitment, make_organisation
from tests.offers.conftest import make_offer

pytestmark = pytest.mark.django_db
STATES = ["draft", "waiting", "returned", "open", "closed"]


def typed(**said):
    day = timezone.localdate() + timedelta(days=30)
    return {
        "kind": "goods", "title": "Ten desks", "description": "Oak", "quantity": "10", "unit": "items",
        "where": "place", "postcode": "GU1 1AA", "until_day": day.day, "until_month": day.month, "until_year": day.year,
        "for_whom": "all", "submit": "", **said,
    }  # fmt: skip


def test_an_offer_travels_to_the_public(supplier, people, client):
    client.force_login(people["sam"])
    assert client.get(reverse("offer_new")).url == reverse("offer_new_as", args=[supplier.pk])
    answer = client.post(reverse("offer_new_as", args=[supplier.pk]), typed())
    made = Offer.objects.get()
    assert answer.url == made.get_absolute_url() and made.state == "waiting" and made.district is not None
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "Ten desks" not in client.get(reverse("offers")).content.decode()
    client.force_login(people["mo"])
    address = reverse("offer_decide", args=[made.pk])
    seen = client.get(address).context["form"].initial["seen"]
    client.post(address, {"publish": "", "seen": seen, "stop": ""})
    client.logout()
    page = client.get(reverse("offers")).content.decode()
    assert "Ten desks" in page and "10 of 10 items left" in page
    assert client.get(made.get_absolute_url()).status_code == 200
    assert [m.to for m in mail.outbox if "is public" in m.subject] == [[person.email] for person in supplier.people]


def test_a_moderator_returns_it_with_a_reason(draft, people, client):
    offering.submit(draft, by=people["sam"])
    client.force_login(people["mo"])
    address = reverse("offer_decide", args=[draft.pk])
    seen = client.get(address).context["form"].initial["seen"]
    assert "Say what to change" in client.post(address, {"send_back": "", "seen": seen, "reason": " "}).content.decode()
    client.post(address, {"send_back": "", "seen": seen, "reason": "Say how heavy they are"})
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == ("returned", "Say how heavy they are")
    client.force_login(people["sam"])
    assert "Say how heavy they are" in client.get(draft.get_absolute_url()).content.decode()
    assert "the council has returned it" in client.get(reverse("dashboard")).content.decode()


def test_what_was_changed_while_it_was_read_is_not_published(draft, people, client):
    offering.submit(draft, by=people["sam"])
    client.force_login(people["mo"])
    address = reverse("offer_decide", args=[draft.pk])
    seen = client.get(address).context["form"].initial["seen"]
    offering.take_back(draft, by=people["sam"])
    draft.title = "Something else"
    offering.keep(draft, by=people["sam"])
    draft.refresh_from_db()
    offering.submit(draft, by=people["sam"])
    assert "changed while you read it" in client.post(address, {"publish": "", "seen": seen}).content.decode()
    draft.refresh_from_db()
    assert draft.state == "waiting"


def test_a_moderator_of_the_supplier_itself_decides_nothing(people, client):
    firm = make_organisation("Mo’s Firm", "business", people["mo"])
    offer = make_offer(firm, people["mo"])
    offering.submit(offer, by=people["mo"])
    client.force_login(people["mo"])
    assert client.get(reverse("offer_decide", args=[offer.pk])).status_code in (302, 403)


@pytest.mark.parametrize(
    "said, field",
    [
        ({"description": "Ring 01483 222333"}, "description"),
        ({"title": "See www.example.org/chairs"}, "title"),
        ({"unit": "hours"}, "unit"),
        ({"quantity": Decimal("2.5")}, "quantity"),
        ({"most_each": Decimal(21)}, "most_each"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "until"),
        ({"until": timezone.localdate() + timedelta(days=400)}, "until"),
        ({"since": timezone.localdate() + timedelta(days=61)}, "since"),
        ({"for_people": True}, "for_people"),
    ],
)
def test_what_can_not_be_offered_is_refused_by_the_verb(said, field, supplier, people):
    with pytest.raises(ValidationError) as refused:
        make_offer(supplier, people["sam"], **said)
    assert field in refused.value.error_dict


def test_the_form_says_the_same(supplier, people, client):
    client.force_login(people["sam"])
    address = reverse("offer_new_as", args=[supplier.pk])
    for said, words in (
        ({"description": "Ring 01483 222333"}, "Take this out"),
        ({"unit": "hours"}, "is counted in"),
        ({"postcode": "ZZ1 1ZZ"}, "postcode"),
        ({"quantity": "0"}, "above 0"),
        ({"title": ""}, "Give your offer a title"),
    ):
        answer = client.post(address, typed(**said)).content.decode()
        assert words in answer and "Error:" in answer, said
    assert not Offer.objects.exists()


def test_a_commitment_is_ones_own_and_in_the_same_unit(supplier, people):
    hours = make_commitment(supplier, by=people["cara"])
    with pytest.raises(ValidationError, match="offer hours"):
        make_offer(supplier, people["sam"], commitment=hours)
    other = make_organisation("Other Firm", "business", people["charlie"])
    foreign = make_commitment(other, by=people["cara"], reference="C-2")
    with pytest.raises(ValidationError, match="one of your own"):
        make_offer(supplier, people["sam"], kind="volunteers", unit="hours", unit_words="", commitment=foreign)


def test_an_open_offer_that_is_changed_leaves_the_list_until_it_is_read_again(offer, group, people, client):
    asked = asking.ask(offer, group, Decimal(2), "For the hall", by=people["alice"])
    offer.title = "Twenty-five chairs"
    offer.quantity = Decimal(25)
    offering.keep(offer, by=people["sam"])
    assert client.get(offer.get_absolute_url()).status_code == 404
    with pytest.raises(ValidationError, match="not open"):
        asking.grant(asked, "", by=people["sam"])
    offering.submit(offer, by=people["sam"])
    offering.publish(offer, by=people["mo"])
    assert "Twenty-five chairs" in client.get(reverse("offers")).content.decode()
    asking.grant(asked, "", by=people["sam"])


def test_less_than_was_given_is_not_offered(offer, group, people):
    asking.grant(asking.ask(offer, group, Decimal(8), "For the hall", by=people["alice"]), "", by=people["sam"])
    offer.quantity = Decimal(7)
    with pytest.raises(ValidationError, match="8 chairs of it were given"):
        offering.keep(offer, by=people["sam"])
    offer.quantity, offer.unit, offer.kind = Decimal(9), "tonnes", "goods"
    with pytest.raises(ValidationError, match="counted as before"):
        offering.keep(offer, by=people["sam"])


def test_closing_tells_whoever_waits(offer, group, people, client):
    asked = asking.ask(offer, group, Decimal(2), "For the hall", by=people["alice"])
    client.force_login(people["sam"])
    address = reverse("offer_close", args=[offer.pk])
    assert "Give a reason" in client.post(address, {"reason": ""}).content.decode()
    client.post(address, {"reason": "Sold meanwhile"})
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("declined", "Sold meanwhile")
    client.logout()
    assert "This offer is closed" in client.get(offer.get_absolute_url()).content.decode()
    with pytest.raises(ValidationError):
        offering.close(offer, "Again", by=people["sam"])


def test_an_offer_whose_last_day_is_over_is_closed_without_any_job(offer, group, people, client):
    Offer.objects.filter(pk=offer.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert "Twenty office chairs" not in client.get(reverse("offers")).content.decode()
    with pytest.raises(ValidationError, match="closed"):
        asking.ask(offer, group, Decimal(1), "For the hall", by=people["alice"])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", Offer.moves.verbs)
def test_every_verb_starts_from_its_states_only(verb, state, draft, people):
    """And every state but none is without a way out."""
    Offer.objects.filter(pk=draft.pk).update(
        state=state, published_at=timezone.now(), submitted_at=timezone.now(), reason="x"
    )
    draft.refresh_from_db()
    moved = Offer.moves.verbs[verb]
    if moved.starts_from(state):
        Offer.moves.make(draft, verb, by=people["sam"], log_as="keep_offer")
        assert draft.state == moved.after
    else:
        with pytest.raises(ValidationError):
            Offer.moves.make(draft, verb, by=people["sam"], log_as="keep_offer")
    assert any(each.starts_from(state) for each in Offer.moves.verbs.values())


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": 0}, {"most_each": 30}, {"until": "2026-01-01", "since": "2026-02-01"}, {"for_people": True},
        {"state": "returned", "reason": ""}, {"state": "open", "published_at": None},
    ],
)  # fmt: skip
def test_the_database_refuses_what_no_verb_writes(wrong, draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=draft.pk).update(**wrong)


def test_an_organisation_that_is_not_approved_drafts_and_submits_nothing(people, client):
    firm = make_organisation("New Firm", "business", people["charlie"], state="waiting")
    client.force_login(people["charlie"])
    client.post(reverse("offer_new_as", args=[firm.pk]), typed())
    made = Offer.objects.get()
    assert made.state == "draft"
    assert "as soon as the council has approved" in client.get(made.get_absolute_url()).content.decode()


def test_the_list_finds_by_words_kind_place_and_nearness(supplier, people, client):
    make_offer(supplier, people["sam"], people["mo"])
    make_offer(supplier, people["sam"], people["mo"], title="A hall in Redhill", kind="space", unit="days",
               unit_words="", postcode="RH1 1AA")  # fmt: skip

    def titles(**asked):
        return [offer.title for offer in client.get(reverse("offers"), asked).context["found"]]

    assert titles() == ["A hall in Redhill", "Twenty office chairs"]
    assert titles(q="office chairs") == ["Twenty office chairs"]
    assert titles(kind="space") == ["A hall in Redhill"]
    assert titles(postcode="GU22") == ["Twenty office chairs", "A hall in Redhill"]
    wrong = client.get(reverse("offers"), {"kind": "nonsense", "district": "x", "postcode": "ZZ9"})
    assert wrong.status_code == 200 and "There is a problem" in wrong.content.decode()
