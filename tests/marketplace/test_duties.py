"""Nothing stands still unseen: each state of a request or organisation that only its group can move is on its page."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace import duties
from organisations import approvals
from organisations.models import Organisation
from requests_app import deliveries, moderation, pledges
from requests_app.models import Request, RequestTotals
from tests.conftest import make_organisation, make_request, markup

pytestmark = pytest.mark.django_db


def waits(organisation):
    return [(waiting.words, waiting.url) for waiting in duties.for_requestor([organisation.pk])]


def answer(request, verb, words, people):
    seen = moderation.state_of(request).revision_id
    moderation.answer(Request.objects.get(pk=request.pk), verb, words, by=people["mo"], seen=seen)


def test_every_state_of_a_request_is_named_or_waits_for_somebody_else(group, people):
    draft = make_request(group, live=False, title="Draft")
    check = reverse("request_check", args=[draft.pk])
    assert waits(group) == [("Go on with your draft, or delete it", check)]
    moderation.submit(draft, by=people["alice"])
    assert waits(group) == [], "a moderator's turn"
    answer(draft, "reject", "Say which hall", people)
    assert waits(group) == [("Change your request: the council has returned it", check)]
    moderation.submit(Request.objects.get(pk=draft.pk), by=people["alice"])
    answer(draft, "approve", "", people)
    public = Request.objects.get(pk=draft.pk)
    assert waits(group) == []
    public.title = "Other words"
    public.save_revision(user=people["alice"])
    assert waits(group) == [("Submit what you changed", check)]
    Request.objects.filter(pk=public.pk).update(has_unpublished_changes=False)
    page, rows = reverse("request", args=[public.pk]), RequestTotals.objects.filter(request=public)
    rows.update(checked_at=timezone.now() - timedelta(days=60))
    assert waits(group) == [("Say whether it is still needed", page)]
    rows.update(state="paused", listed=False)
    assert waits(group) == [("Say whether it is still needed: it is paused", page)]
    rows.update(state="closed")
    assert waits(group) == []
    assert {state for state, _ in RequestTotals.State.choices} == {"open", "paused", "closed"}


def test_a_refused_organisation_says_why_and_where_to_change_it(people, client):
    group = make_organisation("Lunch Club", "vcse", people["alice"], state="waiting")
    approvals.refuse(group, "No sponsor", by=people["mo"])
    words = "See what the council did not approve"
    assert waits(group) == [(words, group.get_absolute_url())]
    client.force_login(people["alice"])
    page = markup(client.get(reverse("dashboard")))
    assert words in page and "No sponsor" in page


def test_the_list_asks_as_often_for_many_requests_as_for_one(group, django_assert_num_queries):
    for n in range(4):
        make_request(group, live=False, title=f"Draft {n}")
        with django_assert_num_queries(6):
            duties.for_requestor([group.pk])


def test_a_met_request_says_so_on_its_card_and_page(wanted, supplier, people, client):
    pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(10), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(10), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    page = markup(client.get("/requests/?show=met"))
    assert "Met: 10 hours" in page and "Asked for 10 hours" not in page
    page = markup(client.get(wanted.get_absolute_url()))
    assert "asked for <strong>10 hours</strong>" in page and "needs <strong>" not in page


def test_a_draft_says_what_is_not_said_yet(group, people, client):
    draft = make_request(group, live=False, title="Draft", description="")
    Request.objects.filter(pk=draft.pk).update(quantity=None, unit="", outcode=None, district=None)
    client.force_login(people["alice"])
    page = markup(client.get(draft.get_absolute_url()))
    assert "not said yet how much" in page and "Not said yet" in page and "needs <strong></strong>" not in page
    page = markup(client.get(reverse("request_check", args=[draft.pk])))
    assert "See it as others will" in page and "Copy to a new request" not in page


def test_states_of_organisations_are_all_thought_of():
    assert {state for state, _ in Organisation.State.choices} == {"waiting", "approved", "refused", "closed"}
