"""Who holds which role: appointing, handing over, leaving."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from ..models import Holder, Role, VacancyAlarm


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
    for before in role.holders.filter(ends_on=coming.starts_on - timedelta(days=1)):
        before.ends_on = None
        before.save(update_fields=["ends_on"])
    log(role, "guidance.cancel_appointment", user=by, data={"person": str(coming.user), "from": str(coming.starts_on)})
    return coming


def held_by(user, day):
    """Ids of the roles that a person holds on `day`."""
    return set(Holder.objects.current_on(day).filter(user=user).values_list("role_id", flat=True))


def vacant_since(day):
    """{role id: the day after its last holder left}, of every role that somebody left before `day`."""
    left = Holder.objects.filter(ends_on__lt=day).order_by("ends_on").values_list("role_id", "ends_on")
    return {role: last + timedelta(days=1) for role, last in left}
