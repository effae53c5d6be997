import django.db.models.deletion
import files.storage
from django.conf import settings
from django.db import migrations, models

from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='ColumnMapping',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=20)),
                    ('headings_hash', models.CharField(max_length=64)),
                    ('mapping', models.JSONField(help_text='heading to field name')),
                    ('answers', models.JSONField(default=dict, help_text='heading to how its column is written: see importing.writing')),
                    ('saved_at', models.DateTimeField(auto_now=True)),
                    ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('kind', 'headings_hash'), name='one_mapping_a_layout')],
                },
            ),
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=200)),
                    ('file', models.FileField(blank=True, max_length=200, storage=files.storage.private_storage, upload_to=files.storage.random_name)),
                    ('options', models.JSONField(default=dict)),
                    ('report', models.JSONField(null=True)),
                    ('touched', models.JSONField(help_text='What was made and changed: see importing.touched', null=True)),
                    ('started_at', models.DateTimeField(auto_now_add=True)),
                    ('saved_at', models.DateTimeField(null=True)),
                    ('doing', models.CharField(blank=True, choices=[('reading', 'Being read'), ('saving', 'Being saved')], max_length=10)),
                    ('rows_read', models.PositiveIntegerField(default=0)),
                    ('moved_at', models.DateTimeField(help_text='When the worker last said how far it is', null=True)),
                    ('taken_back_at', models.DateTimeField(null=True)),
                    ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-started_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('taken_back_at', None), ('saved_at__isnull', False), _connector='OR'), name='taken_back_was_saved')],
                },
            ),
        ),
    ]
