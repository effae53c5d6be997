"""How long each kind of record is kept, and the taking away of what is older: `manage.py retain`.

History that figures stand on (pledges with what was said within them, deliveries, the ledger, the log) is kept;
people go from it when they leave.
Each period is a setting of days: see `RULES`.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import WorkflowState

from mail.models import Held
from organisations.models import Invitation, Membership, User
from requests_app.models import ContactSeen, Request, Shortlisted
from talking.models import Question, Report


@dataclass(frozen=True)
class Rule:
    """`setting` names the days; `rows(before)` are those that are too old."""

    words: str
    setting: str
    rows: object


def drafts(before):
    """Drafts that were begun so long ago, never public, and with no moderator since."""
    states = WorkflowState.objects.filter(base_content_type__app_label="requests_app")
    newer = states.filter(Q(created_at__gte=before) | Q(status=WorkflowState.STATUS_IN_PROGRESS))
    moderated = [int(number) for number in newer.values_list("object_id", flat=True)]  # a number kept as text
    rows = Request.objects.filter(live=False, first_published_at=None, created_at__lt=before)
    return rows.exclude(pk__in=moderated)


def strangers(before):
    """People who act for nobody, have no role, and were not here for so long."""
    idle = User.objects.filter(is_active=True, is_staff=False, is_superuser=False, groups=None, date_joined__lt=before)
    idle = idle.exclude(last_login__gte=before)
    return idle.exclude(pk__in=Membership.objects.values("user"))


RULES = [
    Rule("drafts that were never public", "KEEP_DRAFT_DAYS", drafts),
    Rule("accounts of people who act for nobody", "KEEP_IDLE_ACCOUNT_DAYS", strangers),
    Rule(
        "invitations that were not accepted", "KEEP_INVITATION_DAYS",
        lambda before: Invitation.objects.filter(accepted_at=None, expires_at__lt=before),
    ),
    Rule(
        "questions that were kept from being public, or taken back", "KEEP_QUESTION_DAYS",
        lambda before: Question.objects.filter(state__in=["withheld", "withdrawn"], asked_at__lt=before),
    ),
    Rule(
        "reports that were settled", "KEEP_REPORT_DAYS",
        lambda before: Report.objects.filter(state="settled", settled_at__lt=before),
    ),
    Rule(
        "notes of who saw contact details", "KEEP_CONTACT_LOG_DAYS",
        lambda before: ContactSeen.objects.filter(on__lt=timezone.localdate(before)),
    ),
    Rule("requests that were kept for later", "KEEP_SHORTLIST_DAYS", lambda before: Shortlisted.objects.filter(
        at__lt=before)),
    Rule("e-mails that waited for a round", "KEEP_HELD_DAYS", lambda before: Held.objects.filter(at__lt=before)),
]  # fmt: skip


def due(now=None):
    """[(Rule, before, rows)] of what is too old today."""
    now = now or timezone.now()
    for rule in RULES:
        before = now - timedelta(days=getattr(settings, rule.setting))
        yield rule, before, rule.rows(before)


def apply(now=None):
    """Take away what is too old, each kind by itself; {words: how many}."""
    counts = {}
    for rule, _, rows in due(now):
        with transaction.atomic():
            doomed = list(rows.order_by("pk"))
            for row in doomed:
                row.delete()
            counts[rule.words] = len(doomed)
    return counts
