"""A return from its opening to the contract manager's answer, and back: what counts, who may, two at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace import checks
from organisations.models import Membership
from requests_app import deliveries, pledges
from returns import answering, deciding, lines, opening, periods
from returns.answering import Given
from returns.forms import ReturnForm
from returns.models import Answer, Return, ReturnLine
from suppliers.models import CommitmentBalance
from tests.conftest import make_commitment

pytestmark = pytest.mark.django_db


def stands(commitment):
    row = CommitmentBalance.objects.get(commitment=commitment)
    return [int(amount) for amount in (row.claimed, row.confirmed, row.verified, row.beyond, row.left)]


def given(commitment, quantity, **more):
    return {commitment.pk: Given(None if quantity is None else Decimal(quantity), evidence="Sheets", **more)}


def send(owed, commitment, quantity, people, seen=None, **more):
    return answering.send(owed, given(commitment, quantity, **more), by=people["sam"], is_declared=True, seen=seen)


def decide(sent, verb, people, words=""):
    return deciding.decide(sent, {a.pk: (verb, words) for a in sent.answers.all()}, by=people["cara"])


def test_what_is_sent_is_claimed_and_what_is_accepted_confirmed(owed, commitment, people, last_quarter):
    sent = send(owed, commitment, 30, people)
    assert stands(commitment) == [30, 0, 0, 0, 70]
    entry = commitment.entries.get(account="claimed")
    assert (entry.source, entry.happened_on, entry.confirmed_by) == ("return", last_quarter[1], "")
    done = decide(sent, "accept", people)
    assert stands(commitment) == [30, 30, 0, 0, 70]
    assert (done.state, done.answered_by) == ("accepted", people["cara"])
    assert commitment.entries.get(account="confirmed").confirmed_by == "manager"
    assert checks.differences()[1] == []


def test_a_question_goes_back_and_the_answer_replaces_what_was_claimed(owed, commitment, people, mailoutbox):
    sent = send(owed, commitment, 30, people)
    with pytest.raises(ValidationError, match="Say what you ask"):
        decide(sent, "query", people)
    asked = decide(sent, "query", people, "Thirty? The plan says ten.")
    assert (asked.state, stands(commitment)) == ("queried", [30, 0, 0, 0, 70])
    assert asked.answers.get().asked == "Thirty? The plan says ten."
    sent = send(asked, commitment, 10, people)
    assert stands(commitment) == [10, 0, 0, 0, 90]
    decide(sent, "accept", people)
    assert stands(commitment) == [10, 10, 0, 0, 90]
    assert checks.differences()[1] == []


def test_what_is_rejected_counts_for_nothing_and_says_why(owed, commitment, people):
    sent = send(owed, commitment, 30, people)
    with pytest.raises(ValidationError, match="Say what you reject it"):
        decide(sent, "reject", people)
    done = decide(sent, "reject", people, "No evidence")
    assert (done.state, done.answers.get().state) == ("accepted", "rejected")
    assert stands(commitment) == [0, 0, 0, 0, 100]
    with pytest.raises(ValidationError, match="moved on"):
        decide(done, "accept", people)
    with pytest.raises(ValidationError, match="moved on"):
        send(done, commitment, 3, people)


def test_another_day_moves_the_claim_and_counts_it_once(owed, commitment, people, last_quarter):
    sent = send(owed, commitment, 30, people)
    day = last_quarter[0] + timedelta(days=3)
    sent = send(decide(sent, "query", people, "When?"), commitment, 30, people, delivered_on=day)
    assert stands(commitment) == [30, 0, 0, 0, 70]
    assert ReturnLine.objects.standing().exclude(quantity=0).get().delivered_on == day
    sent = send(decide(sent, "query", people, "Sure?"), commitment, 20, people)
    assert ReturnLine.objects.standing().exclude(quantity=0).get().delivered_on == day  # said once, it stays
    assert stands(commitment) == [20, 0, 0, 0, 80]
    assert checks.differences()[1] == []


def test_what_groups_recorded_is_filled_in_and_not_claimed_again(contract, commitment, wanted, supplier, people):
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    deliveries.claim(pledge, Decimal(8), timezone.localdate(), by=people["sam"])
    today = timezone.localdate()
    this = opening.of_period(contract, periods.first_of_quarter(today), periods.last_of_quarter(today))
    assert ReturnForm(of_return=this).fields[f"quantity_{commitment.pk}"].initial == "8"
    sent = send(this, commitment, 11, people)
    answer = sent.answers.get()
    assert (answer.already, lines.standing(answer.line).quantity, stands(commitment)[0]) == (8, 3, 11)
    assert checks.differences()[1] == []


def test_less_than_the_marketplace_has_is_refused(owed, commitment, people, last_quarter):
    lines.record(commitment, Decimal(12), last_quarter[1], "Seen on the sheet", by=people["cara"])
    with pytest.raises(ValidationError, match="The marketplace has 12 hours of this period already"):
        send(owed, commitment, 10, people)
    sent = send(owed, commitment, 15, people)
    answer = sent.answers.get()
    assert (answer.quantity, answer.already, stands(commitment)) == (15, 12, [15, 12, 0, 0, 85])
    decide(sent, "accept", people)
    assert stands(commitment) == [15, 15, 0, 0, 85]
    assert checks.differences()[1] == []


def test_all_of_it_on_the_marketplace_makes_no_line(owed, commitment, people, last_quarter):
    lines.record(commitment, Decimal(12), last_quarter[1], "Seen on the sheet", by=people["cara"])
    sent = send(owed, commitment, 12, people)
    assert sent.answers.get().line is None
    decide(sent, "accept", people)
    assert stands(commitment) == [12, 12, 0, 0, 88]


def test_nothing_is_said_with_a_reason_and_not_where_there_is_something(owed, commitment, people, last_quarter):
    sent = answering.nothing(owed, "Nothing was planned", by=people["sam"])
    assert (sent.state, sent.nothing_because, stands(commitment)) == ("sent", "Nothing was planned", [0, 0, 0, 0, 100])
    assert sent.answers.get().quantity == 0
    with pytest.raises(ValidationError, match="Say why"):
        answering.nothing(owed, " ", by=people["sam"])


def test_what_is_missing_or_may_not_be_is_said_and_nothing_is_kept(owed, commitment, people, supplier):
    other = make_commitment(supplier, by=people["cara"], unit="people", wording="Mentors")
    with pytest.raises(ValidationError, match="Tick the declaration"):
        answering.send(owed, given(commitment, 3), by=people["sam"], is_declared=False)
    with pytest.raises(ValidationError, match="0 where nothing was delivered"):
        send(owed, commitment, 3, people)
    with pytest.raises(ValidationError, match="counted whole"):
        answering.send(owed, given(commitment, 3) | given(other, "1.5"), by=people["sam"], is_declared=True)
    with pytest.raises(ValidationError, match="Enter 0 or more"):
        answering.send(owed, given(commitment, -3) | given(other, 1), by=people["sam"], is_declared=True)
    assert (Answer.objects.count(), ReturnLine.objects.count(), Return.objects.get().state) == (0, 0, "open")


@pytest.mark.parametrize("who", ["alice", "cara", "tess"])
def test_nobody_else_writes_a_return(owed, commitment, people, who):
    with pytest.raises(PermissionDenied):
        answering.keep(owed, given(commitment, 3), by=people[who])


def test_whoever_belongs_to_the_supplier_does_not_accept(owed, commitment, people, supplier):
    Membership.objects.create(organisation=supplier, user=people["cara"], admitted_at=timezone.now())
    sent = send(owed, commitment, 30, people)
    with pytest.raises(ValidationError, match="You belong to Builder Ltd"):
        decide(sent, "accept", people)


def test_two_people_write_one_return_and_neither_is_lost(owed, commitment, people, supplier):
    Membership.objects.create(organisation=supplier, user=people["tess"], admitted_at=timezone.now())
    seen = owed.changes
    answering.keep(owed, given(commitment, 4), by=people["tess"], seen=seen)
    with pytest.raises(ValidationError, match="Tess changed this return after you opened it"):
        send(owed, commitment, 9, people, seen=seen)
    assert Answer.objects.get().quantity == 4
    sent = send(owed, commitment, 9, people, seen=seen + 1)
    with pytest.raises(ValidationError, match="changed this return"):
        answering.keep(sent, given(commitment, 5), by=people["tess"], seen=seen + 1)
    assert Answer.objects.get().quantity == 9


def test_one_claim_counts_once_and_the_second_names_the_first(commitment, people, last_quarter):
    lines.record(commitment, Decimal(12), last_quarter[1], "Seen on the sheet", by=people["cara"])
    with pytest.raises(ValidationError, match=r"12 hours on .* are recorded already: “Seen on the sheet”"):
        lines.record(commitment, Decimal(12), last_quarter[1], "Again", by=people["cara"])
    assert stands(commitment)[0] == 12


def test_days_belong_to_one_return(owed, contract, last_quarter, commitment, people):
    first, last = last_quarter
    longer = first - timedelta(days=1)
    whole = opening.of_period(contract, longer.replace(day=1), last)
    assert not Return.objects.filter(pk=owed.pk).exists()  # nobody had written to it
    answering.keep(whole, given(commitment, 1), by=people["sam"])
    with pytest.raises(ValidationError, match="says what was delivered on these days already"):
        opening.of_period(contract, first, last)


def test_the_database_refuses_too(owed, commitment):
    for fields in ({"quantity": -1}, {"state": "sent", "quantity": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(of_return=owed, commitment=commitment, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.filter(pk=owed.pk).update(state="sent")
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.filter(pk=owed.pk).update(last_day=owed.first_day)
