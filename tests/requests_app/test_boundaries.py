"""Where each rule of pledges and deliveries begins and ends, and that a verb which breaks off leaves nothing behind."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from records.days import months_after
from requests_app import conversions, deliveries, emails, pledges, totals
from requests_app.forms.pledges import PledgeForm
from requests_app.models import DeliveryEvent, Request, RequestTotals
from requests_app.signals import request_changed
from suppliers import commitments, ledger
from suppliers.models import Commitment, CommitmentBalance, Contract, LedgerEntry
from tests import once
from tests.conftest import make_commitment, make_request
from tests.requests_app import test_refusals as refusals

pytestmark = pytest.mark.django_db
module_db, people, group, supplier, commitment, wanted = once.FIXTURES  # made once for all tests here
first_cast, cast, everything = refusals.first_cast, refusals.cast, refusals.everything


def claim(cast, quantity, day=None):
    day = day or timezone.localdate() - timedelta(days=30)
    return deliveries.claim(cast.pledge, Decimal(quantity), day, by=cast.sam, note="We began at once")


def is_refused(verb, *words, **more):
    try:
        verb(*words, **more)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("quantity", "refused"), [("-1", True), ("-0.01", True), ("0", False), ("0.5", False), ("5", False), ("5.01", True)]
)
def test_what_may_be_confirmed_of_one_hour(quantity, refused, cast):
    said = {"by": cast.alice, "quantity": Decimal(quantity), "reason": "Counted"}
    assert is_refused(deliveries.confirm, cast.claimed, **said) is refused


@pytest.mark.parametrize(
    ("quantity", "refused"),
    [("-1", True), ("0", True), ("0.01", False), ("0.5", False), ("40", False), ("40.01", True)],
)
def test_what_a_claim_may_be_amended_to_under_a_pledge_of_eight(quantity, refused, cast):
    said = (cast.disputed, Decimal(quantity), "Counted again")
    assert is_refused(deliveries.amend, *said, by=cast.sam) is refused


@pytest.mark.parametrize(("quantity", "refused"), [("0", True), ("0.01", False), ("40", False), ("40.01", True)])
def test_what_may_be_claimed_under_a_pledge_of_eight(quantity, refused, cast):
    assert is_refused(claim, cast, quantity) is refused


@pytest.mark.parametrize(
    ("quantity", "refused"), [("-1", True), ("-0.01", True), ("0", False), ("0.5", False), ("1", False), ("1.01", True)]
)
def test_what_may_be_verified_of_one_confirmed_hour(quantity, refused, cast):
    said = {"by": cast.cara, "quantity": Decimal(quantity), "reason": "Less"}
    assert is_refused(deliveries.verify, cast.confirmed, **said) is refused


@pytest.mark.parametrize(("months", "days", "refused"), [(-12, -1, True), (-12, 0, False), (0, 0, False), (0, 1, True)])
def test_the_days_on_which_something_was_delivered(months, days, refused, cast):
    day = months_after(timezone.localdate(), months) + timedelta(days)
    assert is_refused(claim, cast, "0.25", day) is refused


@pytest.mark.parametrize(("days", "note", "refused"), [(0, "", False), (-1, "", True), (-1, "We began at once", False)])
def test_a_day_before_the_pledge_needs_a_word(days, note, refused, cast):
    day = timezone.localdate() + timedelta(days)
    said = {"by": cast.sam, "note": note}
    assert is_refused(deliveries.claim, cast.pledge, Decimal("0.25"), day, **said) is refused


@pytest.mark.parametrize(
    ("start", "end", "day", "refused"),
    [(-5, 5, 0, False), (-5, 5, -5, False), (-5, 5, -6, True), (-9, -4, -4, False), (-9, -4, -3, True)],
)
def test_nothing_counts_outside_the_term_of_a_contract(start, end, day, refused, cast):
    today = timezone.localdate()
    term = {"start": today + timedelta(start), "end": today + timedelta(end)}
    Contract.objects.filter(pk=cast.commitment.contract_id).update(**term)
    assert is_refused(claim, cast, "0.25", today + timedelta(day)) is refused


@pytest.mark.parametrize(
    ("start", "end", "refused"), [(0, 0, False), (1, None, True), (None, -1, True), (None, None, False), (-3, 3, False)]
)
def test_nothing_is_pledged_against_a_contract_that_has_not_begun_or_is_over(start, end, refused, cast):
    today = timezone.localdate()
    term = {name: None if days is None else today + timedelta(days) for name, days in (("start", start), ("end", end))}
    pledges.withdraw(cast.waiting, "Again", by=cast.sam)
    Contract.objects.filter(pk=cast.commitment.contract_id).update(**term)
    commitment = Commitment.objects.select_related("contract").get(pk=cast.commitment.pk)
    offered = {"by": cast.sam, "commitment": commitment}
    assert is_refused(pledges.offer, cast.pledge.request, cast.supplier, Decimal(1), **offered) is refused
    form = PledgeForm(request=cast.pledge.request, supplier=cast.supplier)
    assert ("commitment" not in form.fields or commitment not in form.fields["commitment"].queryset) is refused


def test_nothing_counts_after_a_commitment_was_withdrawn(cast):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        commitments.withdraw(cast.commitment, "Sold", by=cast.cara)
    today = timezone.localdate()
    assert is_refused(claim, cast, "0.25", today - timedelta(days=2)) is True
    assert is_refused(claim, cast, "0.25", today - timedelta(days=3)) is False
    assert is_refused(pledges.accept, cast.waiting, by=cast.alice) is True


def test_a_pledge_is_not_accepted_after_its_answer_was_due(cast):
    with time_machine.travel(cast.waiting.answer_due_at - timedelta(seconds=2)):
        assert is_refused(pledges.accept, cast.waiting, by=cast.alice) is False
    other = pledges.offer(make_request(cast.pledge.request.organisation), cast.supplier, Decimal(1), by=cast.sam)
    with time_machine.travel(other.answer_due_at):
        assert is_refused(pledges.accept, other, by=cast.alice) is True


def test_what_is_counted_whole_stays_whole(cast, group):
    people_wanted = Request.objects.for_page().get(pk=make_request(group, unit="people").pk)
    assert is_refused(pledges.offer, people_wanted, cast.supplier, Decimal("1.5"), by=cast.sam) is True
    pledge = pledges.offer(people_wanted, cast.supplier, Decimal(4), by=cast.sam)
    pledges.accept(pledge, by=cast.alice)
    today = timezone.localdate()
    assert is_refused(deliveries.claim, pledge, Decimal("1.5"), today, by=cast.sam) is True
    delivery = deliveries.claim(pledge, Decimal(3), today, by=cast.sam)
    said = {"by": cast.alice, "quantity": Decimal("2.5"), "reason": "One left"}
    assert is_refused(deliveries.confirm, delivery, **said) is True


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_request_takes_pledges_until_the_day_it_is_needed(days, refused, cast):
    pledges.withdraw(cast.waiting, "One at a time", by=cast.sam)
    request = Request.objects.for_page().get(pk=cast.pledge.request_id)
    request.needed_by = timezone.localdate() + timedelta(days=days)
    assert bool(pledges.may_pledge(cast.supplier, request)) is refused


def test_what_was_corrected_and_what_was_not_stand_so_in_the_ledger(cast):
    deliveries.confirm(cast.claimed, by=cast.alice, quantity=Decimal("0.5"), reason="Half of it")
    reasons = set(LedgerEntry.objects.filter(delivery_number=cast.claimed.pk).values_list("reason", flat=True))
    assert "Corrected by the requestor: Half of it" in reasons
    other = set(LedgerEntry.objects.filter(delivery_number=cast.confirmed.pk).values_list("reason", flat=True))
    assert "Confirmed by the requestor" in other


def test_what_is_taken_back_stands_at_nothing_in_its_history(cast):
    deliveries.withdraw(cast.claimed, "A mistake", by=cast.sam)
    assert DeliveryEvent.objects.filter(delivery=cast.claimed).order_by("pk").last().quantity == 0


def test_a_share_in_the_request_s_own_unit_counts_one_for_one(group, supplier, people):
    """Two days against 14 agreed hours: the commitment in hours takes 7 a day, the one in days takes each day."""
    commitment = make_commitment(supplier, by=people["cara"], reference="C-7")
    days = Request.objects.for_page().get(pk=make_request(group, quantity=10, unit="days").pk)
    pledge = pledges.offer(days, supplier, Decimal(2), by=people["sam"], commitment=commitment, counts=Decimal(14))
    pledges.accept(pledge, by=people["alice"])
    conversions.agree(pledge, Decimal(14), by=people["cara"], reason="Seven hours")
    in_days = make_commitment(supplier, unit="days", by=people["cara"], wording="Days")
    deliveries.claim(
        pledge, Decimal(2), timezone.localdate(), by=people["sam"],
        shares=[(commitment, Decimal(50)), (in_days, Decimal(50))],
    )  # fmt: skip
    assert CommitmentBalance.objects.get(commitment=commitment).claimed == 7
    assert CommitmentBalance.objects.get(commitment=in_days).claimed == 1


BROKEN_OFF = {
    "delivery_claimed": lambda c: claim(c, 1),
    "delivery_confirmed": lambda c: deliveries.confirm(c.claimed, by=c.alice),
    "delivery_disputed": lambda c: deliveries.dispute(c.claimed, "No", by=c.alice),
    "delivery_claimed again": lambda c: deliveries.amend(c.disputed, Decimal(2), "Counted", by=c.sam),
    "delivery_withdrawn": lambda c: deliveries.withdraw(c.claimed, "Sorry", by=c.sam),
    "delivery_queried": lambda c: deliveries.query(c.confirmed, "Who came?", by=c.cara),
    "query_answered": lambda c: deliveries.answer(c.queried, "Ann", by=c.sam),
    "delivery_verified": lambda c: deliveries.verify(c.confirmed, by=c.cara),
    "pledge_offered": lambda c: pledges.offer(
        Request.objects.for_page().get(pk=make_request(c.pledge.request.organisation, title="Other").pk),
        c.supplier, Decimal(1), by=c.sam, commitment=c.commitment,
    ),
    "pledge_accepted": lambda c: pledges.accept(c.waiting, by=c.alice),
    "pledge_declined": lambda c: pledges.decline(c.waiting, "No", by=c.alice),
    "pledge_lapsed": lambda c: pledges.lapse(c.waiting),
    "pledge_withdrawn": lambda c: pledges.withdraw(c.waiting, "Sorry", by=c.sam),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN_OFF)
def test_a_verb_that_breaks_off_at_its_last_step_leaves_nothing(what, cast, monkeypatch):
    def fall_over(*words, **more):
        raise RuntimeError("the power went")

    verb = BROKEN_OFF[what]
    if what == "pledge_offered":
        make_request(cast.pledge.request.organisation, title="One more")
    monkeypatch.setattr(emails, what.split(" ")[0], fall_over)
    before = [len(rows) for rows in everything()[:5]], everything()[1:4]
    with pytest.raises(RuntimeError):
        verb(cast)
    assert ([len(rows) for rows in everything()[:5]], everything()[1:4]) == before


def test_a_reason_longer_than_the_ledger_keeps_is_cut_and_not_refused(commitment, people):
    commitments.vary(commitment, Decimal(101), by=people["cara"], reason="x" * 600)
    assert len(commitment.entries.order_by("pk").last().reason) == 500


def test_a_promise_too_large_to_be_meant_is_refused(commitment, people):
    largest = Decimal(10) ** 13
    with pytest.raises(ledger.LedgerRefused, match="too large"):
        commitments.vary(commitment, largest + Decimal("0.01"), by=people["cara"], reason="x")
    assert CommitmentBalance.objects.get(commitment=commitment).promised == 100
    commitments.vary(commitment, largest, by=people["cara"], reason="x")
    assert CommitmentBalance.objects.get(commitment=commitment).promised == largest


def test_the_list_keeps_where_a_request_is_and_since_when(group):
    here, anywhere = make_request(group), make_request(group, title="By telephone", remote=True)
    assert RequestTotals.objects.get(request=here).outcode == here.outcode_id == "RH1"
    assert RequestTotals.objects.get(request=anywhere).outcode == ""
    first = Request.objects.get(pk=here.pk).first_published_at
    assert abs(RequestTotals.objects.get(request=here).published_at - first) < timedelta(seconds=5)


@pytest.fixture
def announced(wanted):
    """[(number, went_live)] as the room announces it."""
    heard = []

    def hear(sender, number, went_live, **more):
        heard.append((number, went_live))

    request_changed.connect(hear)
    yield heard
    request_changed.disconnect(hear)


def test_a_request_goes_live_once_however_often_it_moves(wanted, announced):
    number = wanted.pk
    totals.place(wanted)
    totals.relist(number)
    totals.move(number, pledged=Decimal(3))
    assert announced == [(number, False)] * 3
    with transaction.atomic():
        RequestTotals.objects.filter(request=number).delete()
        totals.place(wanted)
        transaction.set_rollback(True)
    assert announced[3:] == [(number, True)]


def test_a_move_of_nothing_says_nothing(wanted, announced):
    totals.move(wanted.pk, pledged=Decimal(0))
    assert announced == []


def test_placing_breaks_off_whole(wanted, monkeypatch):
    wanted.quantity = Decimal(99)
    before = RequestTotals.objects.get(request=wanted).asked

    def fails(request):
        raise RuntimeError

    monkeypatch.setattr(totals.index, "write", fails)
    with pytest.raises(RuntimeError):
        totals.place(wanted)
    assert RequestTotals.objects.get(request=wanted).asked == before


@pytest.mark.parametrize(("counts", "refused"), [("0", True), ("0.01", False), ("1", False)])
def test_what_a_pledge_in_another_unit_may_count_for(counts, refused, cast):
    pledges.withdraw(cast.waiting, "Again", by=cast.sam)
    said = {"by": cast.sam, "commitment": cast.in_weeks, "counts": Decimal(counts)}
    assert is_refused(pledges.offer, cast.pledge.request, cast.supplier, Decimal(1), **said) is refused


def test_a_pledge_covers_no_hosting_unless_it_says_so(cast):
    assert cast.pledge.covers_hosting is False


def test_one_pledge_answered_meanwhile_stops_no_other_from_lapsing(cast, monkeypatch):
    another = make_request(cast.pledge.request.organisation, title="Paint our fence")
    another = pledges.offer(another, cast.supplier, Decimal(1), by=cast.sam)
    lapse = pledges.lapse

    def lapse_or_be_late(pledge):
        if pledge.pk == another.pk:
            raise ValidationError("Answered in this very moment.")
        lapse(pledge)

    monkeypatch.setattr(pledges, "lapse", lapse_or_be_late)
    assert pledges.lapse_overdue(timezone.now() + timedelta(days=99)) == 1
    cast.waiting.refresh_from_db()
    assert cast.waiting.state == "lapsed"


def test_the_log_keeps_why_a_pledge_was_answered_or_ended(cast):
    pledges.decline(cast.waiting, "Too late for us", by=cast.alice)
    deliveries.withdraw(cast.claimed, "Again", by=cast.sam)
    deliveries.withdraw(cast.disputed, "Again", by=cast.sam)
    pledges.finish(cast.pledge, by=cast.sam, reason="The rest is not needed")
    entries = ModelLogEntry.objects.filter(action__in=["requests_app.declined", "requests_app.completed"])
    assert {entry.data["reason"] for entry in entries} == {"Too late for us", "The rest is not needed"}
