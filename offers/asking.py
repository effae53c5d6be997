"""Verbs of what a group asks of an offer. Granted, it is a pledge, delivered and counted like any other.

The offer's row is locked before anything is granted, and what is left is reckoned from the totals of the requests that
were made for it: nobody is given what another has, and what is taken back is there for the next.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations import limits
from records.transactions import atomic_once_more
from requests_app import pledges
from requests_app.models import Request
from vocabulary.quantities import refuse_parts
from words import contacts
from words.lines import said

from . import emails, referring
from .models import Ask, Offer


def may_ask(organisation, offer):
    """A sentence that says why an organisation can't ask for some of an offer, or ""."""
    if not organisation.is_approved:
        return "You can ask as soon as the council has approved your organisation."
    if organisation.pk == offer.supplier_id:
        return "This is your own organisation’s offer."
    if not offer.may_ask(organisation.kind):
        return f"This is offered to others: {offer.get_for_whom_display().lower()}."
    if offer.for_people and not referring.may_refer(organisation):
        return "Only referrers whom the council approved put people forward. Ask the council to become one."
    if not offer.is_open:
        return "This offer is closed."
    if Ask.objects.to_answer().filter(offer=offer, organisation=organisation).exists():
        return "Your organisation has asked already. Wait for the answer, or take it back first."
    return ""


@atomic_once_more
def ask(offer, organisation, quantity, what_for, *, by, people=""):
    """Ask for `quantity` in the offer's unit; ValidationError says what to change.

    More than is left may be asked for by whoever waits in case something is given back: it can't be granted till then.
    """
    offer = Offer.objects.for_page().get(pk=offer.pk)
    if refusal := may_ask(organisation, offer):
        raise ValidationError(refusal, code="closed")
    what_for, people = said(what_for), said(people) if offer.for_people else ""
    if not what_for:
        raise ValidationError({"what_for": "Say what it is for: the supplier decides by it."})
    if offer.for_people and not people:
        raise ValidationError({"people": "Say whom you put forward: first names are enough."})
    contacts.refuse_yet(what_for, "what_for", "once it is yours")
    contacts.refuse_yet(people, "people", "once it is yours")
    if quantity <= 0:
        raise ValidationError({"quantity": "Enter a quantity above 0."})
    refuse_parts(quantity, offer.unit)
    most = min(offer.most_each or offer.quantity, offer.quantity)
    if quantity > most:
        raise ValidationError({"quantity": f"At most {offer.say(most)} for each who asks."})
    limits.spend("ask_offer", organisation)
    now = timezone.now()
    made = Ask.objects.create(
        offer=offer, organisation=organisation, quantity=quantity, what_for=what_for, people=people, asked_by=by,
        asked_at=now, answer_due_at=pledges.answer_due(now),
    )  # fmt: skip
    emails.asked(made)
    return made


@atomic_once_more
def grant(ask, answer, *, by):
    """Give it: a request of the group is made, and a pledge towards it that the group accepts by having asked."""
    offer = Offer.objects.select_for_update(of=("self",), no_key=True).get(pk=ask.offer_id)
    offer = Offer.objects.for_page().get(pk=offer.pk)
    ask.refresh_from_db(fields=["state"])
    _check_grant(ask, offer)
    request = request_for(ask, offer)
    pledge = pledges.offer(
        request, offer.supplier, ask.quantity, by=by, commitment=offer.commitment, message=said(answer), waits=False
    )
    pledges.accept(pledge, by=ask.asked_by, tells=False)
    fields = {"answer": said(answer), "answered_by": by, "answered_at": timezone.now()}
    Ask.moves.make(ask, "grant", by=by, log_as="grant", request=request, pledge=pledge, **fields)
    emails.granted(ask)
    return pledge


def _check_grant(ask, offer):
    if not ask.waits:
        return  # the move itself says that
    if ask.answer_due_at <= timezone.now():
        raise ValidationError("The answer was due: this has lapsed. The group may ask again.", code="late")
    if not offer.is_open:
        raise ValidationError("Your offer is not open. Open it again before you give from it.", code="closed")
    if not ask.organisation.is_approved:
        raise ValidationError("This organisation can’t take part any more. Decline it.", code="closed")
    if ask.quantity > offer.left:
        words = f"{offer.say(offer.left)} are left, less than this. Offer more, or decline and ask for a smaller part."
        raise ValidationError(words, code="nothing_left")


def request_for(ask, offer):
    """The group's request that stands behind a pledge. Its words are the offer's, which a moderator has read."""
    made = Request(
        organisation=ask.organisation, kind=offer.kind, title=offer.title, quantity=ask.quantity, unit=offer.unit,
        unit_words=offer.unit_words, description=f"From an offer of {offer.supplier}:\n\n{offer.description}",
        remote=offer.remote, postcode=offer.postcode, date_kind=Request.DateKind.BY, needed_by=offer.until,
        outcome=offer.commitment.outcome if offer.commitment else None, posted_by=ask.asked_by, live=False,
        by_offer=True,
    )  # fmt: skip
    made.full_clean()
    made.save()
    made.save_revision(user=ask.asked_by, log_action=False).publish(log_action=False)
    return Request.objects.for_page().get(pk=made.pk)


@atomic_once_more
def decline(ask, reason, *, by):
    reason = said(reason)
    if not reason:
        raise ValidationError({"reason": "Give a reason: the group will read it."})
    _end(ask, "decline", by=by, answer=reason)
    emails.declined(ask)


@atomic_once_more
def take_back(ask, *, by):
    _end(ask, "take_back", by=by, answer="")
    emails.taken_back(ask)


@atomic_once_more
def lapse(ask):
    """Nobody answered in time (rule 12)."""
    _end(ask, "lapse", by=None, answer="")
    emails.lapsed(ask)


def _end(ask, verb, *, by, answer):
    """It is not given: the words about people go with it."""
    fields = {"answer": answer, "answered_by": by, "answered_at": timezone.now(), "people": ""}
    Ask.moves.make(ask, verb, by=by, log_as=f"{verb}_ask", **fields)
