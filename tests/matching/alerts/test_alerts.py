"""Alerts: who is told of what, how often, never twice, and never of what may no longer be told."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from matching import tasks
from matching.alerts import recipients, sending, subscriptions
from matching.models import Alert, Subscription
from matching.ranking import engine
from organisations.models import Membership
from requests_app import moderation
from suppliers import commitments
from suppliers.models import Commitment, Contract
from tests.conftest import make_commitment, make_request

pytestmark = pytest.mark.django_db
SECRET = "Bookkeeping and accountancy hours, our secret words"
BOOKS = {
    "title": "Someone to do our books",
    "description": "Bookkeeping: we need a bookkeeper to keep the accounts.",
    "kind": "advice",
}


@pytest.fixture(autouse=True)
def fresh_memory():
    engine.memory.forget()


@pytest.fixture
def promise(supplier, people):
    made = make_commitment(supplier, 60, by=people["cara"], wording=SECRET, reference="C-9")
    Commitment.objects.filter(pk=made.pk).update(kind="advice")
    return made


def work():
    """What a worker does about everything noted so far; returns how many e-mails went out."""
    before = len(mail.outbox)
    tasks.follow.call()
    sending.send_due()
    return len(mail.outbox) - before


def a_day_later(days=1):
    return timezone.now() + timedelta(days=days)


def test_a_saved_search_is_told_at_once_of_what_it_finds_and_of_nothing_else(group, people):
    subscriptions.save_search({"kind": "advice", "q": "books"}, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    make_request(group, title="Paint our hall")
    assert work() == 1
    message = mail.outbox[0]
    assert message.to == ["sam@example.org"]
    assert BOOKS["title"] in message.body
    assert "Paint our hall" not in message.body


def test_nobody_is_told_the_same_twice(group, people):
    subscriptions.save_search({"kind": "advice"}, "at_once", by=people["sam"])
    request = make_request(group, **BOOKS)
    assert work() == 1
    tasks.follow.call()
    recipients.at_once([request.pk])
    assert sending.send_due() == 0
    Subscription.objects.update(often="daily", looked_at=timezone.now() - timedelta(days=3))
    assert recipients.digests() == 0
    moderation.close(request, "Not now", by=people["alice"])
    moderation.reopen(request, by=people["alice"])
    assert work() == 0
    assert Alert.objects.count() == 1


def test_a_request_that_answers_several_searches_is_told_once(group, people, promise, supplier):
    for search in ({"kind": "advice"}, {"q": "books"}, {}):
        subscriptions.save_search(search, "at_once", by=people["sam"])
    subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    request = make_request(group, **BOOKS)
    assert work() == 1
    Subscription.objects.update(often="daily", looked_at=timezone.now() - timedelta(days=3))
    recipients.digests()
    assert sending.send_due() == 0
    with pytest.raises(IntegrityError), transaction.atomic():  # whatever else may write alerts one day
        other = Subscription.objects.exclude(alerts__isnull=False).first()
        Alert.objects.create(user=people["sam"], subscription=other, request=request, due_at=timezone.now())


def test_what_a_stopped_search_had_still_to_tell_is_told_by_another(group, people):
    first = subscriptions.save_search({"kind": "advice"}, "at_once", by=people["sam"])
    subscriptions.save_search({"q": "books"}, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    tasks.follow.call()
    told_by = Alert.objects.get().subscription
    subscriptions.stop(told_by)
    assert sending.send_due() == 1
    assert Alert.objects.get().subscription != told_by
    assert first.user == people["sam"]


def test_one_that_can_not_be_written_to_holds_up_nobody(group, people, monkeypatch):
    for name in ("charlie", "sam", "tess"):
        subscriptions.save_search({"kind": "advice"}, "at_once", by=people[name])
    make_request(group, **BOOKS)
    tasks.follow.call()
    message = sending._message

    def breaks(subscription, *args):
        if subscription.user == people["charlie"]:
            raise ValueError("a fault of ours")
        return message(subscription, *args)

    monkeypatch.setattr(sending, "_message", breaks)
    assert sending.send_due() == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["sam@example.org", "tess@example.org"]
    monkeypatch.undo()
    assert sending.send_due() == 1


@pytest.mark.parametrize(("often", "days"), [("daily", 1), ("weekly", 7)])
def test_a_digest_comes_when_its_turn_is_and_only_with_something_new(often, days, group, people):
    subscriptions.save_search({"kind": "advice"}, often, by=people["sam"])
    make_request(group, **BOOKS)
    make_request(group, **BOOKS | {"title": "Payroll for two"})
    assert work() == 0
    assert recipients.digests(a_day_later(days / 2)) == 0
    assert recipients.digests(a_day_later(days)) == 2
    assert sending.send_due() == 1
    assert "Payroll for two" in mail.outbox[0].body
    assert recipients.digests(a_day_later(2 * days)) == 0
    assert sending.send_due() == 0


def test_a_digest_starts_with_what_came_after_it_was_asked_for(group, people):
    make_request(group, **BOOKS)
    subscriptions.save_search({"kind": "advice"}, "daily", by=people["sam"])
    assert recipients.digests(a_day_later()) == 0


def test_a_match_is_told_with_its_reasons_to_the_supplier_alone(group, promise, supplier, people):
    subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    make_request(group, title="Dig over our allotment", description="Weeds")
    assert work() == 1
    body = mail.outbox[0].body
    assert "counts as 10 hours" in body
    assert "nobody has answered yet" in body
    assert "allotment" not in body


def test_a_withdrawn_commitment_leaves_no_trace(group, promise, supplier, people):
    subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    tasks.follow.call()
    assert Alert.objects.count() == 1
    commitments.withdraw(promise, "Contract varied", by=people["cara"])
    assert sending.send_due() == 0
    assert mail.outbox == []
    assert Alert.objects.get().dropped_at is not None


def test_a_contract_that_is_over_is_told_of_nothing_new(group, promise, supplier, people):
    subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    tasks.follow.call()
    Contract.objects.update(end=timezone.localdate() - timedelta(days=1))
    assert sending.send_due() == 0
    assert mail.outbox == []


def test_what_was_met_or_paused_before_its_turn_is_not_told(group, people):
    subscriptions.save_search({"kind": "advice"}, "at_once", by=people["sam"])
    request = make_request(group, **BOOKS)
    tasks.follow.call()
    moderation.close(request, "Sorted", by=people["alice"])
    assert sending.send_due() == 0
    assert mail.outbox == []


def test_whoever_left_the_organisation_is_told_nothing_of_its_matches(group, promise, supplier, people):
    subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    Membership.objects.filter(user=people["sam"]).delete()
    make_request(group, **BOOKS)
    assert work() == 0


def test_own_requests_are_no_news(group, people):
    subscriptions.save_search({}, "at_once", by=people["alice"])
    make_request(group, **BOOKS)
    assert work() == 0


def test_the_link_stops_it_without_signing_in_but_not_on_being_opened(group, people, client):
    saved = subscriptions.save_search({"kind": "advice"}, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    work()
    message = mail.outbox[0]
    link = re.search(r"https?://\S+/alerts/stop/\S+", message.body).group()
    path = re.sub(r"^https?://[^/]+", "", link)
    assert message.extra_headers["List-Unsubscribe"] == f"<{link}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(path).status_code == 200
    saved.refresh_from_db()
    assert saved.stopped_at is None  # a mail scanner opens links
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    saved.refresh_from_db()
    assert saved.stopped_at is not None
    make_request(group, **BOOKS | {"title": "More books"})
    assert work() == 0
    assert client.post(path).status_code == 200  # said again, it does no harm


def test_the_same_search_saved_again_changes_how_often_it_comes(people):
    first = subscriptions.save_search({"kind": "advice"}, "at_once", by=people["sam"])
    again = subscriptions.save_search({"kind": "advice", "page": "3"}, "weekly", by=people["sam"])
    assert (again.pk, again.often) == (first.pk, "weekly")


def test_a_person_has_so_many_alerts_and_no_more(people):
    for number in range(subscriptions.MOST):
        subscriptions.save_search({"q": f"word{number}"}, "daily", by=people["sam"])
    with pytest.raises(ValidationError, match="20 alerts already"):
        subscriptions.save_search({"q": "one more"}, "daily", by=people["sam"])


def test_a_search_is_saved_followed_changed_and_stopped_in_the_pages(people, supplier, client):
    client.force_login(people["sam"])
    page = client.get(reverse("requests"), {"kind": "goods"}).content.decode()
    assert "/alerts/new/?kind=goods" in page
    assert client.post(reverse("alert_new") + "?kind=goods", {}).status_code == 200  # how often was not chosen
    client.post(reverse("alert_new") + "?kind=goods", {"often": "weekly"})
    client.post(reverse("alert_matches", args=[supplier.pk]), {"often": "daily"})
    page = client.get(reverse("alerts")).content.decode()
    assert "Goods and equipment" in page
    assert f"Matches for {supplier}" in page
    goods = Subscription.objects.get(organisation=None)
    client.post(reverse("alert_change", args=[goods.pk]), {"often": "at_once"})
    goods.refresh_from_db()
    assert goods.often == "at_once"
    client.post(reverse("alert_change", args=[goods.pk]), {"stop": "1"})
    assert not Subscription.objects.running().filter(pk=goods.pk).exists()


def test_odd_searches_are_refused_or_cleaned(people, client):
    client.force_login(people["sam"])
    for odd in ("?kind=nonsense", "?postcode=%00%00", "?district=9999999999999999999", "?needed_by=31-31-31"):
        assert client.get(reverse("alert_new") + odd).status_code in (200, 302)
        assert client.post(reverse("alert_new") + odd, {"often": "daily"}).status_code in (200, 302)
    for subscription in Subscription.objects.all():  # what is kept is a search that finds
        assert set(subscription.search) <= {"q", "kind", "district", "outcome", "needed_by"}
        assert "nonsense" not in str(subscription.search)


def test_many_new_requests_make_one_email(group, people):
    subscriptions.save_search({"kind": "advice"}, "daily", by=people["sam"])
    for number in range(sending.MOST + 5):
        make_request(group, **BOOKS | {"title": f"Books number {number}"})
    recipients.digests(a_day_later())
    assert sending.send_due() == 1
    assert "And 5 more" in mail.outbox[0].body
    assert sending.send_due() == 0


def test_what_waits_for_a_rarer_digest_is_told_at_once_where_another_search_asks_for_that(group, people):
    subscriptions.save_search({"kind": "advice"}, "weekly", by=people["sam"])
    Subscription.objects.update(looked_at=timezone.now() - timedelta(days=8))
    request = make_request(group, **BOOKS)
    Alert.objects.create(
        user=people["sam"], subscription=Subscription.objects.get(), request=request, due_at=timezone.now()
    )
    at_once = subscriptions.save_search({"q": "books"}, "at_once", by=people["sam"])
    recipients.at_once([request.pk])
    assert Alert.objects.get().subscription == at_once
    assert sending.send_due() == 1


def test_what_one_search_may_not_tell_any_more_is_told_by_another(group, promise, supplier, people):
    matches = subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    request = make_request(group, **BOOKS)
    Alert.objects.create(user=people["sam"], subscription=matches, request=request, due_at=timezone.now())
    search = subscriptions.save_search({"q": "books"}, "at_once", by=people["sam"])
    Subscription.objects.filter(pk=search.pk).update(created_at=timezone.now() - timedelta(days=1))
    Membership.objects.filter(user=people["sam"]).delete()
    sending.send_due()
    sending.send_due()
    assert Alert.objects.get().subscription == search
    assert [message.to for message in mail.outbox] == [["sam@example.org"]]
