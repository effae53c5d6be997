"""What others refer to is not deleted by any screen, and the person is told what refers to it."""

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.db.models import ProtectedError
from django.urls import reverse

from guidance.models import Outcome
from marketplace.middleware import InUseMiddleware
from organisations.models import User
from requests_app import pledges
from requests_app.models import Pledge, Request
from tests.conftest import make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    user = User.objects.create_superuser("chief@example.org", "correct-horse-battery")
    client.force_login(user)
    return client


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_request_with_a_pledge_stays_whichever_way_it_is_deleted(chief, group, supplier, people):
    request = Request.objects.for_page().get(pk=make_request(group).pk)
    pledge = pledges.offer(request, supplier, Decimal(1), by=people["sam"])
    one = chief.post(reverse("wagtailsnippets_requests_app_request:delete", args=[request.pk]))
    many = chief.post(reverse("wagtail_bulk_action", args=["requests_app", "request", "delete"]) + f"?id={request.pk}")
    for answer in (one, many):
        assert answer.status_code == 302
        assert "can’t be deleted while something refers to it" in told(answer)[-1]
    assert "1 × pledge" in told(one)[-1]
    assert Request.objects.get(pk=request.pk).live
    assert Pledge.objects.get() == pledge


def test_a_heading_with_lines_under_it_stays_and_no_version_says_it_changed(chief):
    heading = Outcome.objects.filter(model__slug="central-2026", parent__isnull=False).first().parent
    heading.model.__class__.objects.filter(pk=heading.model_id).update(state="draft")
    answer = chief.post(reverse("model_line:delete", args=[heading.pk]))
    assert answer.status_code == 302
    assert "Nothing was deleted" in told(answer)[-1]
    assert Outcome.objects.filter(pk=heading.pk).exists()


def test_outside_the_staff_admin_an_error_stays_an_error(rf):
    middleware = InUseMiddleware(lambda request: None)
    assert middleware.process_exception(rf.get("/requests/"), ProtectedError("x", set())) is None
    assert middleware.process_exception(rf.get("/admin/"), ValueError("x")) is None
