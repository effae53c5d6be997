"""Rule 7: not yours is 404; yours, but not allowed, is 403: the exact answers, for every kind of person.

test_every_address.py holds that no address is without a rule.
"""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from guidance.governance import actions as acting
from guidance.models import Action, GovernanceGroup, Outcome, ReviewTask, SocialValueModel
from matching.alerts import subscriptions
from matching.models import Proposal, WeightsTrial
from matching.ranking import weights
from offers import asking, referring
from organisations import approvals, doors, memberships, proving, uploads, vouching
from organisations.models import Campaign, Membership
from performance import improving
from reports import certificates, papers
from requests_app import deliveries, links, moderation, pledges
from requests_app.models import Delivery, Request, RequestPicture
from talking import bookings, calendar, conversation, meetings, volunteer_days
from talking.models import Question, Report
from tests import once
from tests.assurance.finished import finished_sample
from tests.conftest import make_organisation, make_page, make_request, make_role, make_user
from tests.marketplace.access_rows import ROWS
from tests.offers.conftest import make_offer
from tests.returns.owing import owe_return

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]  # rights do not hang on the database
module_db, people, group, supplier, commitment, wanted = once.FIXTURES  # made once for all tests here

PEOPLE = ["anonymous", "alice", "bob", "tess", "sam", "charlie", "cara", "pat", "mo", "edie", "dee"]
OWN = {"alice", "bob"}
SECRETS = ("Secret draft", "Secret words", "Secret evidence", "01632 960123")


@pytest.fixture(scope="module")
def things(group, supplier, commitment, people):
    """One of everything, with data that could leak."""
    today = timezone.localdate()
    make_organisation("Libraries", "council_team", people["tess"])
    live = Request.objects.for_page().get(pk=make_request(group).pk)
    draft = make_request(group, live=False, title="Secret draft")
    pledge = pledges.offer(live, supplier, Decimal(4), by=people["sam"], commitment=commitment, message="Secret words")
    pledges.accept(pledge, by=people["alice"])
    other = Request.objects.for_page().get(pk=make_request(group, title="Other").pk)
    offered = pledges.offer(other, supplier, Decimal(1), by=people["sam"])
    file = (uploads.check(SimpleUploadedFile("sheet.txt", b"Secret evidence")), "sheet.txt")
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"], files=[file])
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    checked = uploads.check(SimpleUploadedFile("hall.png", out.getvalue()))
    picture = uploads.keep(checked, "hall.png", group, people["alice"])
    keeper = make_role("Keeper", people["cara"])
    page = make_page("Advice", keeper)
    steering = GovernanceGroup.objects.create(name="Steering", slug="steering", purpose="To steer")
    action = acting.start(
        Action(title="Act", owner=keeper, group=steering, opened_on=today, first_target_on=today), by=people["edie"]
    )
    model = SocialValueModel.objects.get(slug="central-2026")
    task = ReviewTask.objects.create(model=model, role=keeper, what="Rewrite", opened_at=timezone.now())
    subscription = subscriptions.follow_matches(supplier, "daily", by=people["sam"])
    proposal = Proposal.objects.create(wanted={}, asked_by=people["cara"])
    line = proposal.lines.create(commitment=commitment, request=live, quantity=2, counts=2, value=1)
    return {
        "alert": subscription.pk,
        "alert key": subscription.key,
        "proposal": proposal.pk,
        "line": line.pk,
        "trial": WeightsTrial.objects.create(values=weights.current(), asked_by=people["cara"]).pk,
        "page": page.pk,
        "draft page": make_page("Secret draft", keeper, live=False).pk,
        "role": keeper.pk,
        "governance group": "steering",
        "action": action.pk,
        "task": task.pk,
        "model": model.pk,
        "outcome": Outcome.objects.get(model__slug="central-2025", code="1a").pk,
        "draft outcome": model.outcomes.first().pk,
        "live": live.pk,
        "draft": draft.pk,
        "group": group.pk,
        "supplier": supplier.pk,
        "picture": RequestPicture.objects.create(request=draft, upload=picture, description="Hall").upload_id,
        "pledge": pledge.pk,
        "offered": offered.pk,
        "delivery": delivery.pk,
        "token": links.make(delivery, people["alice"]),
        "certificate": certificates.code_of(delivery),
        "need token": links.about_need(live.totals, people["alice"]),
        "evidence": delivery.evidence.get().pk,
        "commitment": commitment.pk,
        "contract": commitment.contract_id,
        "return line": commitment.return_lines.create(
            delivered_on=timezone.localdate(), quantity=1, note="Seen", by=people["cara"]
        ).pk,
        "question": Question.objects.create(
            request=live,
            organisation=supplier,
            text="Dry?",
            asked_by=people["sam"],
            asked_at=timezone.now(),
            answer="Yes",
            answered_by=people["alice"],
            answered_at=timezone.now(),
            state="answered",
        ).pk,
        "report": Report.objects.create(path="/requests/1/", why="false", at=timezone.now()).pk,
        "message token": conversation.link_for(pledge, people["alice"]),
        "paper": papers.make(today, by_words="A test")[0].pk,
        "improvement": improving.ask(commitment, "Start", today + timedelta(days=9), by=people["cara"]).pk,
        **finished_sample(commitment, delivery, people["dee"]),
        **owe_return(commitment, supplier, people["sam"]),
        "party": commitment.contract.parties.create(name="Parent plc", role="parent").pk,
        "asking": Membership.objects.create(organisation=group, user=people["dee"]).pk,
        **agreed_day(pledge, people),
        **offers_of(supplier, group, people),
        "address token": unproved_address(),
        **ways_in(people["edie"]),
        "sponsor token": asked_sponsor(people["edie"]),
        "invitation": memberships.invite(group, "new@example.org", "member", by=people["alice"]),
    }


def ways_in(by):
    """A campaign's code, and the token of an invitation to a supplier."""
    day = timezone.localdate()
    made = doors.start(Campaign(code="FAIR26", name="Fair", since=day, until=day), by=by)
    return {"campaign": made.pk, "code": made.code, "invited token": doors.link_for("x@example.org").split("/")[-2]}


def offers_of(supplier, group, people):
    """A public offer of which alice's group has asked for some, a draft of another, and a referrer."""
    offer = make_offer(supplier, people["sam"], people["mo"])
    return {
        "offer": offer.pk,
        "draft offer": make_offer(supplier, people["sam"], title="Secret draft").pk,
        "asked": asking.ask(offer, group, Decimal(2), "Secret words", by=people["alice"]).pk,
        "referrer": referring.approve(group, "Runs the job club", by=people["mo"]).pk,
    }


def agreed_day(pledge, people):
    """A day that sam proposed and alice accepted, with its file's address and alice's feed."""
    day = meetings.propose(pledge, [timezone.now() + timedelta(days=9)], 120, by=people["sam"])
    meetings.accept(day, day.times.get(), by=people["alice"])
    alice = people["alice"]
    return {
        "meeting": day.pk,
        "day token": calendar.token_for(day, alice),
        "feed token": calendar.feed_token(alice),
        **volunteers(pledge, people),
    }


def volunteers(pledge, people):
    """A volunteer day that alice planned, on which sam has places."""
    starts = timezone.now() + timedelta(days=12)
    options = {"bring": "Old clothes", "by": people["alice"]}
    day = volunteer_days.announce(pledge.request, starts, 120, [("Painting", 6, 1)], **options)[0]
    places = bookings.take(day.tasks.get(), pledge, 2, by=people["sam"], who="Secret words")
    return {
        "volunteer day": day.pk,
        "volunteer task": day.tasks.get().pk,
        "booking": places.pk,
        "volunteer token": calendar.volunteer_token_for(day, people["sam"]),
    }


def unproved_address():
    """The token of a link beside a code, of somebody who has just signed up."""
    person = make_user("newcomer")
    person.emailaddress_set.update(verified=False)
    return proving.token_for(person, person.email)


def asked_sponsor(founder):
    """The token of a sponsor's link, of a group that waits."""
    waiting = make_organisation("Knitters", "informal", state="waiting", sponsor_email="clerk@example.org")
    vouching.ask(waiting, by=founder)
    return vouching.token_for(waiting)


@pytest.mark.parametrize("row", ROWS)
def test_who_gets_what(row, things, people):
    arguments, method, allowed, others, anonymous = ROWS[row]
    path = reverse(row.split(" ")[0], args=[things.get(value, value) for value in arguments])
    expected = {who: anonymous if who == "anonymous" else allowed.get(who, others) for who in PEOPLE}
    found = {}
    for who in PEOPLE:
        with transaction.atomic():
            found[who], body = ask(method, path, None if who == "anonymous" else people[who])
            transaction.set_rollback(True)  # the next person finds everything as it was
        if found[who] in (403, 404):
            assert not [secret for secret in SECRETS if secret in body], who
    assert found == expected


def ask(method, path, user):
    client = Client()
    if user:
        client.force_login(user)
    response = getattr(client, method)(path)
    return response.status_code, b"".join(response).decode(errors="replace")


@pytest.mark.parametrize("who", ["alice", "sam", "charlie"])
@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/organisations/", "/admin/deliveries/", "/admin/snippets/requests_app/request/"],
)
def test_the_staff_admin_is_closed_to_everybody_else(who, path, people, client, things):
    client.force_login(people[who])
    response = client.get(path)
    assert response.status_code == 302
    assert "Secret" not in response.content.decode()


def test_a_moderator_reads_no_ledger_and_a_leader_changes_nothing(people, client, things):
    client.force_login(people["dee"])
    before = Delivery.objects.values().get(pk=things["delivery"])
    assert client.post(f"/admin/deliveries/{things['delivery']}/verify/", {"verify": ""}).status_code == 302
    assert Delivery.objects.values().get(pk=things["delivery"]) == before
    client.force_login(people["mo"])
    hidden = client.get(reverse("commitment", args=[things["commitment"]]))
    assert hidden.status_code == 404
    assert "Staff volunteering" not in hidden.content.decode()


def test_a_returned_request_closes_to_its_editors_while_a_moderator_reads(group, people, client):
    draft = make_request(group, live=False)
    moderation.submit(draft, by=people["alice"])
    client.force_login(people["alice"])
    address = reverse("request_edit", args=[draft.pk, "need"])
    assert client.get(address).status_code == 403
    assert client.post(address, {"title": "Another", "description": "Words", "beneficiaries": "All"}).status_code == 403
    assert Request.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "Paint our hall"


def test_a_group_and_its_first_request_are_decided_together_the_group_first(people, client):
    waiting = make_organisation("New Group", "informal", people["charlie"], state="waiting")
    client.force_login(people["charlie"])
    assert client.get(reverse("request_new_step", args=[waiting.pk])).status_code == 200
    draft = make_request(waiting, live=False)
    assert "at the same time" in client.get(reverse("request_check", args=[draft.pk])).content.decode()
    client.post(reverse("request_check", args=[draft.pk]))
    state = moderation.state_of(draft)
    with pytest.raises(ValidationError, match="Decide about the group first"):
        moderation.answer(draft, "approve", "", by=people["mo"], seen=state.revision_id)
    approvals.approve(waiting, "Welcome", by=people["mo"])
    moderation.answer(draft, "approve", "", by=people["mo"], seen=state.revision_id)
    assert Request.objects.get(pk=draft.pk).live


def test_a_group_that_is_not_approved_has_its_request_back_as_a_draft(people, client):
    waiting = make_organisation("New Group", "informal", people["charlie"], state="waiting")
    draft = make_request(waiting, live=False)
    moderation.submit(draft, by=people["charlie"])
    approvals.refuse(waiting, "We do not know you", by=people["mo"])
    draft = Request.objects.get(pk=draft.pk)
    assert not moderation.waits(draft) and not draft.live
    with pytest.raises(ValidationError, match="has not approved"):
        moderation.submit(draft, by=people["charlie"])


def test_only_a_draft_that_was_never_public_can_be_deleted(group, people, client):
    client.force_login(people["alice"])
    public = make_request(group)
    waits = make_request(group, live=False, title="Chairs")
    moderation.submit(waits, by=people["alice"])
    for request in (public, waits):
        assert client.get(reverse("request_discard", args=[request.pk])).status_code == 302
        client.post(reverse("request_discard", args=[request.pk]))
        assert Request.objects.filter(pk=request.pk).exists()
