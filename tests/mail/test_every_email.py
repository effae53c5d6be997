"""Every e-mail there is, found by walking the templates, made by the code that sends it, with awkward names.

A template without an entry here fails the test; so does an entry whose template is gone. Each message is held to
what a reader needs: who it is about, what happened, why, what to do next and where.
"""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.urls import resolve
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
from organisations.models import Membership, Organisation, User
from requests_app import deliveries, moderation, pledges
from requests_app import emails as request_emails
from requests_app.models import Request
from suppliers.models import Officer
from suppliers.thread import letters
from tests.conftest import make_commitment, make_organisation, make_page, make_request, make_role, make_user

pytestmark = pytest.mark.django_db

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


@pytest.fixture
def stage(db):
    return Stage()


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


def names_of(folder, strip=".txt"):
    return {str(path.relative_to(folder)).removesuffix(strip) for path in folder.rglob(f"*{strip}")}


def plain(text):
    """Words without the line breaks that wrapping put between them."""
    return re.sub(r"\s+", " ", text).strip()


def test_every_template_is_here_and_holds_something():
    assert {name.split(" ")[0] for name in STEPS} == names_of(TEMPLATES)
    assert [name for name in names_of(TEMPLATES) if not (TEMPLATES / f"{name}.txt").read_text().strip()] == []


def test_what_the_account_library_may_send_is_in_our_words():
    theirs = set()
    for app in ("account", "mfa"):
        folder = Path(allauth.__file__).parent / "templates" / app / "email"
        theirs |= {f"{app}/{name}" for name in names_of(folder, "_message.txt")} - {f"{app}/base"}
    assert theirs - NEVER_SENT.keys() == {name for name in STEPS if "/" in name}


@pytest.mark.parametrize("name", STEPS)
def test_each_says_who_what_why_and_what_next(name, stage, settings):
    settings.ALLOWED_HOSTS = ["*"]
    happens, in_subject, in_body, leads_to = STEPS[name]
    happens(stage)
    template = name.split(" ")[0]
    sent = [message for message in Message.objects.filter(kind=template) if message.state == "waiting"]
    assert sent, "nothing was written"
    for message in sent:
        body = message.content["body"]
        for words in in_subject:
            assert words in message.subject
        for words in in_body:
            assert plain(words) in plain(body), f"{words!r} is not in the text"
        person = User.objects.filter(email=message.address).first() or Officer.objects.filter(
            email=message.address).first()  # fmt: skip
        greeting = body.split("\n")[0]
        if template in NAMELESS:
            assert greeting == "Hello,"
        else:
            assert greeting == f"Hello {person.name.strip(chr(0x202E))},"
        assert body.rstrip().endswith("Community Marketplace, Surrey County Council\nhttp://127.0.0.1:8000")
        check_layout(message, body)
        check_links(body, leads_to, own=name != "thread_officer")


def check_layout(message, body):
    for text in (message.subject, body):
        assert not re.search(r"&(#x?\w+|amp|lt|gt|quot);", text), "escaped for HTML"
        assert "{" not in text and "%}" not in text
        assert not set(text) & set("\u202e\u202c\r\t\0")
    assert "\n" not in message.subject and len(message.subject) <= 200
    assert "\n\n\n" not in body
    long = [line for line in body.split("\n") if len(line) > LONG_LINE and not line.startswith("http")]
    assert long == []


def check_links(body, leads_to, own):
    links = re.findall(r"https?://\S+", body)
    names = []
    for link in links:
        parts = urlsplit(link)
        assert f"{parts.scheme}://{parts.netloc}" == "http://127.0.0.1:8000", link
        if parts.path:
            names.append(resolve(parts.path).view_name)
    assert leads_to in names


def test_the_mail_of_a_stranger_holds_nothing_of_an_organisation_that_nobody_approved(stage):
    Organisation.objects.filter(pk=stage.group.pk).update(state="waiting", decided_at=None, decided_by=None)
    stage.group.refresh_from_db()
    memberships.invite(stage.group, "stranger@example.net", "member", by=stage.anna)
    message = Message.objects.get(address="stranger@example.net")
    for words in ("Children", "Club", "evil", "Anna", "O'Hara"):
        assert words not in message.subject + message.content["body"]


def test_moderators_are_told_in_our_words_of_a_request_that_was_submitted(stage):
    draft = make_request(stage.group, live=False, title=TITLE)
    moderation.submit(draft, by=stage.anna)
    message = Message.objects.get(address="staff@example.org", kind="")
    assert message.subject == f"Please read: {TITLE}"
    body = message.content["body"]
    assert body.startswith("Hello Staff,\n") and SEEN_CLUB in plain(body)
    assert resolve(urlsplit(re.search(r"http\S+/admin/\S+", body).group()).path)
    check_layout(message, body)


def page_in_approval(stage):
    stage.page.title = 'Ask "well" & often'
    stage.page.save_revision(user=stage.anna)
    return stage.page.get_workflow().start(stage.page, stage.anna).current_task_state.specific


def test_authors_are_told_in_our_words_of_a_page_that_was_approved(stage):
    page_in_approval(stage).approve(user=stage.staff)
    check_of_wagtail(stage, 'Approved: Ask "well" & often', "is public", "/ask-well/")


def test_authors_are_told_in_our_words_of_a_page_that_was_returned_and_why(stage):
    page_in_approval(stage).reject(user=stage.staff, comment=REASON)
    check_of_wagtail(stage, 'Returned: Ask "well" & often', REASON, f"/admin/pages/{stage.page.pk}/edit/")


def check_of_wagtail(stage, subject, words, path):
    message = Message.objects.get(address="anna@example.org", subject=subject)
    body = message.content["body"]
    assert plain(words) in plain(body)
    assert path in body
    assert body.startswith('Hello Anna "Ann" O\'Hara & Co,\n')
    check_layout(message, body)


def test_a_comment_on_a_page_is_told_in_our_words(stage):
    from types import SimpleNamespace

    from wagtail.admin.mail import send_notification

    words = {"new_comments": [SimpleNamespace(text=REASON)], "page": stage.page, "editor": stage.staff}
    send_notification([stage.anna], "updated_comments", words)
    check_of_wagtail(stage, 'Staff comments on Ask "well" & briefly', REASON, f"/admin/pages/{stage.page.pk}/edit/")


def test_each_notice_of_the_staff_admin_that_can_be_sent_is_in_our_words():
    """Wagtail sends these four; task_state_approved and _rejected, approved, rejected have no sender any more."""
    ours = names_of(TEMPLATES.parent / "wagtailadmin" / "notifications", "_subject.txt")
    assert ours == {"task_state_submitted", "workflow_state_approved", "workflow_state_rejected", "updated_comments"}


def test_an_empty_template_never_leaves(stage, monkeypatch):
    monkeypatch.setattr(composing, "words", lambda *args, **kwargs: ("", ""))
    with pytest.raises(composing.EmptyMessage):
        organisation_emails.organisation_received(stage.group)
