"""What others did about a person's requests, pledges, deliveries and organisations since they last looked.

Read from the log that every move writes (rule 18); nothing is kept a second time. A person of the other side is named
by their organisation, the council's staff as the council.
"""

from datetime import timedelta
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry

from offers.models import Ask, Offer
from organisations.models import Membership, Organisation, User
from requests_app.models import Delivery, Pledge, Request
from screens.permissions import ENTER_ADMIN
from talking.models import Question

DAYS, MOST = 90, 50
OURS = Q(action__startswith="requests_app.") | Q(action__startswith="talking.") | Q(action__startswith="offers.")
MODERATED = ("wagtail.workflow.approve", "wagtail.workflow.reject")
OF_ORGANISATIONS = ("approved", "refused", "closed", "join", "change_agreed", "change_refused", "merge")


class Happened(NamedTuple):
    """One line: who did what about which thing, when, and whether it is new to the reader."""

    who: str
    what: str
    about: str
    link: str
    at: object
    is_new: bool


def of(ids):
    """{model: rows} of what whoever acts for the organisations `ids` has to do with."""
    pledges = Pledge.objects.filter(Q(supplier__in=ids) | Q(request__organisation__in=ids))
    return {
        Pledge: pledges,
        Delivery: Delivery.objects.filter(pledge__in=pledges),
        Request: Request.objects.filter(organisation__in=ids),
        Question: Question.objects.filter(Q(organisation__in=ids) | Q(request__organisation__in=ids)),
        Offer: Offer.objects.filter(supplier__in=ids),
        Ask: Ask.objects.filter(Q(organisation__in=ids) | Q(offer__supplier__in=ids)),
        Organisation: Organisation.objects.filter(pk__in=ids),
    }


def entries(person, ids, since):
    """The log's entries of others about these things, the newest first."""
    wanted = Q(pk=None)
    for model, rows in of(ids).items():
        numbers = rows.order_by().annotate(number=Cast("pk", CharField())).values("number")
        about = Q(content_type=ContentType.objects.get_for_model(model), object_id__in=numbers)
        if model is Organisation:
            about &= Q(action__in=[f"organisations.{verb}" for verb in OF_ORGANISATIONS])
        else:
            about &= OURS | Q(action__in=MODERATED)
        wanted |= about
    rows = ModelLogEntry.objects.filter(wanted, timestamp__gt=since).exclude(user=person)
    return rows.order_by("-timestamp", "-pk")


def new_for(person, ids):
    """How many things happened since a person last looked, at most MOST; 0 for whoever acts for nobody."""
    if not ids:
        return 0
    return len(entries(person, ids, since_of(person)).values_list("pk")[:MOST])


def since_of(person):
    longest = timezone.now() - timedelta(days=DAYS)
    return max(person.looked_at or longest, longest)


def lately(person, ids):
    """[Happened] of the last three months, the newest first."""
    since = timezone.now() - timedelta(days=DAYS)
    found = list(entries(person, ids, since).select_related("user")[:MOST])
    things, seen = things_of(found), since_of(person)
    staff = User.objects.who_may(ENTER_ADMIN).filter(pk__in={entry.user_id for entry in found})
    names = dict.fromkeys(staff.values_list("pk", flat=True), "The council") | colleagues(ids)
    return [line for entry in found if (line := told(entry, things, seen, names, set(ids)))]


def colleagues(ids):
    """{person: their name} of whoever is in these organisations."""
    rows = Membership.objects.admitted().filter(organisation__in=ids).select_related("user")
    return {row.user_id: str(row.user) for row in rows}


def things_of(found):
    """{(content type, number): the thing} of entries, one question a kind."""
    joins = {
        Pledge: ("request__organisation", "supplier"),
        Delivery: ("pledge__request__organisation", "pledge__supplier"),
        Request: ("organisation",),
        Question: ("organisation", "request__organisation"),
        Offer: ("supplier",),
        Ask: ("offer__supplier", "organisation"),
        Organisation: (),
    }
    things = {}
    for model, joined in joins.items():
        kind = ContentType.objects.get_for_model(model).pk
        numbers = {int(entry.object_id) for entry in found if entry.content_type_id == kind}
        if numbers:
            rows = model.objects.select_related(*joined) if joined else model.objects
            things |= {(kind, row.pk): row for row in rows.filter(pk__in=numbers)}
    return things


def told(entry, things, seen, names, ids):
    """The Happened of an entry; None where what it is about is gone."""
    thing = things.get((entry.content_type_id, int(entry.object_id)))
    if thing is None:
        return None
    return Happened(
        who_of(entry, thing, names, ids), entry.message, words_of(thing), thing.get_absolute_url(), entry.timestamp,
        entry.timestamp > seen,
    )  # fmt: skip


def who_of(entry, thing, names, ids):
    if entry.user_id is None:
        return "The site"
    if entry.user_id in names:
        return names[entry.user_id]
    others = [side for side in sides_of(thing) if side.pk not in ids]
    return str(others[0]) if others else str(entry.user)


def sides_of(thing):
    """The Organisations on either side of a thing."""
    if isinstance(thing, Delivery):
        thing = thing.pledge
    if isinstance(thing, Pledge):
        return [thing.supplier, thing.request.organisation]
    if isinstance(thing, Question):
        return [thing.organisation, thing.request.organisation]
    if isinstance(thing, Ask):
        return [thing.offer.supplier, thing.organisation]
    return []


def words_of(thing):
    if isinstance(thing, Delivery):
        return f"{thing.claimed_words} for “{thing.pledge.request}”"
    if isinstance(thing, Pledge):
        return f"{thing.quantity_words} from {thing.supplier} for “{thing.request}”"
    return str(thing)
