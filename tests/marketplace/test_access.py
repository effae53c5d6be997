"""Rule 7: not yours is 404; yours, but not allowed, is 403. Every address has a row, for every kind of person."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone
from PIL import Image

from guidance.governance import actions as acting
from guidance.models import Action, GovernanceGroup, Outcome, ReviewTask, SocialValueModel
from organisations import memberships, uploads
from organisations.models import Membership
from requests_app import deliveries, links, moderation, pledges
from requests_app.models import Request, RequestPicture
from tests.conftest import make_organisation, make_page, make_request, make_role

pytestmark = pytest.mark.django_db

PEOPLE = ["anonymous", "alice", "bob", "tess", "sam", "charlie", "cara", "pat", "mo", "edie", "dee"]
OWN = {"alice", "bob"}
SIGN_IN = 302
SECRETS = ("Secret draft", "Secret words", "Secret evidence", "01632 960123")

# name: (path arguments, method, {people: status}, what all other signed-in people get, what anonymous gets)
# "council" below: those whose role lets them see pledges and deliveries.
COUNCIL = {"cara", "pat", "mo", "dee"}
STAFF = [*COUNCIL, "edie"]
ROWS = {
    "dashboard": ((), "get", {}, 200, SIGN_IN),
    "health": ((), "get", {}, 200, 200),
    "requests": ((), "get", {}, 200, 200),
    "request": (("live",), "get", {}, 200, 200),
    "request draft": (("draft",), "get", {"alice": 200, "bob": 200, "mo": 200}, 404, 404),
    "request_progress": (("live",), "get", {}, 200, 200),
    "request_progress draft": (("draft",), "get", {"alice": 200, "bob": 200, "mo": 200}, 404, 404),
    "request_new": ((), "get", {"alice": 302, "bob": 302, "tess": 302}, 200, SIGN_IN),
    "request_new_step": (("group",), "get", {"alice": 200, "bob": 200}, 404, SIGN_IN),
    "request_edit": (("draft", "need"), "get", {"alice": 200, "bob": 200}, 404, SIGN_IN),
    "request_picture_remove": (("draft", 1), "post", {"alice": 302, "bob": 302}, 404, SIGN_IN),
    "request_check": (("draft",), "get", {"alice": 200, "bob": 200}, 404, SIGN_IN),
    "request_submitted": (("draft",), "get", {"alice": 200, "bob": 200}, 404, SIGN_IN),
    "request_take_back": (("draft",), "post", {"alice": 302, "bob": 302}, 404, SIGN_IN),
    "request_close": (("draft",), "get", {"alice": 200, "bob": 200}, 404, SIGN_IN),
    "request_reopen": (("live",), "post", {"alice": 302, "bob": 302}, 404, SIGN_IN),
    "request_copy": (("live",), "post", {"alice": 302, "bob": 302}, 404, SIGN_IN),
    "pledge_new": (("live",), "get", {"sam": 302, "tess": 302}, 403, SIGN_IN),
    "pledge_new_as": (("live", "supplier"), "get", {"sam": 200}, 404, SIGN_IN),
    "picture": (("picture",), "get", {"alice": 200, "bob": 200, "mo": 200}, 404, 404),
    "pledge": (
        ("pledge",),
        "get",
        {"alice": 200, "bob": 200, "sam": 200} | dict.fromkeys(COUNCIL, 200),
        404,
        SIGN_IN,
    ),
    **{
        name: (
            ("offered",),
            "get",
            {"alice": 200, "bob": 200, "sam": 403} | dict.fromkeys(COUNCIL, 403),
            404,
            SIGN_IN,
        )
        for name in ("pledge_accept", "pledge_decline")
    },
    **{
        name: (
            ("pledge",),
            "get",
            {"sam": 200, "alice": 403, "bob": 403} | dict.fromkeys(COUNCIL, 403),
            404,
            SIGN_IN,
        )
        for name in ("pledge_withdraw", "pledge_finish", "delivery_new")
    },
    "delivery": (
        ("delivery",),
        "get",
        {"alice": 200, "bob": 200, "sam": 200} | dict.fromkeys(COUNCIL, 200),
        404,
        SIGN_IN,
    ),
    "delivery_confirm": (
        ("delivery",),
        "get",
        {"alice": 200, "bob": 200, "sam": 403} | dict.fromkeys(COUNCIL, 403),
        404,
        SIGN_IN,
    ),
    **{
        name: (
            ("delivery",),
            "get",
            {"sam": 200, "alice": 403, "bob": 403} | dict.fromkeys(COUNCIL, 403),
            404,
            SIGN_IN,
        )
        for name in ("delivery_amend", "delivery_withdraw")
    },
    "delivery_answer": (
        ("delivery",),
        "get",
        {"sam": 200, "alice": 200, "bob": 200} | dict.fromkeys(COUNCIL, 403),
        404,
        SIGN_IN,
    ),
    "delivery_by_link": (("token",), "get", {}, 200, 200),
    "evidence": (
        ("evidence",),
        "get",
        {"alice": 200, "bob": 200, "sam": 200} | dict.fromkeys(COUNCIL, 200),
        404,
        SIGN_IN,
    ),
    "commitments": ((), "get", {}, 200, SIGN_IN),
    "commitment": (("commitment",), "get", {"sam": 200, "cara": 200, "pat": 200, "dee": 200}, 404, SIGN_IN),
    "contract": (("contract",), "get", {"sam": 200, "cara": 200, "pat": 200, "dee": 200}, 404, SIGN_IN),
    "organisation_start": ((), "get", {}, 200, SIGN_IN),
    "organisation_new": ((), "get", {}, 200, SIGN_IN),
    "organisation_new_details": (("vcse",), "get", {}, 200, SIGN_IN),
    "organisation": (("group",), "get", {"alice": 200, "bob": 200}, 404, SIGN_IN),
    "organisation_edit": (("group",), "get", {"alice": 200, "bob": 403}, 404, SIGN_IN),
    "supplier_profile": (("supplier",), "get", {"sam": 200}, 404, SIGN_IN),
    "organisation_join": (("group",), "get", {}, 200, SIGN_IN),
    "person_invite": (("group",), "get", {"alice": 200, "bob": 403}, 404, SIGN_IN),
    "person_admit": (("group", "asking"), "post", {"alice": 302, "bob": 403}, 404, SIGN_IN),
    "person_remove": (("group", "asking"), "post", {"alice": 302, "bob": 403, "dee": 302}, 404, SIGN_IN),
    "person_change_role": (("group", "asking"), "post", {"alice": 404, "bob": 403}, 404, SIGN_IN),
    "invitation": (("invitation",), "get", {}, 200, 200),
    "media": (("images/none.jpg",), "get", {}, 404, 404),
    "wagtailadmin_login": ((), "get", dict.fromkeys(STAFF, 302), 403, 302),
    "wagtailcore_login": ((), "get", dict.fromkeys(STAFF, 302), 403, 302),
    "search": ((), "get", {}, 200, 200),
    "search_suggest": ((), "get", {}, 200, 200),
    "outcome_figures": ((), "get", {}, 200, 200),
    "outcome_evidence": (("outcome",), "get", {}, 200, 200),
    "outcome_evidence of a draft": (("draft outcome",), "get", {}, 404, 404),
    "sitemap": ((), "get", {}, 200, 200),
    "robots": ((), "get", {}, 200, 200),
    "responsible": ((), "get", {}, 200, 200),
    "group": (("governance group",), "get", {}, 200, 200),
    "guidance_health": ((), "get", {}, 200, 200),
    "models": ((), "get", {}, 200, 200),
    "model": (("central-2025",), "get", {}, 200, 200),
    "model of a draft": (("central-2026",), "get", {}, 404, 404),
    "model_csv": (("central-2025",), "get", {}, 200, 200),
    "model_csv of a draft": (("central-2026",), "get", {}, 404, 404),
    "page_answer": (("page",), "get", {}, 200, 200),
    "page_answer of a draft": (("draft page",), "get", {}, 404, 404),
    "page_answer_thanks": ((), "get", {}, 200, 200),
    # Staff screens of ours. Wagtail sends those who may not enter away with a redirect.
    "request_queue": ((), "get", {"mo": 200}, 302, 302),
    "organisation_decide": (("group",), "get", {"mo": 200}, 302, 302),
    "delivery_verify": (("delivery",), "get", {"cara": 200, "pat": 200, "dee": 200}, 302, 302),
    "count_agree": (("pledge",), "get", {"cara": 200}, 302, 302),
    "imports": ((), "get", {"cara": 200, "pat": 200, "mo": 200}, 302, 302),
    "role_appoint": (("role",), "get", {}, 302, 302),
    "review_page": (("page",), "get", {"edie": 200, "cara": 200}, 302, 302),
    "action_report": (("action",), "get", {"edie": 200, "dee": 200, "cara": 200}, 302, 302),
    "task_close": (("task",), "get", {"edie": 200, "dee": 200, "cara": 200}, 302, 302),
    "guidance_health_report": ((), "get", {"edie": 200, "dee": 200}, 302, 302),
    "audit_progress": ((), "get", {"edie": 200, "dee": 200}, 302, 302),
    "audit_progress_pdf": ((), "get", {"edie": 200, "dee": 200}, 302, 302),
    "model_open": (("model",), "get", {"edie": 200, "dee": 200}, 302, 302),
    "model_publish": (("model",), "get", {}, 302, 302),
    "model_withdraw": (("model",), "get", {}, 302, 302),
    "model_export": (("model", "lines"), "get", {"edie": 200, "dee": 200}, 302, 302),
    "priorities_matrix": ((), "get", {"edie": 200, "dee": 200}, 302, 302),
    "import_preview": ((0,), "get", {"cara": 404, "pat": 404, "mo": 404}, 302, 302),
}


@pytest.fixture
def things(group, supplier, commitment, people):
    """One of everything, with data that could leak."""
    today = timezone.localdate()
    make_organisation("Libraries", "council_team", people["tess"])
    live = Request.objects.for_page().get(pk=make_request(group).pk)
    draft = make_request(group, live=False, title="Secret draft")
    pledge = pledges.offer(live, supplier, Decimal(4), by=people["sam"], commitment=commitment, message="Secret words")
    pledges.accept(pledge, by=people["alice"])
    other = Request.objects.for_page().get(pk=make_request(group, title="Other").pk)
    offered = pledges.offer(other, supplier, Decimal(1), by=people["sam"])
    file = (uploads.check(SimpleUploadedFile("sheet.txt", b"Secret evidence")), "sheet.txt")
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"], files=[file])
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    checked = uploads.check(SimpleUploadedFile("hall.png", out.getvalue()))
    picture = uploads.keep(checked, "hall.png", group, people["alice"])
    keeper = make_role("Keeper", people["cara"])
    page = make_page("Advice", keeper)
    steering = GovernanceGroup.objects.create(name="Steering", slug="steering", purpose="To steer")
    action = acting.start(
        Action(title="Act", owner=keeper, group=steering, opened_on=today, first_target_on=today), by=people["edie"]
    )
    model = SocialValueModel.objects.get(slug="central-2026")
    task = ReviewTask.objects.create(model=model, role=keeper, what="Rewrite", opened_at=timezone.now())
    return {
        "page": page.pk,
        "draft page": make_page("Secret draft", keeper, live=False).pk,
        "role": keeper.pk,
        "governance group": "steering",
        "action": action.pk,
        "task": task.pk,
        "model": model.pk,
        "outcome": Outcome.objects.get(model__slug="central-2025", code="1a").pk,
        "draft outcome": model.outcomes.first().pk,
        "live": live.pk,
        "draft": draft.pk,
        "group": group.pk,
        "supplier": supplier.pk,
        "picture": RequestPicture.objects.create(request=draft, upload=picture, description="Hall").upload_id,
        "pledge": pledge.pk,
        "offered": offered.pk,
        "delivery": delivery.pk,
        "token": links.make(delivery, "alice@example.org"),
        "evidence": delivery.evidence.get().pk,
        "commitment": commitment.pk,
        "contract": commitment.contract_id,
        "asking": Membership.objects.create(organisation=group, user=people["dee"]).pk,
        "invitation": memberships.invite(group, "new@example.org", "member", by=people["alice"]),
    }


def our_names():
    """Names of every address this project defines itself, found by walking the resolver."""
    names = set()

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                module = getattr(pattern.urlconf_name, "__name__", "")
                if module.split(".")[0] in ("requests_app", "suppliers", "organisations", "guidance", "marketplace"):
                    walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and pattern.name:
                names.add(pattern.name)

    walk(get_resolver().url_patterns)
    return names


STAFF_SCREENS = {
    "request_queue",
    "organisation_decide",
    "delivery_verify",
    "count_agree",
    "imports",
    "import_preview",
    "role_appoint",
    "review_page",
    "action_report",
    "task_close",
    "guidance_health_report",
    "audit_progress",
    "audit_progress_pdf",
    "model_open",
    "model_publish",
    "model_withdraw",
    "model_export",
    "priorities_matrix",
}


def test_every_address_has_a_row():
    assert our_names() | STAFF_SCREENS == {name.split(" ")[0] for name in ROWS}


@pytest.mark.parametrize("row", ROWS)
def test_who_gets_what(row, things, people):
    arguments, method, allowed, others, anonymous = ROWS[row]
    path = reverse(row.split(" ")[0], args=[things.get(value, value) for value in arguments])
    expected = {who: anonymous if who == "anonymous" else allowed.get(who, others) for who in PEOPLE}
    found = {}
    for who in PEOPLE:
        with transaction.atomic():
            found[who], body = ask(method, path, None if who == "anonymous" else people[who])
            transaction.set_rollback(True)  # the next person finds everything as it was
        if found[who] in (403, 404):
            assert not [secret for secret in SECRETS if secret in body], who
    assert found == expected


def ask(method, path, user):
    client = Client()
    if user:
        client.force_login(user)
    response = getattr(client, method)(path)
    return response.status_code, b"".join(response).decode(errors="replace")


@pytest.mark.parametrize("who", ["alice", "sam", "charlie"])
@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/organisations/", "/admin/deliveries/", "/admin/snippets/requests_app/request/"],
)
def test_the_staff_admin_is_closed_to_everybody_else(who, path, people, client, things):
    client.force_login(people[who])
    response = client.get(path)
    assert response.status_code == 302
    assert "Secret" not in response.content.decode()


def test_a_moderator_reads_no_ledger_and_a_leader_changes_nothing(people, client, things):
    client.force_login(people["dee"])
    assert client.post(f"/admin/deliveries/{things['delivery']}/verify/", {"verify": ""}).status_code == 302
    client.force_login(people["mo"])
    assert client.get(reverse("commitment", args=[things["commitment"]])).status_code == 404


def test_a_returned_request_closes_to_its_editors_while_a_moderator_reads(group, people, client):
    draft = make_request(group, live=False)
    moderation.submit(draft, by=people["alice"])
    client.force_login(people["alice"])
    assert client.get(reverse("request_edit", args=[draft.pk, "need"])).status_code == 403


def test_an_unapproved_organisation_may_write_but_not_submit(people, client):
    waiting = make_organisation("New Group", "informal", people["charlie"], state="waiting")
    client.force_login(people["charlie"])
    assert client.get(reverse("request_new_step", args=[waiting.pk])).status_code == 200
    draft = make_request(waiting, live=False)
    page = client.post(reverse("request_check", args=[draft.pk])).content.decode()
    assert "has not approved your organisation yet" in page
    assert not moderation.waits(Request.objects.get(pk=draft.pk))
