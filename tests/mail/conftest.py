import pytest


@pytest.fixture(autouse=True)
def real_outbox(settings):
    """Here, what is sent becomes a row, as on a real site; elsewhere tests look at Django's list of messages."""
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"
