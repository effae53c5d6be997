"""What a moderator needs to judge a request: how it reads, what changed in it, what to look at, who asks."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from wagtail.models import TaskState

from words import contacts
from words.lines import said

from .models import Delivery, Request

COMPARED, LEAST_COMPARED, MANY_TIMES = 500, 20, 100  # requests of a unit, and how far from their middle is odd
LEAST_TITLE = 2  # words
SOON, FAR = timedelta(days=7), timedelta(days=366)
TEXTS = ("title", "description", "beneficiaries", "supervision", "insurance", "dbs_reason")
READY = (
    (
        "contact",
        "Take telephone numbers, e-mail addresses and links out of the text. Suppliers write through the site.",
    ),
    ("more", "Say more about what is needed, and what it is for."),
    ("much", "Say how much is needed, so that a supplier can tell what to offer."),
    ("safe", "Say who is with the helpers on the day, and keeps people safe."),
    ("names", "Take out names and other words by which somebody who is helped could be known."),
)


@dataclass(frozen=True)
class Check:
    """Something that was looked at: what was found, and whether a person should look."""

    words: str
    look: bool = False


def before(request, state):
    """The request as it was judged last: what is public, or what a moderator returned; None where it is new."""
    if request.live:
        return request
    returned = TaskState.objects.filter(
        workflow_state__base_content_type__app_label="requests_app",
        workflow_state__object_id=str(request.pk),
        status=TaskState.STATUS_REJECTED,
    )
    last = returned.exclude(pk=state.pk).select_related("revision").order_by("-finished_at").first()
    return last.revision.as_object() if last and last.revision else None


def facts(shown):
    """[(heading, words)] of a request, as its page gives them; empty where nothing was said."""
    cost = shown.hosting_cost
    return [
        ("Kind of help", shown.get_kind_display()),
        ("How much", shown.quantity_words if shown.quantity is not None else ""),
        ("When", shown.when_words),
        ("Where", shown.place_words),
        ("Who benefits", shown.beneficiaries),
        ("Priority it serves", str(shown.outcome or "")),
        ("Hosts at once", f"{shown.hosts_at_once} people" if shown.hosts_at_once else ""),
        ("Who is with them", shown.supervision),
        ("DBS check", ": ".join(part for part in (shown.get_dbs_display(), shown.dbs_reason) if part)),
        ("Insurance", shown.insurance),
        ("What hosting costs", "" if cost is None else f"£{cost:,.2f}".removesuffix(".00")),
    ]


def checks(shown):
    """[Check] of a request as it waits, what to look at first."""
    found = [*_contacts(shown), *_days(shown), *_size(shown), *_title(shown), *_alike(shown), *_hosting(shown)]
    return sorted(found, key=lambda check: not check.look)


def _contacts(shown):
    found = [Check(f"In the text stands {words}", look=True) for words in contacts_of(shown)]
    return found or [Check("No telephone number, e-mail address or link in the text")]


def contacts_of(shown):
    """["a telephone number: ..."] in all public words of a request; its writer is told before sending it."""
    return contacts.found_in("\n".join(said(getattr(shown, name)) for name in TEXTS))


def _days(shown):
    today, due = timezone.localdate(), shown.needed_by
    if not due:
        return [Check("It says no day", look=True)]
    if due < today:
        return [Check(f"The day has passed: {due:%-d %B %Y}", look=True)]
    if due - today < SOON:
        return [Check(f"It is needed within a week: by {due:%-d %B}", look=True)]
    return [Check(f"The day is far off: {due:%-d %B %Y}", look=True)] if due - today > FAR else [Check("The day fits")]


def _size(shown):
    """Whether far more is asked for than others ask for in this unit, by the middle of the newest of them."""
    others = Request.objects.filter(live=True, unit=shown.unit, unit_words=shown.unit_words, quantity__gt=0)
    others = others.exclude(pk=shown.pk)
    known = sorted(others.order_by("-pk").values_list("quantity", flat=True)[:COMPARED])
    usual = known[len(known) // 2] if len(known) >= LEAST_COMPARED else None
    if not shown.quantity or not usual:
        return []
    if shown.quantity > MANY_TIMES * usual:
        words = f"{shown.quantity_words} is more than {MANY_TIMES} times what others ask for, {shown.say(usual)}"
        return [Check(words, look=True)]
    return [Check("The quantity is one that others ask for")]


def _title(shown):
    words = shown.title.split()
    if len(words) < LEAST_TITLE or shown.title.isupper() or len({word.lower() for word in words}) == 1:
        return [Check(f"The title says little: “{shown.title}”", look=True)]
    return [Check("The title says what it is")]


def _alike(shown):
    """Whether the same group asks for the same under the same name already."""
    others = Request.objects.filter(organisation=shown.organisation_id, live=True, title__iexact=shown.title)
    other = others.exclude(pk=shown.pk).first()
    if other:
        return [Check(f"The group has another request of this name, number {other.pk}", look=True)]
    return [Check("The group asks for nothing else under this name")]


def _hosting(shown):
    if shown.hosts_at_once and not shown.supervision:
        return [Check("People are hosted, and nobody is named who is with them", look=True)]
    return [Check("Says who is with the people it hosts")] if shown.hosts_at_once else []


@dataclass(frozen=True)
class Group:
    """What the marketplace knows of who asks; counts are of requests, deliveries of things that arrived."""

    organisation: object
    open: int
    met: int
    ended: int
    confirmed: int
    disputed: int

    @property
    def is_first(self):
        return not (self.open or self.met or self.ended)


def group(shown):
    """The Group that asks; the request itself is not counted."""
    rows = Request.objects.filter(organisation=shown.organisation_id, first_published_at__isnull=False)
    rows = rows.exclude(pk=shown.pk).select_related("totals")
    met = sum(row.totals.fulfilled for row in rows)
    running = sum(row.live and not row.totals.fulfilled for row in rows)
    arrived = Delivery.objects.filter(pledge__request__organisation=shown.organisation_id)
    return Group(
        shown.organisation, running, met, len(rows) - met - running,
        arrived.filter(confirmed__isnull=False).count(), arrived.filter(state=Delivery.State.DISPUTED).count(),
    )  # fmt: skip
