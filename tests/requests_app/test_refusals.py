"""Every refusal of a verb, by its words; whatever is refused leaves every figure as it was."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from requests_app import conversions, deliveries, importer, moderation, pledges, standing, totals
from requests_app.models import Delivery, DeliveryEvent, Pledge, Request, RequestTotals
from suppliers import ledger
from suppliers.models import CommitmentBalance, LedgerEntry
from tests import once
from tests.conftest import make_commitment, make_organisation, make_request

pytestmark = pytest.mark.django_db
module_db, people, group, supplier, commitment, wanted = once.FIXTURES  # made once for all tests here


class Cast:
    """A pledge of 8 of 10 hours with a delivery at every stage, and what else a refusal needs."""

    def __init__(self, wanted, supplier, commitment, people):
        self.people, self.supplier, self.commitment = people, supplier, commitment
        self.alice, self.sam, self.cara = (people[name] for name in ("alice", "sam", "cara"))
        self.pledge = pledges.offer(wanted, supplier, Decimal(8), by=self.sam, commitment=commitment)
        pledges.accept(self.pledge, by=self.alice)
        today = timezone.localdate()
        self.claimed, self.disputed, self.confirmed, self.queried = (
            deliveries.claim(
                self.pledge, Decimal(1), today - timedelta(days=days), by=self.sam, note="We began at once"
            )
            for days in range(4)
        )
        deliveries.dispute(self.disputed, "Nobody came.", by=self.alice)
        for delivery in (self.confirmed, self.queried):
            deliveries.confirm(delivery, by=self.alice)
        deliveries.query(self.queried, "Can you send the sheet?", by=self.cara)
        self.waiting = pledges.offer(wanted, supplier, Decimal(1), by=self.sam, commitment=commitment)
        other = make_organisation("Other Ltd", "business", people["charlie"])
        self.foreign = make_commitment(other, by=self.cara, reference="C-9")
        self.in_weeks = make_commitment(supplier, unit="weeks", by=self.cara)


@pytest.fixture(scope="module")
def first_cast(wanted, supplier, commitment, people):
    return Cast(wanted, supplier, commitment, people)


@pytest.fixture
def cast(db, first_cast):
    return deepcopy(first_cast)


def claim(cast, **fields):
    yesterday = timezone.localdate() - timedelta(days=9)
    deliveries.claim(
        cast.pledge, Decimal(1), fields.pop("day", yesterday), by=cast.sam, note="We began at once", **fields
    )


def halves(cast, other):
    return {"shares": [(cast.commitment, Decimal(50)), (other, Decimal(50))]}


def close(cast):
    standing.close(RequestTotals.objects.get(request=cast.pledge.request_id), by=cast.alice, reason="Done")


REFUSALS = {
    "confirming less than nothing": (
        lambda c: deliveries.confirm(c.claimed, by=c.alice, quantity=Decimal(-1), reason="x"), "Enter 0 or more.",
    ),
    "confirming ten times what was recorded": (
        lambda c: deliveries.confirm(c.claimed, by=c.alice, quantity=Decimal(500), reason="x"),
        "times what was recorded. Check the number.",
    ),
    "confirming another quantity without a reason": (
        lambda c: deliveries.confirm(c.claimed, by=c.alice, quantity=Decimal(2)), "Say",
    ),
    "confirming what has moved on": (lambda c: deliveries.confirm(c.confirmed, by=c.alice), "has moved on"),
    "disputing without a reason": (
        lambda c: deliveries.dispute(c.claimed, " ", by=c.alice), "Say what is wrong: the supplier will read it.",
    ),
    "amending to nothing": (
        lambda c: deliveries.amend(c.disputed, Decimal(0), "Counted again", by=c.sam),
        "Enter a quantity above 0, or take the delivery back.",
    ),
    "amending without a reason": (
        lambda c: deliveries.amend(c.disputed, Decimal(2), "\u200b", by=c.sam),
        "Say what you changed: the requestor will read it.",
    ),
    "amending to far more than was pledged": (
        lambda c: deliveries.amend(c.disputed, Decimal(900), "Counted again", by=c.sam),
        "times what you pledged. Check the number.",
    ),
    "taking back what is confirmed": (
        lambda c: deliveries.withdraw(c.confirmed, "Mistake", by=c.sam), "has moved on",
    ),
    "asking nothing": (
        lambda c: deliveries.query(c.confirmed, "", by=c.cara), "Write your question: both sides will read it.",
    ),
    "answering nothing": (lambda c: deliveries.answer(c.queried, "", by=c.sam), "Write your answer."),
    "answering what nobody asked": (lambda c: deliveries.answer(c.confirmed, "Here", by=c.sam), "has moved on"),
    "verifying what nobody confirmed": (lambda c: deliveries.verify(c.claimed, by=c.cara), "has moved on"),
    "verifying more than was confirmed": (
        lambda c: deliveries.verify(c.confirmed, by=c.cara, quantity=Decimal(2), reason="x"), "confirmed",
    ),
    "shares that do not add up": (
        lambda c: claim(c, shares=[(c.commitment, Decimal(60))]), "The shares of a delivery must add up to 100%.",
    ),
    "one commitment named twice": (lambda c: claim(c, **halves(c, c.commitment)), "Name each commitment once."),
    "somebody else's commitment": (lambda c: claim(c, **halves(c, c.foreign)), "Choose your own commitments only."),
    "a commitment counted otherwise": (
        lambda c: claim(c, **halves(c, c.in_weeks)), "Share only with commitments counted in the same unit.",
    ),
    "the same delivery twice": (lambda c: claim(c, day=timezone.localdate()), "was recorded a moment ago"),
    "finishing while one waits": (
        lambda c: pledges.finish(c.pledge, by=c.sam), "A delivery waits for confirmation. Settle it first.",
    ),
    "taking back what was delivered": (
        lambda c: pledges.withdraw(c.pledge, "Sorry", by=c.sam),
        "Something was delivered already. Finish the pledge instead.",
    ),
    "accepting twice": (lambda c: pledges.accept(c.pledge, by=c.alice), "Somebody was quicker"),
    "agreeing a count that is the same unit": (
        lambda c: conversions.agree(c.pledge, Decimal(3), by=c.cara, reason="x"),
        "This pledge needs no agreement on what it counts for.",
    ),
}  # fmt: skip


def everything():
    return [
        list(rows.order_by("pk").values())
        for rows in (
            Pledge.objects, Delivery.objects, DeliveryEvent.objects, LedgerEntry.objects,
            CommitmentBalance.objects.order_by("commitment"), RequestTotals.objects,
        )
    ]  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_refused_says_why_and_changes_nothing(what, cast):
    verb, words = REFUSALS[what]
    before = everything()
    with pytest.raises((ValidationError, PermissionDenied)) as refused:
        verb(cast)
    assert words in " ".join(getattr(refused.value, "messages", [str(refused.value)]))
    assert everything() == before
    assert (totals.differences(), ledger.differences()) == ([], [])


def test_a_closed_request_takes_no_pledge_until_it_is_open_again(cast):
    close(cast)
    with pytest.raises(ValidationError, match="Your request is closed"):
        pledges.accept(cast.waiting, by=cast.alice)
    cast.waiting.refresh_from_db()
    assert cast.waiting.state == "offered"


def test_a_request_that_has_enough_takes_no_more(cast):
    pledges.accept(cast.waiting, by=cast.alice)
    pledges.accept(pledges.offer(cast.pledge.request, cast.supplier, Decimal(1), by=cast.sam), by=cast.alice)
    full = Request.objects.for_page().get(pk=cast.pledge.request_id)
    assert "Enough has been accepted for this request" in pledges.may_pledge(cast.supplier, full)


def test_what_waits_for_a_moderator_is_not_submitted_twice(group, people):
    draft = make_request(group, live=False)
    moderation.submit(draft, by=people["alice"])
    with pytest.raises(ValidationError, match="with a moderator already"):
        moderation.submit(draft, by=people["alice"])


def test_closing_a_request_takes_its_change_back_from_the_moderator(group, people):
    live = Request.objects.get(pk=make_request(group).pk)
    live.title = "A better title"
    live.save_revision(user=people["alice"])
    moderation.submit(live, by=people["alice"])
    moderation.close(live, "No longer needed", by=people["alice"])
    assert not moderation.waits(Request.objects.get(pk=live.pk))
    assert RequestTotals.objects.get(request=live).is_closed


def test_a_pledge_answered_while_the_overdue_lapse_is_left_alone(cast, monkeypatch):
    Pledge.objects.filter(pk=cast.waiting.pk).update(answer_due_at=timezone.now() - timedelta(days=1))

    def answered_in_this_moment(pledge):
        raise ValidationError("This pledge has moved on.")

    monkeypatch.setattr(pledges, "lapse", answered_in_this_moment)
    pledges.lapse_overdue()
    cast.waiting.refresh_from_db()
    assert cast.waiting.state == "offered"


@pytest.mark.parametrize(
    ("typed", "code", "problem"),
    [
        ("", "", None), ("GU1", "GU1", None), ("gu1 1aa", "GU1", None), ("GU11AA", "GU1", None),
        ("Guildford", "", "not_a_postcode"), ("12345", "", "not_a_postcode"),
    ],
)  # fmt: skip
def test_the_postcode_of_an_imported_request_is_read_or_named(typed, code, problem):
    read, said_of = importer.read_outcode(typed)
    assert read == code
    assert (said_of and said_of[1]) == problem


def test_a_title_that_is_too_long_is_shortened_at_a_word_and_said():
    title, problem = importer.read_title("Help " * 30)
    assert len(title) <= 100
    assert title.endswith("Help…")
    assert problem[:2] == ("warning", "shortened")
    assert importer.read_title("Paint our hall") == ("Paint our hall", None)
