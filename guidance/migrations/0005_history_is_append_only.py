from django.db import migrations

from guidance.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_central_models")]
    operations = [forbid_changes("guidance_review"), forbid_changes("guidance_actionupdate")]
