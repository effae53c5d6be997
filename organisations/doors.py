"""Who may sign up: anybody, or whoever was invited or has a code; and by which code people came.

What is kept in a reader's session is the way they came in: INVITED for a link that was written to them, else the
number of a Campaign. It stands until they have signed up.
"""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from guidance.upkeep.reads import ROBOT
from records import signed
from words.lines import said

from . import limits
from .models import Campaign, Doors, Visits

KEY, INVITED = "came_by", "invited"
SALT = "organisations.invited"
FULL = "Somebody was quicker: this code has run out. Write to us for another."
BY_INVITATION = "For now people sign up by invitation. Enter the code that you were given, or write to us for one."


def mode():
    """The one row, which is made when it is first changed."""
    return Doors.objects.filter(pk=1).first() or Doors(pk=1)


def are_open():
    return mode().mode == Doors.Mode.OPEN


@transaction.atomic
def set_mode(wanted, *, by):
    if wanted not in Doors.Mode.values:
        raise ValidationError({"mode": "Choose one of the two."})
    row, _ = Doors.objects.update_or_create(pk=1, defaults={"mode": wanted})
    log(row, "organisations.set_doors", user=by, data={"mode": row.get_mode_display()})
    return row


def clean_code(text):
    """A code as it is kept: capital letters and numbers, whatever stood between them."""
    return re.sub(r"[^A-Z0-9]", "", str(text).upper())[:30]


@transaction.atomic
def start(campaign, *, by):
    """Keep a new Campaign; ValidationError says what is wrong with it."""
    campaign.code = clean_code(campaign.code)
    if len(campaign.code) < 4:
        raise ValidationError({"code": "Enter a code of four letters or more, such as LEATHERHEAD5."})
    if Campaign.objects.filter(code=campaign.code).exists():
        raise ValidationError({"code": "This code was used before. Choose another."})
    if not said(campaign.name):
        raise ValidationError({"name": "Say what it is for."})
    if campaign.until < max(campaign.since, timezone.localdate()):
        raise ValidationError({"until": "The last day must be today or later, and not before the first."})
    campaign.made_by = by
    campaign.save()
    log(campaign, "organisations.start_campaign", user=by, data={"code": campaign.code})
    return campaign


@transaction.atomic
def end(campaign, *, by):
    if Campaign.objects.filter(pk=campaign.pk, ended_at=None).update(ended_at=timezone.now()):
        log(campaign, "organisations.end_campaign", user=by, data={"code": campaign.code})


def lets_in(campaign, people, today=None):
    """Whether a code lets one more in today, by which so many `people` have signed up."""
    today = today or timezone.localdate()
    has_room = campaign.most is None or people < campaign.most
    return campaign.ended_at is None and campaign.since <= today <= campaign.until and has_room


def by_code(typed, today=None):
    """The Campaign of a code that lets somebody in today, or None."""
    found = Campaign.objects.filter(code=clean_code(typed)).annotate(came=Count("people")).first()
    return found if found and lets_in(found, found.came, today) else None


def came_by(request):
    """How the reader of this session came: INVITED, a Campaign that still lets them in, or None."""
    kept = request.session.get(KEY)
    if kept == INVITED:
        return INVITED
    code = Campaign.objects.filter(pk=kept).values_list("code", flat=True).first() if isinstance(kept, int) else None
    return by_code(code) if code else None


def remember(request, way):
    request.session[KEY] = INVITED if way == INVITED else way.pk


def guess(typed, where_from):
    """As `by_code`, for what somebody typed; ValidationError once too many were wrong from one place."""
    found = by_code(typed)
    if found is None and not limits.within("code", where_from):
        raise ValidationError(limits.MOST["code"][1], code="limit")
    return found


def hold(way):
    """Hold a code until the sign-up of this transaction is done; False where it has just run out."""
    if way is None or way == INVITED:
        return True
    Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=way.pk)
    return by_code(way.code) is not None


def link_for(email):
    """The address by which somebody whom the council invited signs up: it proves the mailbox that it was sent to."""
    return settings.SITE_URL + reverse("invited", args=[signed.make({"email": email.lower()}, SALT)])


def read_link(token):
    """The address that such a link was made for, or None where it is void or too old."""
    data = signed.read(token, SALT, days=settings.KEEP_INVITATION_DAYS)
    return data and data["email"]


def visit(campaign, user_agent, ahead=False):
    """Count one more who opened the page of signing up, unless a machine says it is one or nobody opened it yet."""
    if ahead or ROBOT.search(user_agent):
        return
    day = timezone.localdate()
    Visits.objects.bulk_create([Visits(day=day, campaign=campaign)], ignore_conflicts=True)
    Visits.objects.filter(day=day, campaign=campaign).update(count=F("count") + 1)
