"""How the marketplace fills: how far organisations come, what is missing where, and whom to ring tomorrow.

A step's median is of those who took it, and says of how many: it is no forecast for those who have not.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from matching.ranking import hints
from matching.ranking.exposure import is_small, posted_by_organisation
from organisations.models import Membership, Organisation, Visits
from requests_app.models import Delivery, Pledge, RequestTotals
from suppliers.models import Commitment, Contract
from vocabulary.kinds import KindOfHelp

CONFIRMED = ("confirmed", "corrected")
QUIET_DAYS, MOST_CALLS = 14, 60
FOR_GROUPS = ("signed", "approved", "posted", "pledged", "accepted", "confirmed")
FOR_SUPPLIERS = ("signed", "approved", "pledged", "accepted", "delivered", "confirmed")
WORDS = {
    "signed": "Signed up", "approved": "Approved", "posted": "First request public", "pledged": "First pledge",
    "accepted": "First acceptance", "delivered": "First delivery", "confirmed": "First confirmed delivery",
}  # fmt: skip
SPLITS = {
    "month": "Month", "district": "District", "kind": "Kind of organisation", "size": "Size", "campaign": "Code",
}  # fmt: skip
NO_CODE = "Without a code"


@dataclass(frozen=True)
class Journey:
    """One organisation: the day of each step, None where it was not taken."""

    month: date
    district: str
    kind: str
    size: str
    campaign: str
    days: dict


@dataclass(frozen=True)
class Step:
    """How many of a row took a step, and the median days since the step before, None where nobody took both."""

    count: int
    days: float | None


def first_days(rows, of, moment):
    """{organisation: the first day} of a queryset, by the path to its organisation and the moment's field."""
    found = rows.values(of).annotate(first=Min(moment)).values_list(of, "first")
    return {number: timezone.localdate(first) for number, first in found if first}


def journeys(suppliers=False):
    """[Journey] of every organisation that signed up by itself: groups, or suppliers."""
    side = "supplier" if suppliers else "request__organisation"
    real = Pledge.objects.exclude(state=Pledge.State.WITHDRAWN)
    standing = Delivery.objects.standing()
    if not suppliers:  # what a supplier offered by itself is no step on the way of a request
        real = real.filter(request__by_offer=False)
        standing = standing.filter(pledge__request__by_offer=False)
    took = {
        "posted": first_days(RequestTotals.objects.posted(), "request__organisation", "published_at"),
        "pledged": first_days(real, side, "offered_at"),
        "accepted": first_days(real.filter(Q(state="accepted") | Q(state="completed")), side, "answered_at"),
        "delivered": first_days(standing, f"pledge__{side}", "events__at"),
        "confirmed": first_days(standing.filter(events__what__in=CONFIRMED), f"pledge__{side}", "events__at"),
    }  # fmt: skip
    rows = Organisation.objects.filter(made_for_import=False, merged_into=None).select_related("district")
    business = Organisation.Kind.BUSINESS
    rows = rows.filter(kind=business) if suppliers else rows.exclude(kind=business)
    came_by, size_of, found = campaigns(), sizes(suppliers), []
    for row in rows:
        signed = timezone.localdate(row.created_at)
        approved = timezone.localdate(row.decided_at) if row.is_approved and row.decided_at else None
        days = {"signed": signed, "approved": approved} | {name: each.get(row.pk) for name, each in took.items()}
        place = str(row.district or "Elsewhere")
        code = came_by.get(row.pk, NO_CODE)
        found.append(Journey(signed.replace(day=1), place, row.get_kind_display(), size_of(row), code, days))
    return found


def campaigns():
    """{organisation: the name of the campaign by which its first owner came}."""
    rows = Membership.objects.filter(role="owner").exclude(user__came_by=None).order_by("-pk")
    return dict(rows.values_list("organisation", "user__came_by__name"))


def sizes(suppliers):
    """How large an organisation is, in words: a supplier by its contracts, a group by what it has asked for so far."""
    if suppliers:
        held = dict(Contract.objects.exclude(supplier=None).values_list("supplier").annotate(Count("pk")).order_by())
        names = {0: "No contract", 1: "One contract"}
        return lambda row: names.get(held.get(row.pk, 0), "Several contracts")
    posted = posted_by_organisation()
    return lambda row: "Informal, or new here" if is_small(row.kind, posted.get(row.pk, 0)) else "Others"


def visited(by):
    """{name: how many opened the page of signing up} by month or code, and of "All"; None for another split."""
    rows = list(Visits.objects.values_list("day", "campaign__name", "count"))
    found = Counter({"All": sum(count for *_, count in rows)})
    if by not in ("month", "campaign"):
        return found
    for day, name, count in rows:
        found[day.replace(day=1) if by == "month" else name or NO_CODE] += count
    return found


def funnel(found, steps, by="month", looked_in=()):
    """[(name, [Step])] of journeys and of names of `looked_in`, in the order of their names, the whole last."""
    parts = {name: [] for name in looked_in if name != "All"}
    for journey in found:
        parts.setdefault(getattr(journey, by), []).append(journey)
    rows = [(name, part) for name, part in sorted(parts.items())] + [("All", found)]
    return [(name, [step(part, steps, place) for place in range(len(steps))]) for name, part in rows]


def step(part, steps, place):
    took = [journey for journey in part if journey.days[steps[place]]]
    pairs = [(journey.days[steps[place - 1]], journey.days[steps[place]]) for journey in took] if place else []
    waits = [(after - before).days for before, after in pairs if before and after >= before]
    return Step(len(took), median(waits) if waits else None)


def missing():
    """[(kind, district, how many requests)] that nobody has pledged to and no supplier in reach holds anything for."""
    rows = RequestTotals.objects.in_need_on(timezone.localdate()).filter(accepted=0).select_related("request__district")
    found = Counter()
    for row in rows:
        request = row.request
        if not hints.count(request.kind, request.outcode_id or "", request.remote):
            found[request.kind, str(request.district or "Anywhere")] += 1
    return [(KindOfHelp(kind).label, place, number) for (kind, place), number in found.most_common()]


@dataclass(frozen=True)
class Call:
    """Somebody to ring: who, why, since when, and where one reads more."""

    who: Organisation
    why: str
    since: date
    address: str


def calls(now=None):
    """[Call], the longest silence first: those whom the site waits for, and who hear nothing from it."""
    now = now or timezone.now()
    before = now - timedelta(days=QUIET_DAYS)
    approved = Organisation.objects.approved().filter(made_for_import=False, decided_at__lte=before)
    silent = approved.exclude(kind=Organisation.Kind.BUSINESS).filter(requests=None)
    found = [Call(row, "Approved, and has asked for nothing yet", timezone.localdate(row.decided_at),
                  reverse("organisation_decide", args=[row.pk])) for row in silent]  # fmt: skip
    rows = RequestTotals.objects.in_need_on(timezone.localdate(now)).filter(published_at__lte=before)
    rows = rows.filter(request__pledges=None).select_related("request__organisation")
    found += [Call(row.request.organisation, f"Nobody has pledged to “{row.request}”", timezone.localdate(
        row.published_at), row.request.get_absolute_url()) for row in rows]  # fmt: skip
    left = Commitment.objects.left_on(timezone.localdate(now)).values("contract__supplier")
    idle = approved.filter(pk__in=left, kind=Organisation.Kind.BUSINESS).exclude(
        pk__in=Pledge.objects.values("supplier")
    )
    found += [Call(row, "Has promised, and pledged to nobody yet", timezone.localdate(row.decided_at),
                   reverse("organisation_decide", args=[row.pk])) for row in idle]  # fmt: skip
    return sorted(found, key=lambda call: (call.since, call.who.name))[:MOST_CALLS]
