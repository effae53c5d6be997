"""Both sides' yes to a plan, the tender's words locked by it, and the need that a promise was written for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace import checks
from records import figures
from suppliers import agreeing, commitments, plans
from suppliers.models import Commitment, Contract, PlanAnswer
from tests.conftest import markup
from vocabulary.models import Need

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(commitment, people):
    day = timezone.localdate() + timedelta(days=300)
    return plans.write(commitment, [(day, Decimal(100))], by=people["cara"], reason="Agreed at award")


def test_the_supplier_accepts_the_plan_in_force_once(plan, commitment, people):
    assert agreeing.to_answer(Commitment.objects.all()) == [plan]
    with pytest.raises(PermissionDenied):
        agreeing.answer(plan, True, "", by=people["cara"])
    with pytest.raises(ValidationError, match="Say what is wrong"):
        agreeing.answer(plan, False, " ", by=people["sam"])
    agreeing.answer(plan, True, "", by=people["sam"])
    assert agreeing.to_answer(Commitment.objects.all()) == []
    with pytest.raises(ValidationError, match="answered already"):
        agreeing.answer(plan, False, "No", by=people["sam"])
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanAnswer._base_manager.update(is_accepted=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAnswer.objects.create(plan=plan, is_accepted=False, by=people["sam"])


def test_a_new_version_asks_again_and_the_old_one_is_past(plan, commitment, people):
    commitments.vary(commitment, Decimal(120), by=people["cara"], reason="Longer")
    newest = plans.current(commitment)
    with pytest.raises(ValidationError, match="a newer version"):
        agreeing.answer(plan, True, "", by=people["sam"])
    assert agreeing.to_answer(Commitment.objects.all()) == [newest]
    commitments.withdraw(commitment, "Not theirs", by=people["cara"])
    assert agreeing.to_answer(Commitment.objects.all()) == []


def test_the_words_of_the_tender_are_locked_at_award_but_for_slips_of_the_day(commitment, people):
    today = timezone.localdate()
    Contract.objects.update(award_date=today - timedelta(days=9))
    commitment.wording = "Corrected at once"
    commitments.change(commitment)
    Commitment.objects.update(created_at=timezone.now() - timedelta(days=1))
    commitment.wording = "Corrected later"
    with pytest.raises(ValidationError, match="were awarded"):
        commitments.change(commitment)
    commitment.wording, commitment.measure = "Corrected at once", "NT31"
    commitments.change(commitment)
    Contract.objects.update(award_date=today + timedelta(days=1))
    commitment.wording = "Not awarded yet"
    commitments.change(commitment)


def test_line_ends_of_a_browser_are_no_other_words(commitment, people):
    Commitment.objects.update(wording="Two\nlines", created_at=timezone.now() - timedelta(days=1))
    Contract.objects.update(award_date=timezone.localdate() - timedelta(days=9))
    commitment = Commitment.objects.get()
    commitment.wording, commitment.measure = "Two\r\nlines", "NT31"
    commitments.change(commitment)
    kept = Commitment.objects.get()
    assert (kept.wording, kept.measure) == ("Two\nlines", "NT31")


def test_words_that_were_passed_on_are_locked_at_once(commitment, supplier, people):
    other = Contract.objects.create(reference="C-2", title="Roads", supplier=supplier, supplier_name=supplier.name)
    passed = commitments.pass_on(commitment, other, "Novation", by=people["cara"])
    assert commitments.are_words_locked(passed) and not commitments.are_words_locked(commitment)


def test_the_words_of_the_tender_stay_once_both_sides_agreed(plan, commitment, people):
    commitment.wording = "Other words"
    commitments.change(commitment)
    agreeing.answer(plan, True, "", by=people["sam"])
    commitment.wording = "Other words again"
    with pytest.raises(ValidationError, match="they stay"):
        commitments.change(commitment)
    commitment.wording, commitment.measure = "Other words", "Hours given"
    assert commitments.change(commitment).measure == "Hours given"


def test_a_promise_without_a_plan_is_due_four_weeks_after_award(commitment, people):
    today = timezone.localdate()
    Contract.objects.update(award_date=today - timedelta(days=27), manager=people["cara"])
    assert list(agreeing.without_plan(Contract.objects.all(), today)) == []
    assert list(agreeing.without_plan(Contract.objects.all(), today + timedelta(days=1))) == [commitment]


def test_the_pages_ask_the_supplier_and_hand_over(client, plan, commitment, people):
    client.force_login(people["sam"])
    assert "Answer the delivery plan by" in markup(client.get(reverse("dashboard")))
    page = markup(client.get(commitment.get_absolute_url()))
    assert "Accept the plan" in page
    client.post(reverse("plan_answer", args=[commitment.pk]), {"plan": plan.pk, "object": "1", "words": ""})
    assert PlanAnswer.objects.count() == 0
    client.post(reverse("plan_answer", args=[commitment.pk]), {"plan": plan.pk, "object": "1", "words": "Too fast"})
    page = markup(client.get(reverse("contract_handover", args=[commitment.contract_id])))
    assert "Not accepted: Too fast" in page and "Staff volunteering" in page and "100 hours" in page
    client.force_login(people["alice"])
    assert client.get(reverse("contract_handover", args=[commitment.contract_id])).status_code == 404
    assert (
        client.post(reverse("plan_answer", args=[commitment.pk]), {"plan": plan.pk, "accept": "1"}).status_code == 404
    )


def test_promises_written_for_a_need_are_counted(commitment, people):
    assert (figures.value("new_promises"), figures.value("new_promises_for_a_need")) == (1, 0)
    Commitment.objects.update(need=Need.objects.first())
    assert figures.value("new_promises_for_a_need") == 1
    (entry,) = figures.get("new_promises_for_a_need").entries()
    assert entry.note == str(Need.objects.first())
    assert checks.differences()[1] == []
