"""The database itself refuses to change history, and the migration that forbids it can be taken back."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from records.append_only import MESSAGE, forbid_changes

pytestmark = pytest.mark.django_db
TABLE = "suppliers_ledgerentry"


def change(verb):
    statement = {"UPDATE": f"UPDATE {TABLE} SET reason = 'x'", "DELETE": f"DELETE FROM {TABLE}"}[verb]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def run(code):
    class Editor:
        connection = connection

        @staticmethod
        def execute(statement):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    code(apps, Editor)


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_history_is_refused_until_the_migration_is_taken_back_and_again_after_it(verb, commitment):
    operation = forbid_changes(TABLE)
    with pytest.raises(DatabaseError, match=MESSAGE):
        change(verb)
    run(operation.reverse_code)
    with transaction.atomic():
        change(verb)
        transaction.set_rollback(True)
    run(operation.code)
    run(operation.code)  # a table that was made anew and one that was not
    with pytest.raises(DatabaseError, match=MESSAGE):
        change(verb)
