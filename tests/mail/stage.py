"""Real rows with awkward names, and how each e-mail that no single call sends comes about: for cases.py."""

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

from golden_thread import letters
from golden_thread.models import Officer
from guidance import emails as guidance_emails
from guidance.models import Review, ReviewTask, SocialValueModel
from mail import composing, preferences, rounds
from mail import stuck as outbox
from mail.models import Message
from matching.alerts import recipients as alerts_finding
from matching.alerts import sending, subscriptions
from matching.models import Proposal
from organisations import vouching
from organisations.models import Membership, Organisation
from requests_app import deliveries, emails, hosting, moderation, pledges
from requests_app.models import Pledge, Request
from returns import answering, deciding, opening, periods
from suppliers import invitations
from suppliers.models import Contract
from talking import bookings, conversation, meetings, questions, reporting, volunteer_days
from talking import emails as talking_emails
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

    def owed_return(self):
        last = periods.first_of_quarter(timezone.localdate()) - timedelta(days=1)
        return opening.of_period(self.commitment.contract, periods.first_of_quarter(last), last)

    def sent_return(self):
        given = {self.commitment.pk: answering.Given(Decimal(3), evidence=REASON[:200])}
        return answering.send(self.owed_return(), given, by=self.sid, is_declared=True)

    def answered_return(self):
        sent = self.sent_return()
        deciding.decide(sent, {sent.answers.get().pk: ("query", REASON)}, by=self.staff)

    def invite_supplier(self):
        contract = Contract.objects.create(reference="C-99", title="Roads", supplier_name="Firm")
        invitations.invite(contract, "firm@example.org", by=self.staff)

    def close_group(self):
        emails.other_side_closed(self.pledge, self.group, self.pledge.supplier, REASON)

    def accepted(self):
        pledges.accept(self.pledge, by=self.anna, answer=REASON)
        return self.request

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
    context = {
        "officer": person,
        "rows": rows,
        "count": 1,
        "more": 0,
        "recording": None,
        "trained_on": None,
        "authority": None,
    }
    letters.send("officer", person, context | {"day": timezone.localdate()}, month=timezone.localdate())


def summary(stage):
    figure = {"label": "Linked", "percent": Decimal("32.0"), "numerator": 64, "denominator": 200, "target": 60}
    row = {"name": "Children's & Families", "recorded_share": None, "completed": 0, "linked_share": 0.3, "contracts": 9}
    context = {"day": timezone.localdate(), "figures": [figure | {"meets": False}], "directorates": [row]}
    context |= {"to_mend": 3, "waiting": 1, "due": [], "authority": None}
    letters.send(
        "summary",
        stage.staff,
        context | {"to_mend": 3, "waiting": 1, "due": [], "authority": None},
        month=timezone.localdate(),
    )


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


def answered(stage):
    deliveries.answer(queried(stage), REASON, by=stage.anna)


def moderation_late(stage):
    row = make_request(stage.group, live=False, title=TITLE)
    moderation.submit(row, by=stage.anna)
    emails.moderation_late(moderation.state_of(row))


def asked(stage):
    return questions.ask(stage.request, stage.firm, REASON, by=stage.sid)


def answered_question(stage):
    question = asked(stage)
    questions.answer(question, "Yes, at the gate", by=stage.anna)
    return question


def settled(stage):
    made = reporting.report("/requests/1/", "false", REASON, by=stage.sid)
    reporting.settle(made, "Taken down", by=stage.staff)


def sponsor_asked(stage):
    """A group like the club, without a number of its own, whose sponsor is asked."""
    group = make_organisation(CLUB + " too", "informal", stage.anna, state="waiting", sponsor_email="clerk@example.net")
    vouching.ask(group, by=stage.anna)
    return group


def vouched(stage):
    vouching.answer(vouching.token_for(sponsor_asked(stage)), "no", REASON)


def proposed_day(stage):
    """The supplier of the accepted pledge proposes a day to the group."""
    stage.accepted()
    pledge = Pledge.objects.get(pk=stage.pledge.pk)
    return meetings.propose(pledge, [timezone.now() + timedelta(days=5)], 90, by=stage.sid, bring="old clothes")


def agreed_day(stage):
    day = proposed_day(stage)
    return meetings.accept(day, day.times.get(), by=stage.anna)


def planned_day(stage, places=1):
    """The group plans a volunteer day; the supplier's pledge is accepted."""
    stage.accepted()
    starts = timezone.now() + timedelta(days=5)
    tasks = [("Painting", places, 0)]
    request = Pledge.objects.get(pk=stage.pledge.pk).request
    return volunteer_days.announce(request, starts, 240, tasks, by=stage.anna, bring="old clothes")[0]


def places_taken(stage, places=1, people=1):
    day = planned_day(stage, places)
    pledge = Pledge.objects.get(pk=stage.pledge.pk)
    return bookings.take(day.tasks.get(), pledge, people, by=stage.sid, who="Ana")


def called_off(stage):
    day = places_taken(stage).task.day
    volunteer_days.call_off(day, REASON[:200], by=stage.anna)


def near(stage):
    talking_emails.volunteer_day_is_near(places_taken(stage).task.day)


def offered(stage):
    """What somebody else gave up is offered to the supplier."""
    taken = places_taken(stage)
    taken.state, taken.offered_until = "offered", timezone.now() + timedelta(days=2)
    talking_emails.places_offered(taken)


def hosting_arrived(stage):
    """The group says that the money for hosting has come."""
    stage.accepted()
    Pledge.objects.filter(pk=stage.pledge.pk).update(hosting_amount=120)
    hosting.received(stage.pledge, by=stage.anna)


def round_of_two(stage):
    """Anna hears of pledges and messages once a day: two of them are held, and the next morning sent together."""
    for topic in ("pledges", "talking"):
        preferences.choose(stage.anna.email, topic, "daily")
    composing.send("pledge_withdrawn", [stage.anna], pledge=stage.pledge)
    conversation.write(stage.pledge, "Is there parking?", by=stage.sid)
    rounds.send_due(timezone.now() + timedelta(days=2))
