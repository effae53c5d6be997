"""How each e-mail comes about, with awkward names; what its subject, text and link must hold. See test_every_email."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import allauth
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from guidance import emails as guidance_emails
from guidance.models import Review, ReviewTask, SocialValueModel
from mail import composing
from mail.models import Message
from marketplace import outbox
from marketplace.alerts import finding as alerts_finding
from marketplace.alerts import sending, subscriptions
from marketplace.models import Proposal
from organisations import emails as organisation_emails
from organisations import memberships
from organisations.models import Membership, Organisation
from requests_app import deliveries, pledges
from requests_app import emails as request_emails
from requests_app.models import Request
from suppliers.models import Officer
from suppliers.thread import letters
from tests.conftest import make_commitment, make_organisation, make_page, make_request, make_role, make_user

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "emails"
CLUB = 'Children\'s "M&S" <Club> \u202eevil\u202c Café'
FIRM = 'O\'Neil & Sons "Builders" <Ltd>'
TITLE = 'Paint & mend our "hall" for children\'s <parties>'
REASON = (
    'Because of this & that:\nline two has "quotes" and <angles>,\nand it goes on for long enough that it wraps. ' * 3
)
SEEN_CLUB, SEEN_FIRM = 'Children\'s "M&S" <Club> evil Café', FIRM
LONG_LINE = 78  # columns; only a web address may be longer


class Stage:
    """Real rows with awkward names, and the request that allauth thinks it answers."""

    def __init__(self):
        self.anna = make_user("anna")
        self.anna.name = 'Anna "Ann" O\'Hara & Co\u202e'
        self.anna.save()
        self.sid = make_user("sid")
        self.staff = make_user("staff", "Moderators")
        self.group = make_organisation(CLUB, "vcse", self.anna, charity_number="1012345")
        self.firm = make_organisation(FIRM, "business", self.sid, outcode="RH2", company_number="01234567")
        Organisation.objects.filter(pk=self.group.pk).update(state_reason=REASON)
        self.group.refresh_from_db()
        row = make_request(self.group, title=TITLE)
        self.request = Request.objects.for_page().get(pk=row.pk)
        self.commitment = make_commitment(self.firm, by=self.staff, wording='Hours of "joiners" & painters')
        self.commitment.contract.manager = self.staff
        self.commitment.contract.save()
        self.pledge = pledges.offer(
            self.request, self.firm, Decimal(4), by=self.sid, commitment=self.commitment, message=REASON
        )
        self.role = make_role("Keeper of <advice> & more", self.staff)
        self.page = make_page('Ask "well" & briefly', self.role, slug="ask-well")

    def delivery(self, note=REASON):
        pledges.accept(self.pledge, by=self.anna, answer=REASON)
        return deliveries.claim(self.pledge, Decimal(2), timezone.localdate(), by=self.sid, note=note)

    def proposal_line(self):
        return Proposal.objects.create(wanted={}, asked_by=self.staff).lines.create(
            commitment=self.commitment, request=self.request, quantity=2, counts=2, value=1
        )


def accounts(template, user=None, email="anna@example.org", **context):
    """What allauth sends, by the way that it sends: its adapter, within a request to another host name."""
    request = RequestFactory().get("/accounts/login/", HTTP_HOST="127.0.0.1:6666")
    request.user, request.session = user or AnonymousUser(), SessionStore()
    with allauth.core.context.request_context(request):
        adapter = get_adapter(request)
        if user and ("changed" in template or "mfa/" in template or context.pop("notice", False)):
            adapter.send_notification_mail(template, user, context, email=email)
        else:
            adapter.send_mail(template, email, context)


def alert(stage):
    reader = make_user("reader")
    subscriptions.save_search({"q": "hall"}, "at_once", by=reader)
    alerts_finding.at_once([stage.request.pk])
    assert sending.send_due() == 1


def stuck(stage):
    stage.staff.groups.add(Group.objects.get(name="Programme team"))
    composing.send("organisation_received", [composing.Reader("nobody", "Nobody")], organisation=stage.group)
    assert outbox.tell_of_stuck_mail() == 1


def officer(stage):
    person = Officer.objects.create(name='O\'Brien, "Pat" & Co', email="officer@example.org")
    rows = [{"record": "PM3-1", "title": TITLE, "why": "No value recorded", "how": "Record it in PM3."}]
    context = {"officer": person, "rows": rows, "count": 1, "more": 0, "recording": None, "trained_on": None}
    letters.send("officer", person, context | {"day": timezone.localdate()}, month=timezone.localdate())


def summary(stage):
    figure = {"label": "Linked", "percent": Decimal("32.0"), "numerator": 64, "denominator": 200, "target": 60}
    row = {"name": "Children's & Families", "recorded_share": None, "completed": 0, "linked_share": 32, "contracts": 9}
    context = {"day": timezone.localdate(), "figures": [figure | {"meets": False}], "directorates": [row]}
    letters.send("summary", stage.staff, context | {"to_mend": 3, "waiting": 1, "due": []}, month=timezone.localdate())


def review(stage):
    today = timezone.localdate()
    last = Review(
        page_id=stage.page.pk, reviewed_on=today - timedelta(days=400), due_on=today - timedelta(days=35), reason="x"
    )
    guidance_emails.review_due(stage.page, last, "sponsor", [stage.staff], 35)


def tasks(stage):
    model = SocialValueModel.objects.get(slug="central-2026")
    task = ReviewTask.objects.create(model=model, role=stage.role, what="Rewrite <it>", opened_at=timezone.now())
    guidance_emails.tasks_opened(stage.role, model, [task], [stage.staff])


def membership(stage, person="sid"):
    return Membership.objects.create(organisation=stage.group, user=getattr(stage, person))


def declined(stage):
    pledges.decline(stage.pledge, REASON, by=stage.anna)


def confirmed_for_less(stage):
    deliveries.confirm(stage.delivery(), by=stage.anna, quantity=Decimal(1), reason=REASON)


def disputed_and_amended(stage):
    delivery = stage.delivery()
    deliveries.dispute(delivery, REASON, by=stage.anna)
    Message.objects.filter(kind="delivery_claimed").delete()
    deliveries.amend(delivery, Decimal(1), "I counted again & found <one>", by=stage.sid)


def verified(stage):
    delivery = stage.delivery()
    deliveries.confirm(delivery, by=stage.anna)
    deliveries.verify(delivery, by=stage.staff, quantity=Decimal(1), reason=REASON)


def queried(stage):
    delivery = stage.delivery()
    deliveries.confirm(delivery, by=stage.anna)
    deliveries.query(delivery, REASON, by=stage.staff)
    return delivery


NOTICE = ["Community Marketplace"]
CHANGES = ['Name: Old club → New "club"', "Charity number: none → 1234567"]
STEPS = {
    # template: (how it comes about, words of its subject, words of its text, where its link leads)
    "organisation_received": (
        lambda s: organisation_emails.organisation_received(s.group),
        [SEEN_CLUB],
        ["three working days"],
        "organisation",
    ),
    "organisation_waiting": (
        lambda s: organisation_emails.organisation_waiting(s.group),
        [SEEN_CLUB],
        ["approve it"],
        "organisation_decide",
    ),
    "organisation_approved": (
        lambda s: organisation_emails.organisation_approved(s.group),
        [SEEN_CLUB],
        [REASON],
        "dashboard",
    ),
    "organisation_refused": (
        lambda s: organisation_emails.organisation_refused(s.group),
        [SEEN_CLUB],
        [REASON],
        "organisation_edit",
    ),
    "organisation_closed": (
        lambda s: organisation_emails.organisation_closed(s.group),
        [SEEN_CLUB],
        [REASON],
        "organisation",
    ),
    "organisation_change_received": (
        lambda s: organisation_emails.change_received(s.group, CHANGES, s.anna),
        [SEEN_CLUB],
        CHANGES,
        "organisation",
    ),
    "organisation_change_waiting": (
        lambda s: organisation_emails.change_waiting(s.group, CHANGES, s.anna),
        [SEEN_CLUB],
        CHANGES,
        "organisation_decide",
    ),
    "organisation_change_agreed": (
        lambda s: organisation_emails.change_agreed(s.group, CHANGES, REASON),
        [SEEN_CLUB],
        [REASON],
        "organisation",
    ),
    "organisation_change_refused": (
        lambda s: organisation_emails.change_refused(s.group, CHANGES, REASON),
        [SEEN_CLUB],
        [REASON, *CHANGES],
        "organisation_edit",
    ),
    "invitation_sent": (
        lambda s: memberships.invite(s.group, "new@example.org", "member", by=s.anna),
        [SEEN_CLUB, "Anna"],
        ["accept it by"],
        "invitation",
    ),
    "join_asked": (
        lambda s: organisation_emails.join_asked(membership(s)),
        [SEEN_CLUB, "Sid"],
        ["sid@example.org"],
        "organisation",
    ),
    "join_answered": (
        lambda s: organisation_emails.join_answered(membership(s), admitted=True),
        [SEEN_CLUB],
        [],
        "dashboard",
    ),
    "request_submitted": (lambda s: request_emails.request_submitted(s.request), [TITLE], [], "request_check"),
    "request_approved": (lambda s: request_emails.request_approved(s.request, REASON), [TITLE], [REASON], "request"),
    "request_returned": (
        lambda s: request_emails.request_returned(s.request, REASON),
        [TITLE],
        [REASON],
        "request_check",
    ),
    "request_cancelled": (
        lambda s: request_emails.request_cancelled(s.request, REASON, s.staff),
        [TITLE],
        [REASON],
        "request_check",
    ),
    "request_taken_down": (
        lambda s: request_emails.request_taken_down(s.request, REASON, s.staff),
        [TITLE],
        [REASON],
        "request_check",
    ),
    "request_paused": (lambda s: request_emails.request_paused(s.request), [TITLE], [], "request"),
    "pledge_offered": (lambda s: None, [SEEN_FIRM, "4 hours", TITLE], [REASON], "pledge"),
    "pledge_accepted": (lambda s: s.delivery(), [SEEN_CLUB, TITLE], [REASON], "pledge"),
    "pledge_declined": (declined, [SEEN_CLUB, TITLE], [REASON], "pledge"),
    "pledge_finished": (
        lambda s: (pledges.accept(s.pledge, by=s.anna), pledges.finish(s.pledge, by=s.sid, reason=REASON)),
        [SEEN_FIRM, TITLE],
        [REASON],
        "pledge",
    ),
    "pledge_lapsed": (lambda s: pledges.lapse(s.pledge), [SEEN_FIRM, TITLE], [], "request"),
    "pledge_withdrawn": (
        lambda s: pledges.withdraw(s.pledge, REASON, by=s.sid),
        [SEEN_FIRM, TITLE],
        [REASON],
        "request",
    ),
    "count_agreed": (
        lambda s: request_emails.count_agreed(s.pledge, REASON, s.staff),
        [TITLE],
        [REASON, "4 hours"],
        "commitment",
    ),
    "delivery_claimed": (lambda s: s.delivery(), [SEEN_FIRM, "2 hours"], [REASON], "delivery_by_link"),
    "delivery_claimed after a change": (
        disputed_and_amended,
        [SEEN_FIRM, "1 hour"],
        ["I counted again & found <one>"],
        "delivery_by_link",
    ),
    "delivery_confirmed": (confirmed_for_less, [SEEN_CLUB, TITLE], [REASON, "not the 2 hours"], "delivery"),
    "delivery_disputed": (
        lambda s: deliveries.dispute(s.delivery(), REASON, by=s.anna),
        [SEEN_CLUB, TITLE],
        [REASON],
        "delivery",
    ),
    "delivery_queried": (queried, [TITLE], [REASON, SEEN_FIRM], "delivery"),
    "delivery_verified": (verified, [TITLE, "1 hour"], [REASON, SEEN_FIRM], "delivery"),
    "delivery_withdrawn": (
        lambda s: deliveries.withdraw(s.delivery(), REASON, by=s.sid),
        [SEEN_FIRM, TITLE],
        [REASON],
        "delivery",
    ),
    "query_answered": (
        lambda s: deliveries.answer(queried(s), REASON, by=s.anna),
        [TITLE],
        [REASON, "Anna"],
        "delivery_verify",
    ),
    "invited_to_pledge": (
        lambda s: composing.send("invited_to_pledge", s.firm.people, line=s.proposal_line()),
        [SEEN_CLUB, TITLE],
        ["C-1"],
        "pledge_new",
    ),
    "unseen_requests": (
        lambda s: composing.send("unseen_requests", [s.staff], requests=[s.request], days=14),
        [TITLE],
        [SEEN_CLUB],
        "broker",
    ),
    "alert": (alert, [SEEN_CLUB, TITLE], ["10 hours"], "alert_stop"),
    "approval_wanted": (
        lambda s: guidance_emails.approval_wanted(s.page, [s.staff], s.anna),
        ['Ask "well" & briefly'],
        ["Anna"],
        "wagtailadmin_pages:edit",
    ),
    "approval_stuck": (
        lambda s: guidance_emails.approval_stuck(s.page, [s.staff]),
        ['Ask "well" & briefly'],
        [],
        "wagtailadmin_pages:edit",
    ),
    "model_approval_wanted": (
        lambda s: guidance_emails.model_approval_wanted(
            SocialValueModel.objects.get(slug="central-2026"), [s.staff], s.anna
        ),
        ["2026"],
        ["Anna"],
        "model_publish",
    ),
    "model_approval_refused": (
        lambda s: guidance_emails.model_approval_refused(
            SocialValueModel.objects.get(slug="central-2026"), [s.staff], REASON, s.anna
        ),
        ["2026"],
        [REASON, "Anna"],
        "model_open",
    ),
    "review_due": (review, ['Ask "well" & briefly'], ["35 days ago"], "review_page"),
    "role_vacant": (
        lambda s: guidance_emails.role_vacant(s.role, timezone.localdate(), [s.page], [s.staff]),
        ["Keeper of <advice> & more"],
        ['Ask "well" & briefly'],
        "role_appoint",
    ),
    "tasks_opened": (tasks, ["2026"], ["Rewrite <it>"], "review_task:index"),
    "thread_officer": (officer, ["1 record"], [TITLE, "Record it in PM3."], "thread_screen"),
    "thread_summary": (summary, ["golden thread"], ["64 of 200", "Children's & Families"], "thread_screen"),
    "mail_stuck": (stuck, ["1 e-mail"], [SEEN_CLUB, "to nobody"], "mail_stuck"),
    "account/email_confirmation_signup": (
        lambda s: accounts("account/email/email_confirmation_signup", user=s.anna, code="ABC-DEF"),
        NOTICE,
        ["ABC-DEF", "15 minutes"],
        "account_login",
    ),
    "account/email_confirmation": (
        lambda s: accounts("account/email/email_confirmation", user=s.anna, code="ABC-DEF"),
        NOTICE,
        ["ABC-DEF", "15 minutes"],
        "account_login",
    ),
    "account/account_already_exists": (
        lambda s: accounts(
            "account/email/account_already_exists",
            password_reset_url="https://127.0.0.1:6666/accounts/password/reset/",
            signup_url="",
        ),
        NOTICE,
        [],
        "account_reset_password",
    ),
    "account/unknown_account": (
        lambda s: accounts(
            "account/email/unknown_account",
            email="who@example.org",
            signup_url="http://127.0.0.1:6666/accounts/signup/",
        ),
        NOTICE,
        [],
        "account_signup",
    ),
    "account/password_reset_key": (
        lambda s: accounts(
            "account/email/password_reset_key",
            user=s.anna,
            password_reset_url="http://127.0.0.1:6666/accounts/password/reset/key/1-abc/",
        ),
        NOTICE,
        ["works once"],
        "account_reset_password_from_key",
    ),
    "account/email_changed": (
        lambda s: accounts("account/email/email_changed", user=s.anna, from_email="a@x.org", to_email="b@x.org"),
        NOTICE,
        ["from a@x.org to b@x.org"],
        "account_reset_password",
    ),
    **{
        f"account/{name}": (
            lambda s, name=name: accounts(
                f"account/email/{name}", user=s.anna, notice=True, deleted_email="old@example.org"
            ),
            NOTICE,
            [],
            "account_reset_password",
        )
        for name in ("email_confirm", "email_deleted", "password_changed", "password_set", "password_reset")
    },
    **{
        f"mfa/{name}": (
            lambda s, name=name: accounts(f"mfa/email/{name}", user=s.anna),
            NOTICE,
            [],
            "account_reset_password",
        )
        for name in ("totp_activated", "totp_deactivated", "recovery_codes_generated")
    },
}
NAMELESS = {
    "invitation_sent", "account/unknown_account", "account/email_confirmation_signup", "account/email_confirmation",
}  # fmt: skip
"""To an address that may be a stranger's: no name, as somebody else may have typed it."""
NEVER_SENT = {
    "account/login_code": "signing in by code is off",
    "account/password_reset_code": "a password is reset by link",
    "mfa/webauthn_added": "keys are not offered",
    "mfa/webauthn_removed": "keys are not offered",
}
