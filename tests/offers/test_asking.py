"""What groups ask of an offer: granted it is a pledge like any other, and nobody is given what another has."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.models import Reminder
from offers import asking, clocks, referring
from offers.models import Ask, Offer
from organisations import approvals
from reports import waits
from requests_app import deliveries, pledges, totals
from requests_app.models import Delivery, Request
from suppliers.models import CommitmentBalance
from tests.conftest import make_commitment, make_organisation, make_user
from tests.offers.conftest import make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(offer, group, people):
    return asking.ask(offer, group, Decimal(8), "For our lunch club", by=people["alice"])


def left(offer):
    return Offer.objects.with_given().get(pk=offer.pk).left


def test_a_part_travels_from_the_offer_to_a_confirmed_delivery(offer, group, people, client):
    client.force_login(people["alice"])
    client.post(reverse("ask_new", args=[offer.pk]), {"quantity": "8", "what_for": "For our lunch club"})
    asked = Ask.objects.get()
    client.force_login(people["sam"])
    assert "asks for 8 chairs" in client.get(reverse("dashboard")).content.decode()
    assert "For our lunch club" in client.get(asked.get_absolute_url()).content.decode()
    client.post(reverse("ask_grant", args=[asked.pk]), {"answer": "Come on Friday"})
    asked.refresh_from_db()
    pledge = asked.pledge
    assert (pledge.state, pledge.quantity, pledge.request.organisation) == ("accepted", Decimal(8), group)
    assert pledge.contacts_open and left(offer) == 12
    delivery = deliveries.claim(pledge, Decimal(8), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    pledge.refresh_from_db()
    assert Delivery.objects.get().confirmed == 8 and not totals.differences()
    assert "Come on Friday" in client.get(asked.get_absolute_url()).content.decode()


def test_it_counts_against_the_commitment_as_ever(supplier, group, people):
    hours = make_commitment(supplier, 10, by=people["cara"])
    said = {"kind": "volunteers", "unit": "hours", "unit_words": "", "quantity": Decimal(30), "commitment": hours}
    offer = make_offer(supplier, people["sam"], people["mo"], **said)
    asking.grant(asking.ask(offer, group, Decimal(6), "Paint", by=people["alice"]), "", by=people["sam"])
    assert CommitmentBalance.objects.get(commitment=hours).left == 4
    second = asking.ask(offer, group, Decimal(5), "Dig", by=people["alice"])
    with pytest.raises(ValidationError):  # the promise holds less than the offer says
        asking.grant(second, "", by=people["sam"])
    second.refresh_from_db()
    assert second.waits and Request.objects.filter(by_offer=True).count() == 1


def test_no_word_that_nobody_read_becomes_public(asked, people, client):
    asking.grant(asked, "Secret reply", by=people["sam"])
    made = Request.objects.get(by_offer=True)
    client.logout()
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Hardly used" in page and "lunch club" not in page and "Secret reply" not in page
    assert "For our lunch club" not in client.get(asked.offer.get_absolute_url()).content.decode()


def test_each_side_hears_once_with_who_and_what(asked, people):
    mail.outbox.clear()
    asking.grant(asked, "", by=people["sam"])
    told = [(message.to[0], message.subject) for message in mail.outbox]
    group, supplier = asked.organisation, asked.offer.supplier
    assert {address for address, _ in told} == set(group.mailboxes) | set(supplier.mailboxes)
    assert len(told) == len(set(told)) == len(group.mailboxes) + len(supplier.mailboxes)
    assert all("8 chairs" in subject for _, subject in told)


def test_nobody_is_given_what_another_has(asked, people):
    other = make_organisation("Other Group", "vcse", people["charlie"])
    second = asking.ask(asked.offer, other, Decimal(13), "A hall", by=people["charlie"])
    asking.grant(asked, "", by=people["sam"])
    with pytest.raises(ValidationError, match="12 chairs are left"):
        asking.grant(second, "", by=people["sam"])
    mail.outbox.clear()
    pledges.withdraw(asked.pledge, "They broke", by=people["sam"])
    assert left(asked.offer) == 20
    freed = [message for message in mail.outbox if "free again" in message.subject]
    assert len(freed) == len(asked.offer.supplier.mailboxes) and "Other Group" in freed[0].body
    totals.move(asked.request_id, pledged=Decimal(0))
    asking.grant(second, "", by=people["sam"])
    assert left(asked.offer) == 7


def test_what_a_finished_pledge_did_not_bring_is_there_again(asked, people):
    pledge = asking.grant(asked, "", by=people["sam"])
    delivery = deliveries.claim(pledge, Decimal(5), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    pledges.finish(pledge, by=people["sam"])
    assert left(asked.offer) == 15


@pytest.mark.parametrize("verb", ["decline", "take_back", "lapse"])
def test_what_ends_without_being_given_keeps_no_names(verb, supplier, group, people):
    offer = make_offer(supplier, people["sam"], people["mo"], kind="jobs", unit="places", unit_words="",
                       for_people=True)  # fmt: skip
    referring.approve(group, "Runs the job club", by=people["pat"])
    made = asking.ask(offer, group, Decimal(1), "Warehouse", by=people["alice"], people="Ann, 19")
    {
        "decline": lambda: asking.decline(made, "Full", by=people["sam"]),
        "take_back": lambda: asking.take_back(made, by=people["alice"]),
        "lapse": lambda: asking.lapse(made),
    }[verb]()
    made.refresh_from_db()
    assert made.people == "" and not made.waits


def test_names_of_people_are_read_by_the_supplier_once_it_says_yes_and_by_nobody_else(supplier, group, people):
    offer = make_offer(supplier, people["sam"], people["mo"], kind="jobs", unit="places", unit_words="",
                       for_people=True)  # fmt: skip
    with pytest.raises(ValidationError, match="Only referrers"):
        asking.ask(offer, group, Decimal(1), "Warehouse", by=people["alice"], people="Ann, 19")
    referring.approve(group, "Runs the job club", by=people["pat"])
    with pytest.raises(ValidationError, match="whom you put forward"):
        asking.ask(offer, group, Decimal(1), "Warehouse", by=people["alice"])
    mail.outbox.clear()
    made = asking.ask(offer, group, Decimal(1), "Warehouse", by=people["alice"], people="Ann, 19")

    def reads(name):
        client = Client()
        client.force_login(people[name])
        return "Ann, 19" in client.get(made.get_absolute_url()).content.decode()

    assert reads("alice") and not reads("sam") and not reads("mo") and not reads("pat")
    asking.grant(made, "", by=people["sam"])
    assert reads("alice") and reads("sam") and not reads("mo") and not reads("pat")
    assert not [message for message in mail.outbox if "Ann, 19" in message.body + message.subject]
    assert "Ann" not in Client().get(made.request.get_absolute_url()).content.decode()


def test_whom_it_is_for_may_ask_and_nobody_else(supplier, group, people):
    offer = make_offer(supplier, people["sam"], people["mo"], for_whom="public")
    assert "offered to others" in asking.may_ask(group, offer)
    team = make_organisation("Libraries", "council_team", people["tess"])
    assert asking.may_ask(team, offer) == ""
    assert "own organisation" in asking.may_ask(supplier, offer)
    other = make_organisation("Other Firm", "business", people["charlie"])
    assert "offered to others" in asking.may_ask(other, offer)
    new = make_organisation("New School", "school", people["charlie"], state="waiting")
    assert "as soon as the council" in asking.may_ask(new, offer)


@pytest.mark.parametrize(
    "quantity, what_for, field",
    [("0", "x", "quantity"), ("2.5", "x", "quantity"), ("21", "x", "quantity"), ("1", " \u200b", "what_for")],
)
def test_what_can_not_be_asked(quantity, what_for, field, offer, group, people):
    with pytest.raises(ValidationError) as refused:
        asking.ask(offer, group, Decimal(quantity), what_for, by=people["alice"])
    assert field in refused.value.error_dict


def test_most_each_holds(supplier, group, people):
    offer = make_offer(supplier, people["sam"], people["mo"], most_each=Decimal(5))
    with pytest.raises(ValidationError, match="At most 5 chairs"):
        asking.ask(offer, group, Decimal(6), "A hall", by=people["alice"])


def test_one_waits_at_a_time_and_the_database_holds_it(asked, people):
    with pytest.raises(ValidationError, match="asked already"):
        asking.ask(asked.offer, asked.organisation, Decimal(1), "More", by=people["alice"])
    asked.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()
    for wrong in ({"quantity": 0}, {"state": "granted"}, {"answered_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ask.objects.update(**wrong)


def test_nobody_waits_for_an_answer_that_never_comes(asked, people):
    mail.outbox.clear()
    now = timezone.now()
    clocks.tick(now)
    assert not mail.outbox
    clocks.tick(now + timedelta(days=5))
    clocks.tick(now + timedelta(days=5))
    assert len(mail.outbox) == len(asked.offer.supplier.mailboxes) * Reminder.objects.count()
    assert all("waits for your answer" in message.subject for message in mail.outbox)
    mail.outbox.clear()
    clocks.tick(asked.answer_due_at)
    asked.refresh_from_db()
    assert asked.state == "lapsed"
    assert {m.to[0] for m in mail.outbox} == {*asked.offer.supplier.mailboxes, *asked.organisation.mailboxes}
    with pytest.raises(ValidationError):
        asking.grant(asked, "", by=people["sam"])


def test_an_overdue_answer_is_refused_though_no_job_ran(asked, people):
    Ask.objects.update(answer_due_at=timezone.now() - timedelta(minutes=1))
    asked.refresh_from_db()
    with pytest.raises(ValidationError, match="lapsed"):
        asking.grant(asked, "", by=people["sam"])


def test_closing_the_supplier_or_the_group_settles_what_stands(asked, people):
    approvals.close(asked.organisation, "Dissolved", by=people["mo"])
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    approvals.close(asked.offer.supplier, "Gone", by=people["mo"])
    asked.offer.refresh_from_db()
    assert asked.offer.state == "closed"


def test_what_nobody_had_to_find_is_no_history_of_waiting(asked, people):
    before = len(waits.histories())
    asking.grant(asked, "", by=people["sam"])
    assert len(waits.histories()) == before


def test_referrers_are_kept_by_whoever_may(group, people, client):
    client.force_login(people["mo"])
    assert client.get(reverse("referrers")).status_code in (302, 403)
    client.force_login(make_user("ruth", "Programme team"))
    address = reverse("referrers")
    client.post(address, {"organisation": group.pk, "note": "Runs the job club"})
    assert referring.may_refer(group)
    assert "Runs the job club" in client.get(address).content.decode()
    client.post(reverse("referrer_end", args=[group.pk]))
    assert not referring.may_refer(group)
