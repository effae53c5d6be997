import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0007_alerts_belong_to_people")]
    operations = [
        migrations.RemoveConstraint(model_name="alert", name="told_once"),
        migrations.AlterField(
            model_name="alert",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(fields=("user", "request"), name="told_once"),
        ),
    ]
