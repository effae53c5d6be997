"""Every table of history refuses changes in the database itself, however often migrations have changed it since."""

import pytest
from django.apps import apps
from django.db import connection

from records.history import AppendOnly

HISTORY = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model._meta.label)
def test_history_is_kept_by_the_database(model):
    table = model._meta.db_table
    wanted = {f"{table}_history"} if connection.vendor == "postgresql" else {f"{table}_no_update", f"{table}_no_delete"}
    assert wanted <= triggers()


@pytest.mark.django_db
def test_the_text_index_follows_deleted_requests():
    from requests_app.index import TABLE

    if connection.vendor == "sqlite":
        assert f"{TABLE}_gone" in triggers()
