"""E-mails of sponsors, of rounds, of what is stuck: {template: (what happens, subject, text, where it leads)}."""

from django.utils import timezone

from organisations import memberships
from organisations.models import Membership, Organisation
from requests_app import emails as request_emails
from requests_app import pledges
from tests.mail.stage import REASON, SEEN_CLUB, TITLE, round_of_two, sponsor_asked, stuck, summary, vouched


def contact_passed(stage):
    Membership.objects.create(organisation=stage.group, user=stage.staff, role="owner", admitted_at=timezone.now())
    Organisation.objects.filter(pk=stage.group.pk).update(contact_email=stage.anna.email)
    memberships.remove(stage.group.memberships.get(user=stage.anna), by=stage.staff)


def contact_changed(stage):
    pledges.accept(stage.pledge, by=stage.anna)
    Organisation.objects.filter(pk=stage.group.pk).update(contact_name=SEEN_CLUB, contact_email="new@example.org")
    request_emails.contact_changed(Organisation.objects.get(pk=stage.group.pk))


JOINING = {
    "contact_changed": (contact_changed, ["How to reach", SEEN_CLUB], ["new@example.org", TITLE], "pledge"),
    "sponsor_asked": (sponsor_asked, ["names you as its sponsor"], ["once"], "sponsor"),
    "sponsor_answered": (vouched, [SEEN_CLUB, "does not vouch"], ["name another sponsor"], "organisation"),
    "sponsor_told": (vouched, [SEEN_CLUB, "does not vouch"], [REASON.strip()[:60]], "organisation_decide"),
    "contact_passed": (contact_passed, [SEEN_CLUB], ["they see your name and e-mail address"], "organisation_edit"),
    "person_left": (contact_passed, ["no longer acts for", SEEN_CLUB], ["Who acts for it"], "organisation"),
    "round": (round_of_two, ["2 things since last time"], ["parking", TITLE, "What happened since"], "my_notices"),
    "mail_stuck": (stuck, ["1 e-mail"], [SEEN_CLUB, "to nobody"], "mail_stuck"),
    "thread_summary": (summary, ["golden thread"], ["64 of 200", "Children's & Families"], "thread_screen"),
}
