import django.db.models.deletion
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

from records.new_tables import CreateModels

TABLE = "wagtailsearch_indexentry"


def rebuild(tokenize):
    def run(apps, schema_editor):
        """Wagtail's own full-text table on SQLite knows no stems: make it again with the Porter stemmer."""
        if schema_editor.connection.vendor != "sqlite":
            return
        schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}_fts")
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(autocomplete, body, title{tokenize})")
        schema_editor.execute(
            f"INSERT INTO {TABLE}_fts(rowid, title, body, autocomplete) SELECT id, title, body, autocomplete FROM {TABLE}"
        )

    return run


def make_cache_table(apps, schema_editor):
    """The table of the cache that all workers share (rate limits)."""
    call_command("createcachetable", "marketplace_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guidance', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailsearch', '0010_add_text_fields'),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='WorkerBeat',
                fields=[
                    ('worker_id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('host', models.CharField(max_length=200)),
                    ('process', models.PositiveIntegerField()),
                    ('beat_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='HomePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('introduction', models.CharField(blank=True, max_length=300)),
                    ('deputy_role', models.ForeignKey(blank=True, help_text='Told when the owner is away or the role is vacant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='deputy role')),
                    ('owner_role', models.ForeignKey(help_text='The role that answers for this page, whoever holds it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='owner role')),
                ],
                options={
                    'verbose_name': 'home page',
                },
                bases=('wagtailcore.page',),
            ),
        ),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
        migrations.RunPython(rebuild(", tokenize='porter unicode61 remove_diacritics 2'"), rebuild("")),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('job', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('begun_at', models.DateTimeField()),
            ],
        ),
    ]
