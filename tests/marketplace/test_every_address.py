"""Who gets in at every address the resolver has, by GET and by POST; see address_table.py for what is expected.

An address without a row fails, and so does a row without an address. Whoever is refused sees nothing of what is not
theirs, nor does anybody outside the council and the organisation; nobody sees an error page.
"""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from marketplace.idle import SEEN
from matching.alerts import subscriptions
from offers import asking
from organisations import uploads
from organisations.models import Membership, Upload
from performance import improving
from requests_app import deliveries, pledges
from requests_app.models import Request, RequestPicture
from suppliers.models import ContractParty
from talking import bookings, meetings, questions, volunteer_days
from tests import once
from tests.conftest import make_commitment, make_organisation, make_request, make_user
from tests.marketplace.address_table import TABLE
from tests.marketplace.addresses import SKIPPED, make_more, path_of, walk
from tests.marketplace.test_access import PEOPLE, SECRETS, things  # noqa: F401 - a fixture
from tests.offers.conftest import make_offer
from tests.returns.owing import owe_return

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]  # rights do not hang on the database
module_db, people, group, supplier, commitment, wanted = once.FIXTURES  # made once for all tests here
OUTSIDE = {"anonymous", "charlie", "tess"}
HOME, SIGN_IN = "/admin/", ("/accounts/login/", "/admin/login/", "/_util/login/")
ADDRESSES = [address for address in walk() if address.name not in SKIPPED]


@pytest.fixture
def more(things, people, settings):  # noqa: F811 - the fixture of that name
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"
    return make_more(things, people)


def is_let_in(answer, path):
    """Whether the person got what is there, rather than a refusal or the way to the sign-in."""
    if answer.status_code in (301, 302):
        target = answer["Location"].split("?")[0]
        return target not in SIGN_IN and (target != HOME or path == HOME)
    return answer.status_code in (200, 400, 409, 422)


@pytest.fixture
def cookies(people):
    """{who: the cookies of somebody signed in}: signing in for each address takes longer than all that is asked."""
    found = {}
    for who in PEOPLE:
        client = Client()
        if who != "anonymous":
            client.force_login(people[who])
            session = client.session
            session[SEEN] = int(time.time())  # no address has to note that somebody came
            session.save()
        found[who] = client.cookies
    return found


def ask(who, cookies, path):
    """{method: whether `who` is let in}; the words that were shown are looked through for what is not theirs."""
    client, found = Client(), {}
    for method in ("get", "post"):
        client.cookies = cookies[who].copy()
        with transaction.atomic():
            answer = getattr(client, method)(path)
            body = b"".join(answer).decode(errors="replace")
            transaction.set_rollback(True)  # the next one finds everything as it was
        assert answer.status_code < 500, (who, method, path)
        found[method] = is_let_in(answer, path)
        if who in OUTSIDE or not found[method]:
            seen = [secret for secret in SECRETS if secret in body]
            assert not seen, (who, method, path, seen)
    return found


def said(found):
    """{"get": [people], "post": [people]} in the order of PEOPLE."""
    return {method: [who for who in PEOPLE if found[who][method]] for method in ("get", "post")}


def test_every_address_has_a_row_and_every_row_an_address():
    assert {address.name for address in ADDRESSES} == set(TABLE)


def test_what_is_skipped_is_there():
    assert SKIPPED.keys() & {address.name for address in walk()}


@pytest.mark.parametrize("part", range(8))
def test_who_gets_in(part, more, cookies):
    wrong = {}
    for address in ADDRESSES[part::8]:
        path = path_of(address, more)
        found = said({who: ask(who, cookies, path) for who in PEOPLE})
        expected = TABLE.get(address.name)
        if found != expected:
            wrong[address.name] = {"found": found, "expected": expected}
    assert wrong == {}


@pytest.fixture
def foreign(more, people):
    """`more` with what belongs to another group and another supplier in place of alice's and sam's."""
    olga, otto = make_user("olga"), make_user("otto")
    group = make_organisation("Foreign Club", "vcse", olga)
    firm = make_organisation("Foreign Ltd", "business", otto)
    promise = make_commitment(firm, reference="F-1", by=people["cara"])
    line = promise.return_lines.create(delivered_on=timezone.localdate(), quantity=1, note="Seen", by=people["cara"])
    party = ContractParty.objects.create(contract=promise.contract, name="Parent plc", role="parent")
    live = Request.objects.for_page().get(pk=make_request(group).pk)
    pledge = pledges.offer(live, firm, Decimal(4), by=otto, commitment=promise, message="Secret words")
    other = Request.objects.for_page().get(pk=make_request(group, title="Other").pk)
    offered = pledges.offer(other, firm, Decimal(1), by=otto)
    pledges.accept(pledge, by=olga)
    file = (uploads.check(SimpleUploadedFile("sheet.txt", b"Secret evidence")), "sheet.txt")
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=otto, files=[file])
    draft = make_request(group, live=False, title="Secret draft")
    upload = Upload.objects.create(
        organisation=group, name="a.jpg", content_type="image/jpeg", size=1, uploaded_by=olga, file="no/file"
    )
    RequestPicture.objects.create(request=draft, upload=upload, description="Hall")
    return more | {
        "group": group.pk, "supplier": firm.pk, "live": live.pk, "draft": draft.pk, "pledge": pledge.pk,
        "offered": offered.pk, "delivery": delivery.pk, "evidence": delivery.evidence.get().pk,
        "commitment": promise.pk, "contract": promise.contract_id, "party": party.pk,
        "return line": line.pk, "picture": upload.pk, "question": questions.ask(live, firm, "Dry?", by=otto).pk,
        **owe_return(promise, firm, otto),
        "asking": Membership.objects.create(organisation=group, user=people["dee"]).pk,
        "meeting": meetings.propose(pledge, [timezone.now() + timedelta(days=9)], 60, by=otto).pk,
        **foreign_day(live, pledge, olga, otto),
        "alert": subscriptions.follow_matches(firm, "daily", by=otto).pk,
        "improvement": improving.ask(promise, "Start", timezone.localdate() + timedelta(days=9), by=people["cara"]).pk,
        **foreign_offer(firm, group, otto, olga, people["mo"]),
    }  # fmt: skip


def foreign_day(live, pledge, olga, otto):
    starts, tasks = timezone.now() + timedelta(days=12), [("Painting", 3, 0)]
    day = volunteer_days.announce(live, starts, 60, tasks, by=olga, bring="Secret words")[0]
    task = day.tasks.get()
    return {"volunteer day": day.pk, "volunteer task": task.pk, "booking": bookings.take(task, pledge, 1, by=otto).pk}


def foreign_offer(firm, group, otto, olga, moderator):
    offer = make_offer(firm, otto, moderator)
    return {"offer": offer.pk, "asked": asking.ask(offer, group, Decimal(2), "Secret words", by=olga).pk}


FOR_ANYBODY = {
    "ask_new",
    "offer_new",
    "offer_new_as",
    "pledge_new",
    "pledge_new_as",
    "question_new",
    "organisation_join",
}  # with one's own organisation, towards others


def test_nobody_gets_into_what_belongs_to_others(foreign, cookies):
    """alice, bob and sam have things of their own; here they ask for those of others, as charlie who has none."""
    tried = 0
    for address in ADDRESSES:
        path = path_of(address, foreign) if address.parameters and ":" not in address.name else ""
        if not path or path.startswith("/admin/") or address.name in FOR_ANYBODY:
            continue
        for who in ("alice", "bob", "sam"):
            found = ask(who, cookies, path)
            expected = {method: "charlie" in TABLE[address.name][method] for method in ("get", "post")}
            assert found == expected, (who, address.name)
            tried += 1
    assert tried > 100
