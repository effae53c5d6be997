"""Each alert knows whose it is. Alerts of one request to one person become one: what was told, else the oldest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    Alert = apps.get_model("marketplace", "Alert")
    Subscription = apps.get_model("marketplace", "Subscription")
    owner = Subscription.objects.filter(pk=models.OuterRef("subscription")).values("user")[:1]
    Alert.objects.update(user=models.Subquery(owner))
    seen = set()
    for alert in Alert.objects.order_by(models.F("sent_at").asc(nulls_last=True), "pk").iterator():
        pair = (alert.user_id, alert.request_id)
        if pair in seen:
            alert.delete()
        seen.add(pair)


class Migration(migrations.Migration):
    dependencies = [
        ("marketplace", "0006_matching"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="alert",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
