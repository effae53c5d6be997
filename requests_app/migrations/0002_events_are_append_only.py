from django.db import migrations

from guidance.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0001_requests_and_pledges"),
        ("suppliers", "0002_ledger_is_append_only"),
    ]
    operations = [forbid_changes("requests_app_deliveryevent")]
