"""The database's own refusal to change history, for migrations: a trigger on both databases."""

from django.db import migrations

MESSAGE = "History is never edited: add a correction."
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_to_change_history() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$ LANGUAGE plpgsql
"""


def forbid_changes(table, goes_with=None):
    """A migration operation: UPDATE and DELETE on `table` fail from now on.

    `goes_with` is (column, table of what it points to): a row of history may go only together with what it is the
    history of, which goes first.

    SQLite makes a table anew when a constraint or a column changes, and loses its triggers by that: a migration that
    changes a table of history ends with this operation again.
    """

    column, whole = goes_with or ("", "")
    stays = f"EXISTS (SELECT 1 FROM {whole} WHERE id = OLD.{column})" if goes_with else ""  # noqa: S608, names of ours

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql" and goes_with:
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_history() RETURNS trigger AS $$ BEGIN "
                f"IF TG_OP = 'DELETE' THEN IF NOT {stays} THEN RETURN OLD; END IF; END IF; "
                f"RAISE EXCEPTION '{MESSAGE}'; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_history ON {table}")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_history BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_history()"
            )
        elif schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL_FUNCTION)
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_history ON {table}")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_history BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history()"
            )
        else:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}")
                only = f"WHEN {stays} " if goes_with and verb == "DELETE" else ""
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {only}"
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_history ON {table}")
        else:
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")

    return migrations.RunPython(forwards, backwards)


def keep_columns(table, *columns):
    """A migration operation: these columns of a row of `table` never change from now on, whoever writes.

    As `forbid_changes`, a migration that makes the table anew on SQLite ends with this operation again.
    """
    changed = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)
    message = f"{' and '.join(columns)} of {table} never change."

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_keep_columns() RETURNS trigger AS $$ "
                f"BEGIN RAISE EXCEPTION '{message}'; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_keep_columns()"
            )
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_kept ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_keep_columns()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_kept")

    return migrations.RunPython(forwards, backwards)
