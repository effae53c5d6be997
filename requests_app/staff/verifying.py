"""Many deliveries verified at once: looked through, chosen, previewed with what it changes, then done one by one."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import deciding as desk
from screens.frames import frame, pressed, require
from vocabulary.quantities import ZERO
from vocabulary.units import say_total
from words.numbers import numbers

from .. import claims, deliveries
from ..models import DeliveryEvent, Evidence
from ..permissions import CHANGE_DELIVERY
from . import waiting

MOST = 200
OLD_DAYS = 120  # recorded that long after it happened


@dataclass
class Row:
    """A delivery that waits, with what a person should look at before it is verified."""

    delivery: object
    marks: list
    has_files: bool


@dataclass(frozen=True)
class Change:
    """What verifying adds to what is verified under one contract, in the unit of the requests."""

    contract: str
    more: str


def rows_of(user):
    """[Row] of what this person may verify, the first due first, at most MOST."""
    waits = waiting.deliveries_of(user)[:MOST]
    ids = [delivery.pk for delivery in waits]
    proved = set(Evidence.objects.filter(delivery__in=ids).values_list("delivery", flat=True))
    asked = DeliveryEvent.objects.filter(delivery__in=ids, what=DeliveryEvent.What.QUERIED)
    queried = set(asked.values_list("delivery", flat=True))
    in_all = claims.in_all({delivery.pledge_id for delivery in waits})
    return [
        Row(delivery, list(marks_of(delivery, proved, queried, in_all)), delivery.pk in proved) for delivery in waits
    ]


def marks_of_one(delivery):
    """As `marks_of`, of one delivery; nothing of one that nobody confirmed yet."""
    if delivery.confirmed is None:
        return []
    events, what = delivery.events.filter(what=DeliveryEvent.What.QUERIED), DeliveryEvent.What
    confirmed = delivery.events.filter(what__in=[what.CONFIRMED, what.CORRECTED])
    delivery.since = confirmed.aggregate(Max("at"))["at__max"]
    proved = {delivery.pk} if delivery.evidence.exists() else set()
    queried = {delivery.pk} if events.exists() else set()
    return list(marks_of(delivery, proved, queried, claims.in_all([delivery.pledge_id])))


def marks_of(delivery, proved, queried, in_all):
    """Words of what is odd about a delivery; nothing where it can be verified with the others."""
    commitment = delivery.pledge.commitment
    if delivery.pk not in proved and commitment and commitment.evidence_asked:
        yield f"No file, though the contract asks for evidence: {commitment.evidence_asked}"
    if delivery.confirmed != delivery.claimed:
        yield f"The group confirmed {delivery.confirmed_words} of {delivery.claimed_words}"
    if in_all[delivery.pledge_id] > delivery.pledge.quantity:
        said = delivery.pledge.request.say(in_all[delivery.pledge_id])
        yield f"{said} stand under this pledge in all, more than was pledged: {delivery.pledge.quantity_words}"
    if delivery.pk in queried:
        yield "The council asked about it before"
    if (delivery.since.date() - delivery.delivered_on).days > OLD_DAYS:
        yield f"Confirmed long after it happened on {delivery.delivered_on:%-d %B %Y}"


def changes_of(chosen):
    """[Change] of verifying these deliveries, by contract and unit of the request."""
    sums = {}
    for delivery in chosen:
        contract = waiting.contract_of(delivery.pledge)
        key = (str(contract or "No contract"), delivery.pledge.request.unit)
        sums[key] = sums.get(key, ZERO) + delivery.confirmed
    return [Change(contract, say_total(amount, unit)) for (contract, unit), amount in sorted(sums.items())]


def deliveries_verify(request):
    """The queue of deliveries; those that are ticked are previewed, then verified as the groups confirmed them."""
    require(request.user, CHANGE_DELIVERY)
    rows, chosen = rows_of(request.user), []
    if request.method == "POST":
        button = pressed(request, "preview", "verify")
        wanted = set(numbers(request.POST.getlist("delivery")))
        chosen = [row.delivery for row in rows if row.delivery.pk in wanted]
        if not chosen:
            messages.error(request, "Tick the deliveries that you verify.")
        elif button == "verify":
            return verify(request, chosen)
    context = {
        "rows": rows, "chosen": chosen, "changes": changes_of(chosen), "most": MOST,
        "sound": sum(not row.marks for row in rows),
        **frame("Deliveries to verify", "check", (reverse("delivery_queue:index"), "Deliveries")),
    }  # fmt: skip
    return TemplateResponse(request, "requests_app/admin/deliveries_verify.html", context)


def verify(request, chosen):
    """Verify each as its group confirmed it."""
    desk.one_by_one(
        request, chosen, lambda delivery: deliveries.verify(delivery, by=request.user),
        lambda done: f"{done} deliver{'y is' if done == 1 else 'ies are'} verified. Both sides were told.",
    )  # fmt: skip
    return redirect("deliveries_verify")
