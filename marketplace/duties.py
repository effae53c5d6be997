"""What waits for each kind of person, the first due first: one list, which their own page and the staff home show.

Nothing waits twice: what has a queue of its own is named case by case up to a few, and the rest as one line.
"""

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from desk.clocks import allowing, until
from offers.models import Ask, Offer
from organisations.models import Membership, Organisation
from performance.models import Improvement
from requests_app import standing
from requests_app.models import Delivery, Pledge, Request, RequestTotals
from returns.models import Return
from suppliers import agreeing
from suppliers.models import Commitment, Contract
from talking.models import Meeting, Question

from .staff_duties import for_staff
from .waiting import Waiting, by_urgency

ANSWER_DAYS = 3  # working days in which a group should answer a question


def for_person(user, ids):
    """[Waiting] of a person who acts for the organisations `ids`."""
    return sorted([*for_requestor(ids), *for_supplier(ids), *for_either_side(ids), *for_staff(user)], key=by_urgency)


def for_either_side(ids):
    """Days that the other side of a pledge proposed."""
    either = Q(side="supplier", pledge__request__organisation__in=ids) | Q(side="requestor", pledge__supplier__in=ids)
    for meeting in Meeting.objects.to_answer().filter(either).select_related("pledge__request", "pledge__supplier"):
        words = f"Choose a day for “{meeting.pledge.request}”"
        clock = allowing(day_of(meeting.proposed_at), ANSWER_DAYS)
        yield Waiting(words, reverse("day_choose", args=[meeting.pk]), str(meeting.pledge.supplier), clock)


def day_of(moment):
    return timezone.localdate(moment)


def for_requestor(ids):
    """Pledges to answer, deliveries to confirm, requests returned, people who ask to join."""
    things = []
    for pledge in Pledge.objects.waiting_for_answer().filter(request__organisation__in=ids).with_both_sides():
        due = timezone.localtime(pledge.answer_due_at)
        words = f"Answer {pledge.supplier}’s pledge of {pledge.quantity_words} by {due:%-d %B}"
        clock = until(day_of(pledge.offered_at), due.date())
        things.append(Waiting(words, pledge.get_absolute_url(), pledge.request.title, clock))
    claimed = Delivery.objects.to_confirm().with_pledge().filter(pledge__request__organisation__in=ids)
    for delivery in claimed.order_by("pk"):
        words = f"Confirm that {delivery.claimed_words} arrived from {delivery.pledge.supplier}"
        things.append(Waiting(words, delivery.get_absolute_url(), delivery.pledge.request.title))
    for question in Question.objects.to_answer().filter(request__organisation__in=ids).select_related("request"):
        asked_on = day_of(question.asked_at)
        words = f"Answer a question about “{question.request}”"
        things.append(Waiting(words, question.get_absolute_url(), question.text[:80], allowing(asked_on, ANSWER_DAYS)))
    things += requests_of(ids)
    refused = Organisation.objects.filter(pk__in=ids, state=Organisation.State.REFUSED)
    for organisation in refused:
        about = f"{organisation}: {organisation.state_reason}"[:120]
        things.append(Waiting("See what the council did not approve", organisation.get_absolute_url(), about))
    owned = Membership.objects.asking().filter(
        organisation__in=Membership.objects.filter(role="owner", organisation__in=ids).values("organisation")
    )
    for membership in owned.select_related("user", "organisation"):
        url = membership.organisation.get_absolute_url()
        things.append(Waiting(f"{membership.user} asks to join", url, str(membership.organisation)))
    return things


def requests_of(ids):
    """[Waiting] of a group's own requests that go no further without it, whatever keeps each."""
    rows = Request.objects.filter(organisation__in=ids).select_related("totals").order_by("pk")
    rows = rows.filter(Q(totals=None) | ~Q(totals__state=RequestTotals.State.CLOSED)).annotate(
        status=Max("workflow_states__status", filter=Q(workflow_states__status__in=["needs_changes", "in_progress"])),
        is_asked=Exists(standing.asked_about().filter(request=OuterRef("pk"))),
    )
    found = ((request, what_is_due(request)) for request in rows)
    return [Waiting(due[0], reverse(due[1], args=[request.pk]), str(request)) for request, due in found if due]


def what_is_due(request):
    """(words, name of an address) of what only its group can do about a request, or None."""
    totals = getattr(request, "totals", None)
    if request.status == "needs_changes":
        return "Change your request: the council has returned it", "request_check"
    if request.status is None and totals is None and not request.live:
        return "Go on with your draft, or delete it", "request_check"
    if request.status is None and request.live and request.has_unpublished_changes:
        return "Submit what you changed", "request_check"
    if totals and totals.is_paused:
        return "Say whether it is still needed: it is paused", "request"
    return ("Say whether it is still needed", "request") if request.is_asked else None


def for_giver(ids):
    """What groups ask of one's offers, and offers that a moderator returned."""
    for ask in Ask.objects.to_answer().filter(offer__supplier__in=ids).with_all():
        due = timezone.localtime(ask.answer_due_at)
        words = f"Answer {ask.organisation}, who asks for {ask.quantity_words}, by {due:%-d %B}"
        yield Waiting(words, ask.get_absolute_url(), str(ask.offer), until(day_of(ask.asked_at), due.date()))
    for offer in Offer.objects.filter(supplier__in=ids, state=Offer.State.RETURNED):
        words = "Change your offer: the council has returned it"
        yield Waiting(words, reverse("offer_edit", args=[offer.pk]), str(offer))


def for_supplier(ids):
    """Deliveries that were disputed or queried, pledges accepted with nothing recorded yet, what is asked of offers."""
    things = list(for_giver(ids))
    troubled = Delivery.objects.questioned().with_pledge().filter(pledge__supplier__in=ids)
    for delivery in troubled:
        asks = "The group disputes" if delivery.is_disputed else "The council asks about"
        words = f"{asks} a delivery of {delivery.claimed_words}"
        things.append(Waiting(words, delivery.get_absolute_url(), delivery.pledge.request.title))
    owed = Return.objects.to_send().filter(contract__supplier__in=ids).select_related("contract")
    for of_return in owed.order_by("due_on", "pk"):
        verb = "Answer what is asked of" if of_return.sent_at else "Send"
        words = f"{verb} your return for {of_return.period}, due on {of_return.due_on:%-d %B}"
        clock = until(of_return.last_day, of_return.due_on)
        things.append(Waiting(words, of_return.get_absolute_url(), of_return.contract.title, clock))
    theirs = Contract.objects.filter(Q(supplier__in=ids) | Q(parties__organisation__in=ids)).values("pk")
    for asked in Improvement.objects.to_answer().filter(commitment__contract__in=theirs):
        words = f"Say what you are doing about what has to improve by {asked.until:%-d %B}"
        url = reverse("improvement_answer", args=[asked.pk])
        things.append(Waiting(words, url, asked.what[:80], until(asked.asked_on, asked.until)))
    for plan in agreeing.to_answer(Commitment.objects.filter(contract__supplier__in=ids)):
        words = f"Answer the delivery plan by {plan.answer_by:%-d %B}"
        things.append(Waiting(words, plan.commitment.get_absolute_url(), str(plan.commitment)))
    accepted = Pledge.objects.to_deliver().filter(supplier__in=ids)
    for pledge in accepted.with_both_sides():
        words = f"Deliver {pledge.quantity_words} to {pledge.request.organisation}"
        things.append(Waiting(words, pledge.get_absolute_url(), pledge.request.title))
    return things
