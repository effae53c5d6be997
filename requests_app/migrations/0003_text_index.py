from django.db import migrations

from requests_app.index import SQL, TABLE


def forwards(apps, schema_editor):
    for statement in SQL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_gone")
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0002_events_are_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
