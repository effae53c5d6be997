"""Who may put people forward for jobs and placements, without their names becoming public."""

from django.core.exceptions import ValidationError
from wagtail.log_actions import log

from .models import Referrer


def may_refer(organisation):
    return Referrer.objects.filter(organisation=organisation).exists()


def approve(organisation, note, *, by):
    """The council lets an approved organisation put people forward; ValidationError for any other."""
    if not organisation.is_approved or organisation.is_supplier:
        raise ValidationError({"organisation": "Choose an approved organisation that is no business."})
    made, _ = Referrer.objects.update_or_create(organisation=organisation, defaults={"note": note, "by": by})
    log(organisation, "offers.approve_referrer", user=by, data={"note": note})
    return made


def end(referrer, *, by):
    log(referrer.organisation, "offers.end_referrer", user=by)
    referrer.delete()
