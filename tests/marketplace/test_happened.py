"""What happened since one last looked: what others did about one's own things, from the log, and nobody else's."""

import pytest
import time_machine
from django.urls import reverse

from organisations import approvals
from organisations.models import User
from requests_app import deliveries, pledges
from requests_app.models import Request
from talking import conversation, questions
from tests.conftest import make_organisation, make_request, make_user, markup

pytestmark = pytest.mark.django_db
PAGE = "/account/me/happened/"


def look(client, person):
    client.force_login(person)
    return markup(client.get(PAGE))


@pytest.fixture
def pledge(group, supplier, people):
    with time_machine.travel("2026-11-02 10:00", tick=False):
        made = pledges.offer(make_request(group, 10), supplier, 4, by=people["sam"])
    with time_machine.travel("2026-11-03 10:00", tick=False):
        pledges.accept(made, by=people["bob"])
    made.refresh_from_db()
    return made


@time_machine.travel("2026-11-20 10:00", tick=False)
def test_each_reads_what_others_did_and_not_what_they_did_themselves(client, pledge, people, supplier, group):
    page = look(client, people["alice"])
    assert "Pledged" in page and supplier.name in page
    assert "Accepted the pledge" in page and "Bob" in page  # a colleague of hers, by name
    theirs = look(client, people["sam"])
    assert "Accepted the pledge" in theirs and group.name in theirs
    assert "Bob" not in theirs and "Pledged" not in theirs
    for key in ("tess", "charlie"):
        assert "Paint our hall" not in look(client, people[key])


def test_new_is_what_came_since_one_last_looked(client, pledge, people):
    with time_machine.travel("2026-11-20 10:00", tick=False):
        client.force_login(people["alice"])
        assert "2 things happened since you last looked" in markup(client.get(reverse("dashboard")))
        assert "2 new since you last looked" in look(client, people["alice"])
    with time_machine.travel("2026-11-21 10:00", tick=False):
        assert "Nothing new since you last looked" in look(client, people["alice"])
    with time_machine.travel("2026-11-21 12:00", tick=False):
        deliveries.claim(pledge, 2, pledge.offered_at.date(), by=people["sam"])
    with time_machine.travel("2026-11-22 10:00", tick=False):
        client.force_login(people["alice"])
        assert "thing happened since" in markup(client.get(reverse("dashboard")))
        assert "1 new since you last looked" in look(client, people["alice"])
    with time_machine.travel("2027-03-22 10:00", tick=False):
        assert "Nothing yet" in look(client, people["alice"])


@time_machine.travel("2026-11-20 10:00", tick=False)
def test_a_page_fetched_ahead_is_not_seen(client, pledge, people):
    client.force_login(people["alice"])
    client.get(PAGE, headers={"Sec-Purpose": "prefetch"})
    assert User.objects.get(pk=people["alice"].pk).looked_at is None


@time_machine.travel("2026-11-20 10:00", tick=False)
def test_staff_are_the_council_and_a_job_is_the_site(client, group, supplier, people):
    made = pledges.offer(make_request(group, 10, title="Other"), supplier, 4, by=people["sam"])
    pledges.lapse(made)
    page = look(client, people["sam"])
    assert "Lapsed: nobody answered" in page and "The site" in page
    asked = make_organisation("Asked Club", "vcse", make_user("nora"), state="waiting")
    approvals.approve(asked, "All there", by=people["mo"])
    mine = look(client, User.objects.get(email="nora@example.org"))
    assert "Approved" in mine and "The council" in mine and "Mo" not in mine.split("What happened")[1][:400]


@time_machine.travel("2026-11-20 10:00", tick=False)
def test_words_that_somebody_wrote_are_not_repeated_here(client, pledge, people):
    conversation.write(pledge, "A secret of ours", by=people["sam"])
    assert "A secret of ours" not in look(client, people["alice"])


@time_machine.travel("2026-11-20 10:00", tick=False)
def test_questions_and_messages_are_told_without_their_words(client, pledge, people, supplier, group):
    other = Request.objects.for_page().get(pk=make_request(group, 5, title="Chairs for the hall").pk)
    question = questions.ask(other, supplier, "Is there a plug?", by=people["sam"])
    conversation.write(pledge, "We come at nine", by=people["sam"])
    page = look(client, people["alice"])
    assert "Asked a question" in page and "Chairs for the hall" in page and "Wrote to the other side" in page
    assert "Is there a plug" not in page and "at nine" not in page
    questions.answer(question, "Yes", by=people["alice"])
    questions.publish(question, by=people["mo"])
    theirs = look(client, people["sam"])
    assert "Answered a question" in theirs and group.name in theirs
    assert "The council" in theirs and "Made a question public" in theirs
    assert "Asked a question" not in look(client, people["tess"])
