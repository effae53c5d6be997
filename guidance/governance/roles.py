"""Who holds which role: appointing, handing over, leaving, and the alarm when a role that keeps pages is vacant."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from .. import emails
from ..models import Holder, Role, VacancyAlarm
from ..upkeep.pages import owned_pages


@transaction.atomic
def appoint(role, user, *, by, starts_on=None, handover=""):
    """Give a role to somebody from a day on; whoever held it until then leaves it the day before.

    ValidationError where the person can't enter the staff admin, holds the role already, or a holder is
    recorded for a later day.
    """
    starts_on = starts_on or timezone.localdate()
    Role.objects.select_for_update().get(pk=role.pk)
    if not user.is_active or not user.is_council_staff:
        raise ValidationError(
            {"user": f"{user} can’t enter the staff admin. Give them a group under Settings, Users first."}
        )
    if role.valid_to and starts_on > role.valid_to:
        raise ValidationError({"starts_on": f"This role ends on {role.valid_to:%-d %B %Y}."})
    overlapping = role.holders.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    for holder in overlapping.select_related("user"):
        if holder.starts_on >= starts_on:
            raise ValidationError(
                {"starts_on": f"{holder.user} holds this role from {holder.starts_on:%-d %B %Y}. Choose a later day."}
            )
        if holder.user_id == user.pk:
            raise ValidationError({"user": f"{user} holds this role already."})
        holder.ends_on = starts_on - timedelta(days=1)
        holder.handover = handover or holder.handover
        holder.save(update_fields=["ends_on", "handover"])
    holder = Holder.objects.create(role=role, user=user, starts_on=starts_on)
    if starts_on <= timezone.localdate():
        VacancyAlarm.objects.filter(role=role, ended_on=None).update(ended_on=timezone.localdate())
    log(role, "guidance.appoint", user=by, data={"person": str(user), "from": str(starts_on)})
    return holder


@transaction.atomic
def leave(role, *, by, ends_on=None, handover=""):
    """End the present holder's time; the role is vacant from the day after, unless a successor is appointed.

    ValidationError where nobody holds it, or the last day is before the first.
    """
    today = timezone.localdate()
    ends_on = ends_on or today
    holder = Holder.objects.select_for_update(of=("self",)).filter(role=role).current_on(today).first()
    if holder is None:
        raise ValidationError("Nobody holds this role.")
    if ends_on < holder.starts_on:
        raise ValidationError({"ends_on": f"{holder.user} began on {holder.starts_on:%-d %B %Y}."})
    if holder.ends_on and ends_on > holder.ends_on:
        raise ValidationError({"ends_on": f"{holder.user} leaves on {holder.ends_on:%-d %B %Y} already."})
    holder.ends_on, holder.handover = ends_on, handover or holder.handover
    holder.save(update_fields=["ends_on", "handover"])
    log(role, "guidance.leave", user=by, data={"person": str(holder.user), "until": str(ends_on)})
    return holder


@transaction.atomic
def cancel(role, *, by):
    """Take back an appointment that has not begun; whoever would have handed over stays.

    ValidationError where nobody is appointed for a later day.
    """
    coming = (
        Holder.objects.select_for_update(of=("self",)).filter(role=role, starts_on__gt=timezone.localdate()).first()
    )
    if coming is None:
        raise ValidationError("Nobody is appointed for a later day.")
    coming.delete()
    role.holders.filter(ends_on=coming.starts_on - timedelta(days=1)).update(ends_on=None)
    log(role, "guidance.cancel_appointment", user=by, data={"person": str(coming.user), "from": str(coming.starts_on)})
    return coming


@dataclass(frozen=True)
class Vacancy:
    """A role without a holder, since when, and the pages it keeps."""

    role: Role
    since: object
    pages: tuple


def people_in(roles, day):
    """Active users who hold one of the roles on `day`."""
    holders = Holder.objects.serving_on(day).filter(role__in=[role for role in roles if role])
    return [holder.user for holder in holders]


def held_by(user, day):
    """Ids of the roles that a person holds on `day`."""
    return set(Holder.objects.current_on(day).filter(user=user).values_list("role_id", flat=True))


def vacant_since(day):
    """{role id: the day after its last holder left}, of every role that somebody left before `day`."""
    left = Holder.objects.filter(ends_on__lt=day).order_by("ends_on").values_list("role_id", "ends_on")
    return {role: last + timedelta(days=1) for role, last in left}


def pages_by_role(public=False):
    """{role id: ([pages it owns], [pages it is deputy for])}, live pages of every type."""
    kept = {}
    for page in owned_pages().public() if public else owned_pages():
        if page.owner_role_id:
            kept.setdefault(page.owner_role_id, ([], []))[0].append(page)
        if page.deputy_role_id:
            kept.setdefault(page.deputy_role_id, ([], []))[1].append(page)
    return kept


def vacancies(day=None):
    """[Vacancy] of standing roles that own live pages and that nobody holds on `day`."""
    day = day or timezone.localdate()
    held = set(Holder.objects.serving_on(day).values_list("role_id", flat=True))
    standing = set(Role.objects.standing_on(day).values_list("pk", flat=True))
    kept, since = pages_by_role(), vacant_since(day)
    found = [
        Vacancy(role, since.get(role.pk), tuple(kept[role.pk][0]))
        for role in Role.objects.exclude(pk__in=held & standing)
        if role.pk in kept
    ]
    return [vacancy for vacancy in found if vacancy.pages]


@transaction.atomic
def raise_alarms(day=None):
    """Tell the sponsor of each new vacancy, once; end the alarms of roles held again. Returns how many were raised."""
    day = day or timezone.localdate()
    empty = {vacancy.role.pk: vacancy for vacancy in vacancies(day)}
    VacancyAlarm.objects.filter(ended_on=None).exclude(role__in=empty).update(ended_on=day)
    open_already = set(VacancyAlarm.objects.filter(ended_on=None).values_list("role_id", flat=True))
    sponsors = people_in(Role.objects.sponsors(), day)
    raised = 0
    for pk, vacancy in empty.items():
        if pk in open_already or not sponsors:  # told as soon as there is somebody to tell
            continue
        since = vacancy.since or day
        VacancyAlarm.objects.create(
            role=vacancy.role, vacant_since=since, pages=len(vacancy.pages), raised_at=timezone.now()
        )
        emails.role_vacant(vacancy.role, since, vacancy.pages, sponsors)
        raised += 1
    return raised
