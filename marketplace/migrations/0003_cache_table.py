from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    """The table of the cache that all workers share (rate limits)."""
    call_command("createcachetable", "marketplace_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0002_front_page")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
