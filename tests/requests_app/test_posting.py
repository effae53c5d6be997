"""The steps of posting: each has its heading, keeps what was typed, and says what to do about an error."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from requests_app import drafts, moderation
from requests_app.forms.steps.order import FORMS
from requests_app.models import Request, RequestPicture
from tests.conftest import make_request, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(group, people, client):
    client.force_login(people["alice"])
    return make_request(group, live=False)


def send(client, draft, step, **answers):
    return client.post(f"/requests/{draft.pk}/edit/{step}/", answers | {"csrfmiddlewaretoken": "x"})


@pytest.mark.parametrize("step", FORMS)
def test_each_step_has_its_own_heading(draft, client, step):
    page = markup(client.get(f"/requests/{draft.pk}/edit/{step}/"))
    assert f'<h1 class="govuk-heading-l">{FORMS[step].heading}</h1>' in page.replace("&#x27;", "'")


DAY = {"needed_by_day": "1", "needed_by_month": "13", "needed_by_year": "2027"}


@pytest.mark.parametrize(
    ("step", "answers", "words"),
    [
        ("kind", {}, "Choose the kind of help you need"),
        ("need", {"title": "", "description": "x"}, "Give your request a title"),
        ("need", {"title": "x" * 101, "description": "x"}, "Keep the title to 100 characters"),
        ("quantity", {"quantity": "lots", "unit": "hours"}, "Enter a number, like 12 or 7.5"),
        ("quantity", {"quantity": "0", "unit": "hours"}, "Enter a number above 0"),
        ("quantity", {"quantity": "5", "unit": "tonnes"}, "Choose one of the answers shown"),
        ("place", {"where": "place", "postcode": ""}, "Enter the postcode of the place"),
        ("place", {"where": "place", "postcode": "nowhere"}, "Enter a postcode like GU1 1AA"),
        ("dates", {"date_kind": "by", **DAY}, "Enter a real date"),
        ("dates", {"date_kind": "by", "needed_by_day": "1"}, "The date must include a month and year"),
        (
            "dates",
            {"date_kind": "by", "needed_by_day": "1", "needed_by_month": "jan", "needed_by_year": "2020"},
            "The day must be today or later",
        ),
        ("outcome", {}, "Choose the priority it serves"),
        ("hosting", {"dbs": "enhanced"}, "Say why the role is eligible for a check"),
        ("hosting", {"dbs": "none", "hosts_at_once": "a few"}, "Enter a whole number, like 8"),
    ],
)
def test_a_bad_answer_is_met_with_a_sentence_and_nothing_is_saved(draft, client, step, answers, words):
    before = Request.objects.values().get(pk=draft.pk)
    page = markup(send(client, draft, step, **answers))
    assert page.count(words) == 2  # in the summary and beside the field
    assert "<title>Error: " in page
    assert Request.objects.values().get(pk=draft.pk) == before


def test_what_was_typed_stays_typed(draft, client):
    page = send(client, draft, "need", title="", description="Two <b>coats</b> of paint").content.decode()
    assert "Two &lt;b&gt;coats&lt;/b&gt; of paint" in page


@pytest.mark.parametrize("typed", ["1,200", " £1200 ", "1200.00"])
def test_quantities_are_read_as_people_type_them(draft, client, typed):
    send(client, draft, "quantity", quantity=typed, unit="hours")
    draft.refresh_from_db()
    assert draft.quantity == 1200


@pytest.mark.parametrize(("month", "read"), [("3", 3), ("mar", 3), ("March", 3)])
def test_month_names_are_understood(draft, client, month, read):
    year = timezone.localdate().year + 1
    send(client, draft, "dates", date_kind="by", needed_by_day="27", needed_by_month=month, needed_by_year=str(year))
    draft.refresh_from_db()
    assert (draft.needed_by.month, draft.needed_by.day) == (read, 27)


def test_between_two_dates_needs_both_in_order(draft, client):
    first, last = timezone.localdate() + timedelta(days=30), timezone.localdate() + timedelta(days=20)
    answers = {"date_kind": "between"}
    for name, day in (("needed_from", first), ("needed_by", last)):
        answers |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    assert "The last day must be after the first day" in send(client, draft, "dates", **answers).content.decode()


def test_a_wrong_picture_is_refused_and_a_missing_description_too(draft, client):
    bad = SimpleUploadedFile("x.png", b"<script>alert(1)</script>")
    assert "can’t be used" in send(client, draft, "pictures", picture=bad, picture_shows="x").content.decode()
    assert not RequestPicture.objects.exists()


def test_an_incomplete_request_can_not_be_submitted(group, people, client):
    draft = Request.objects.create(organisation=group, kind="goods", live=False)
    client.force_login(people["alice"])
    page = client.post(f"/requests/{draft.pk}/check/").content.decode()
    for words in ("Give your request a title", "Say how much you need", "Say when you need it by"):
        assert words in page
    assert not moderation.waits(Request.objects.get(pk=draft.pk))


def test_taking_back_leaves_the_moderators_queue(draft, people, client):
    moderation.submit(draft, by=people["alice"])
    client.post(f"/requests/{draft.pk}/take-back/")
    assert not moderation.waits(Request.objects.get(pk=draft.pk))
    client.force_login(people["mo"])
    assert "Nothing waits here" in client.get("/admin/requests/moderate/").content.decode()


def test_a_copy_keeps_the_words_and_leaves_dates_and_progress(group, people):
    original = make_request(group, 12, title="Chairs", hosts_at_once=8)
    copied = drafts.copy(original, by=people["bob"])
    assert (copied.title, copied.quantity, copied.hosts_at_once) == ("Chairs", 12, 8)
    assert (copied.live, copied.needed_by, copied.posted_by) == (False, None, people["bob"])
    assert copied.pk != original.pk
    assert not hasattr(copied, "totals")


def test_changing_the_kind_of_help_asks_for_a_unit_that_fits(draft, client):
    send(client, draft, "kind", kind="money")
    draft.refresh_from_db()
    assert (draft.kind, draft.unit) == ("money", "")


def test_staff_post_on_behalf_of_a_group(group, people, client):
    client.force_login(people["mo"])
    page = client.get("/admin/snippets/requests_app/request/add/")
    assert page.status_code == 200
    answers = {
        "organisation": group.pk,
        "kind": "goods",
        "title": "Chairs by telephone",
        "description": "They rang us",
        "quantity": "8",
        "unit": "items",
        "dbs": "none",
        "date_kind": "by",
        "postcode": "rh1 1aa",
        "needed_by": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "action-submit": "action-submit",
    }
    client.post("/admin/snippets/requests_app/request/add/", answers)
    request = Request.objects.get(title="Chairs by telephone")
    assert not request.live
    state = request.current_workflow_task_state
    state.task.specific.on_action(state, people["mo"], "approve")
    client.logout()
    assert "Chairs by telephone" in client.get("/requests/").content.decode()
    assert request.district.name == "Reigate and Banstead"


def test_staff_can_not_publish_half_a_request(group, people, client):
    client.force_login(people["mo"])
    answers = {"organisation": group.pk, "kind": "goods", "title": "Half", "dbs": "none", "date_kind": "by"}
    page = client.post("/admin/snippets/requests_app/request/add/", answers | {"action-submit": "action-submit"})
    assert "Say how much you need." in page.content.decode()
    assert not Request.objects.exists()
    client.post("/admin/snippets/requests_app/request/add/", answers)
    assert not Request.objects.get().live


@pytest.mark.parametrize("postcode", ["ZZ1 1ZZ", "SW1A 1AA"])
def test_a_place_away_from_the_county_is_refused_in_posting_and_in_searching(draft, client, postcode):
    words = "We don’t know this postcode"
    assert words in send(client, draft, "place", where="place", postcode=postcode).content.decode()
    assert words in client.get("/requests/", {"postcode": postcode, "miles": 5}).content.decode()
