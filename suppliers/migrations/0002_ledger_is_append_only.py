from django.db import migrations

from guidance.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0001_contracts_and_ledger")]
    operations = [forbid_changes("suppliers_ledgerentry")]
