"""What the demo has for pages to be about: run in the site's shell, prints {what: its number} as JSON."""

THINGS = """
import json
from offers.models import Ask, Offer
from organisations import vouching
from django.utils import timezone
club = Organisation.objects.get(name="Merstham Lunch Club")
builder = Organisation.objects.get(name="Holmbury Construction")
today = timezone.localdate()
open_ones = RequestTotals.objects.filter(listed=True, outcode__gt="", needed_by__gt=today)
open_ones = open_ones.exclude(request__organisation=club).exclude(request__pledges__supplier=builder)
claimed = Delivery.objects.filter(state__in=["claimed", "disputed"]).first()
print(json.dumps({
    "club": club.pk, "builder": builder.pk,
    "shown": open_ones.order_by("-request").first().request_id,
    "to_pledge": open_ones.order_by("-request")[1].request_id,
    "asked": Question.objects.public().first().request_id,
    "to_answer": Question.objects.to_answer().first().pk,
    "to_decide": Question.objects.to_decide().first().pk,
    "reported": Report.objects.first().pk,
    "thanked": Thanks.objects.shown().first().delivery.pledge.supplier_id,
    "met": RequestTotals.objects.public().met().first().request_id,
    "offered": Pledge.objects.filter(request__organisation=club, state="offered").first().pk,
    "ours": RequestTotals.objects.filter(request__organisation=club, listed=True).latest("request").request_id,
    "commitment": Commitment.objects.filter(contract__supplier=builder).first().pk,
    "contract": Commitment.objects.filter(contract__supplier=builder).first().contract_id,
    "return": Return.objects.filter(state="sent").first().pk,
    "owed": Return.objects.filter(contract__supplier=builder, state__in=["open", "queried"]).first().pk,
    "improvement": Improvement.objects.first().pk,
    "to_improve": Improvement.objects.to_answer().filter(commitment__contract__supplier=builder).first().pk,
    "paper": Paper.objects.first().pk,
    "sample": Sample.objects.finished().get().pk,
    "item": SampleItem.objects.filter(checked_at=None).first().pk,
    "moderated": int(WorkflowState.objects.filter(
        status="in_progress", base_content_type__app_label="requests_app"
    ).first().object_id),
    "count": Pledge.objects.counts_to_agree().first().pk,
    "sponsor": vouching.token_for(Organisation.objects.get(name="Tilford Toddlers")),
    "together": VolunteerDay.objects.first().request_id,
    "places": VolunteerBooking.objects.taken().filter(pledge__supplier=builder).first().pk,
    "task": VolunteerTask.objects.order_by("pk").last().pk,
    "taken": Pledge.objects.accepted().filter(request__organisation=club).latest("pk").pk,
    "waiting": Organisation.objects.filter(state="waiting").first().pk,
    "delivery": Delivery.objects.filter(state="confirmed").first().pk,
    "outcome": Outcome.objects.get(model__is_councils_own=True, code="4").pk,
    "page": GuidancePage.objects.get(slug="post-a-request").pk,
    "role": Role.objects.get(slug="procurement-slt").pk,
    "action": Action.objects.first().pk,
    "message": Message.objects.stuck().first().pk,
    "proposal": Proposal.objects.exclude(made_at=None).first().pk,
    "line": ProposalLine.objects.first().pk,
    "alert": Subscription.objects.first().key,
    "need": Need.objects.first().pk,
    "link": ThreadLink.objects.first().pk,
    "offer": Offer.objects.open_on(today).filter(supplier=builder, for_people=False).first().pk,
    "jobs": Offer.objects.filter(for_people=True).first().pk,
    "offer_waits": Offer.objects.to_decide().first().pk,
    "ask": Ask.objects.to_answer().filter(offer__supplier=builder).first().pk,
    "draft": SocialValueModel.objects.get(slug="central-2026").pk,
}))"""
