from django.db import migrations

from guidance.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0008_told_once_a_person")]
    operations = [forbid_changes("marketplace_weightschange")]
