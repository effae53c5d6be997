import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisations import approvals
from organisations.models import Organisation, User
from tests.conftest import make_organisation
from words.lines import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(people):
    return make_organisation("Toddlers", "informal", people["charlie"], state="waiting")


def test_approval_is_kept_with_its_reason_and_told(waiting, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        approvals.approve(waiting, "Known to the parish", by=people["mo"])
    waiting.refresh_from_db()
    assert (waiting.state, waiting.state_reason, waiting.decided_by) == (
        "approved",
        "Known to the parish",
        people["mo"],
    )
    assert [m.to for m in mail.outbox] == [["charlie@example.org"]]
    assert "Known to the parish" in mail.outbox[0].body


def test_a_decision_needs_a_reason(waiting, people):
    with pytest.raises(ValidationError, match="Give a reason"):
        approvals.refuse(waiting, "  ", by=people["mo"])
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_the_second_of_two_moderators_is_told(waiting, people):
    second = Organisation.objects.get(pk=waiting.pk)
    approvals.refuse(waiting, "No such address", by=people["mo"])
    with pytest.raises(ValidationError, match="answered already"):
        approvals.refuse(second, "Too late", by=people["mo"])
    second.refresh_from_db()
    assert second.state_reason == "No such address"


def test_a_refused_organisation_may_ask_again(waiting, people):
    approvals.refuse(waiting, "Postcode is missing", by=people["mo"])
    assert approvals.ask_again(waiting, by=people["charlie"])
    assert (waiting.state, waiting.decided_by) == ("waiting", None)
    assert not approvals.ask_again(waiting, by=people["charlie"])


def test_half_a_decision_is_refused_by_the_database(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=waiting.pk).update(state="approved")


def test_an_informal_group_without_a_sponsor_is_refused_by_the_database(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=waiting.pk).update(sponsor_name="")


UNSEEN = "\u200b\u202e \u2800\u3164\u00ad"


def test_what_can_not_be_seen_is_no_reason_and_no_name(waiting, people):
    with pytest.raises(ValidationError, match="Give a reason"):
        approvals.approve(waiting, UNSEEN, by=people["mo"])
    for field in (Organisation._meta.get_field("name"), User._meta.get_field("name")):
        with pytest.raises(ValidationError, match="can be seen"):
            field.run_validators(UNSEEN)
        field.run_validators("مجموعة")
    assert said(f" {UNSEEN} Why \u200b") == f"{UNSEEN} Why \u200b"
