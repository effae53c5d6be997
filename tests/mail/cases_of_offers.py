"""E-mails about offers: {template: (what happens, words of the subject, words of the text, where the link leads)}."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from offers import asking, clocks, emails, offering
from offers.models import Ask, Offer
from requests_app import pledges
from requests_app.models import Pledge
from tests.conftest import make_organisation
from tests.mail.stage import REASON, SEEN_CLUB, SEEN_FIRM, TITLE

QUANTITY = "3 places"


def submitted(stage):
    offer = Offer(
        supplier=stage.firm, kind="jobs", title=TITLE, description=REASON, quantity=Decimal(9), unit="places",
        postcode="RH1 1AA", until=timezone.localdate() + timedelta(days=40),
    )  # fmt: skip
    offer.clean()
    offering.keep(offer, by=stage.sid)
    offering.submit(offer, by=stage.sid)
    return offer


def public(stage):
    offer = submitted(stage)
    offering.publish(offer, by=stage.staff)
    return offer


def asked(stage):
    return asking.ask(public(stage), stage.group, Decimal(3), REASON, by=stage.anna)


def given(stage):
    ask = asked(stage)
    asking.grant(ask, REASON, by=stage.sid)
    return ask


def came_back(stage):
    ask = given(stage)
    other = make_organisation("Next Club", "vcse", stage.anna)
    asking.ask(ask.offer, other, Decimal(8), "A hall", by=stage.anna)
    pledges.withdraw(Pledge.objects.get(pk=ask.pledge_id), "Broken", by=stage.sid)


OFFERS = {
    "offer_submitted": (submitted, [SEEN_FIRM, TITLE], ["becomes public if you agree"], "offer_decide"),
    "offer_published": (public, [TITLE], ["ask for some of it until"], "offer"),
    "offer_returned": (
        lambda s: offering.send_back(submitted(s), REASON[:500], by=s.staff), [TITLE], [REASON[:60]], "offer_edit",
    ),
    "offer_asked": (asked, [SEEN_CLUB, QUANTITY, TITLE], [REASON], "ask"),
    "ask_waits": (lambda s: emails.ask_waits(asked(s)), [SEEN_CLUB, QUANTITY], [REASON, "Say yes or no by"], "ask"),
    "ask_granted": (given, [SEEN_FIRM, QUANTITY], [REASON, "how to reach them"], "pledge"),
    "ask_granted_own": (given, [SEEN_CLUB, QUANTITY], ["It is a pledge now"], "pledge"),
    "ask_declined": (
        lambda s: asking.decline(asked(s), REASON, by=s.sid), [SEEN_FIRM, QUANTITY], [REASON], "offers",
    ),
    "ask_taken_back": (lambda s: asking.take_back(asked(s), by=s.anna), [SEEN_CLUB, QUANTITY], [TITLE], "offer"),
    "ask_lapsed": (
        lambda s: (asked(s), clocks.lapse_overdue(Ask.objects.get().answer_due_at)), [QUANTITY, TITLE],
        ["no answer by"], "offer",
    ),
    "offer_came_back": (came_back, [TITLE], ["Next Club", "8 places"], "ask"),
}  # fmt: skip
