"""How each e-mail comes about, with awkward names; what its subject, text and link must hold. See test_every_email."""

from django.utils import timezone

from guidance import emails as guidance_emails
from guidance.models import SocialValueModel
from mail import composing
from organisations import emails as organisation_emails
from organisations import memberships
from requests_app import deliveries, pledges
from requests_app import emails as request_emails
from tests.mail.cases_of_clocks import CLOCKS
from tests.mail.cases_of_joining import JOINING
from tests.mail.cases_of_offers import OFFERS
from tests.mail.cases_of_requests import REQUESTS
from tests.mail.cases_of_returns import RETURNS
from tests.mail.cases_of_talking import TALKING
from tests.mail.stage import (
    REASON,
    SEEN_CLUB,
    SEEN_FIRM,
    TITLE,
    accounts,
    alert,
    answered,
    confirmed_for_less,
    declined,
    disputed_and_amended,
    membership,
    officer,
    queried,
    review,
    tasks,
    verified,
)

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
    "organisation_left_alone": (
        lambda s: organisation_emails.left_alone(s.group),
        [SEEN_CLUB],
        ["Close it with a reason"],
        "organisation_decide",
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
        ["have let you in"],
        "dashboard",
    ),
    "pledge_accepted": (lambda s: s.delivery(), [SEEN_CLUB, TITLE], [REASON], "pledge"),
    "pledge_declined": (declined, [SEEN_CLUB, TITLE], [REASON], "pledge"),
    "pledge_finished": (
        lambda s: (pledges.accept(s.pledge, by=s.anna), pledges.finish(s.pledge, by=s.sid, reason=REASON)),
        [SEEN_FIRM, TITLE],
        [REASON],
        "pledge",
    ),
    "pledge_lapsed": (
        lambda s: pledges.lapse(s.pledge),
        [SEEN_FIRM, TITLE],
        [SEEN_CLUB, "4 hours", "had no answer by"],
        "request",
    ),
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
    "count_refused": (
        lambda s: request_emails.count_refused(s.pledge, s.pledge.commitment, REASON, s.staff),
        [TITLE],
        [REASON],
        "pledge",
    ),
    "other_side_closed": (lambda s: s.close_group(), [SEEN_CLUB, TITLE], [REASON, "counts as before"], "pledge"),
    "supplier_invited": (
        lambda s: s.invite_supplier(),
        ["C-99"],
        ["You are named as the supplier"],
        "invited",
    ),
    "request_lowered": (
        lambda s: request_emails.request_lowered(s.accepted()),
        [TITLE],
        ["it now asks for 10 hours", "4 hours"],
        "pledge",
    ),
    "request_lowered_own": (
        lambda s: request_emails.request_lowered(s.accepted()),
        [TITLE],
        ["You have accepted 4 hours already"],
        "request",
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
    "query_answered": (answered, [TITLE], [REASON, "Anna"], "delivery_verify"),
    **CLOCKS,
    **REQUESTS,
    **JOINING,
    **OFFERS,
    **TALKING,
    **RETURNS,
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
        ["nobody but its author"],
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
        ["has one already"],
        "account_reset_password",
    ),
    "account/unknown_account": (
        lambda s: accounts(
            "account/email/unknown_account",
            email="who@example.org",
            signup_url="http://127.0.0.1:6666/accounts/signup/",
        ),
        NOTICE,
        ["no account with it"],
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
NAMELESS = {"supplier_invited", "sponsor_asked",
    "invitation_sent", "account/unknown_account", "account/email_confirmation_signup", "account/email_confirmation",
}  # fmt: skip
"""To an address that may be a stranger's: no name, as somebody else may have typed it."""
NEVER_SENT = {
    "account/login_code": "signing in by code is off",
    "account/password_reset_code": "a password is reset by link",
    "mfa/webauthn_added": "keys are not offered",
    "mfa/webauthn_removed": "keys are not offered",
}
