"""No request waits for a mail server: signing up writes a row, and says that an e-mail is on its way."""

import socket

import pytest
from django.urls import reverse

from mail.models import Message
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a request tried to reach a mail server")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_signing_up(client):
    new = {"email": "nora@example.org", "name": "Nora New", "password1": PASSWORD}
    response = client.post(reverse("account_signup"), new, follow=True)
    assert response.redirect_chain == [("/accounts/confirm-email/", 302)]
    assert "on its way" in response.content.decode()
    message = Message.objects.get()
    assert (message.address, message.state, message.urgent) == ("nora@example.org", "waiting", True)


def test_a_sign_up_that_fails_leaves_neither_person_nor_message(client, monkeypatch):
    from organisations.adapters import AccountAdapter
    from organisations.models import User

    monkeypatch.setattr(AccountAdapter, "send_mail", lambda *args: 1 / 0)
    new = {"email": "nora@example.org", "name": "Nora New", "password1": PASSWORD}
    with pytest.raises(ZeroDivisionError):
        client.post(reverse("account_signup"), new)
    assert not User.objects.filter(email="nora@example.org").exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["alice@example.org", "nobody@example.org"])
def test_a_new_password(address, client, people):
    response = client.post(reverse("account_reset_password"), {"email": address}, follow=True)
    assert response.status_code == 200
    assert Message.objects.get().address == address
