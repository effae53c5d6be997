"""A moderator approves, returns or takes down a request, each with a reason; no way goes round."""

import pytest
from django.core import mail
from django.urls import reverse

from requests_app import moderation
from requests_app.models import Request
from tests.conftest import make_request

pytestmark = pytest.mark.django_db
NAME = "wagtailsnippets_requests_app_request"


def asked(verb, request):
    return reverse(f"{NAME}:{verb}", args=[request.pk])


@pytest.mark.parametrize("action", ["publish", "cancel-workflow", "restart-workflow"])
def test_a_form_that_asks_for_a_way_round_is_refused(action, group, people, client):
    draft = make_request(group, live=False)
    moderation.submit(draft, by=people["alice"])
    client.force_login(people["mo"])
    answer = client.post(asked("edit", draft), {"title": "Paint", f"action-{action}": action})
    assert answer.status_code in (302, 403)
    draft = Request.objects.get(pk=draft.pk)
    assert not draft.live
    assert moderation.waits(draft)
    assert f"action-{action}" not in client.get(asked("edit", draft)).content.decode()


def test_taking_down_needs_a_reason_that_its_people_read(group, people, client):
    public = make_request(group)
    client.force_login(people["mo"])
    assert "Reason: Lunch Club will read it" in client.get(asked("unpublish", public)).content.decode()
    for empty in ("", "  \n", "\0", "\u200b\u202e"):
        page = client.post(asked("unpublish", public), {"reason": empty})
        assert (page.status_code, "Say why" in page.content.decode()) == (422, True)
    assert Request.objects.get(pk=public.pk).live
    assert mail.outbox == []

    client.post(asked("unpublish", public), {"reason": "It names a child."})
    assert not Request.objects.get(pk=public.pk).live
    assert {message.to[0] for message in mail.outbox} == {"alice@example.org", "bob@example.org"}
    assert all("It names a child." in message.body for message in mail.outbox)


def test_who_may_not_moderate_takes_nothing_down(group, people, client):
    public = make_request(group)
    for who in ("dee", "alice", "pat"):
        client.force_login(people[who])
        client.post(asked("unpublish", public), {"reason": "I do not like it."})
        assert Request.objects.get(pk=public.pk).live
