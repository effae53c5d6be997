import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes
from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Council',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True)),
                    ('code', models.CharField(blank=True, max_length=20)),
                    ('valid_from', models.DateField(blank=True, null=True)),
                    ('valid_to', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='council_ends_after_it_starts', violation_error_message='The end is before the start.')],
                },
            ),
            migrations.CreateModel(
                name='District',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True)),
                    ('slug', models.SlugField(unique=True)),
                    ('code', models.CharField(max_length=9, unique=True, verbose_name='GSS code')),
                    ('latitude', models.FloatField()),
                    ('longitude', models.FloatField()),
                    ('valid_from', models.DateField(blank=True, null=True)),
                    ('valid_to', models.DateField(blank=True, null=True)),
                    ('council', models.ForeignKey(blank=True, help_text='The council that it belongs to before any succession', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                    ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='places.council')),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='district_ends_after_it_starts', violation_error_message='The end is before the start.')],
                },
            ),
            migrations.CreateModel(
                name='Outline',
                fields=[
                    ('district', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='outline', serialize=False, to='places.district')),
                    ('rings', models.JSONField(help_text='[[[longitude, latitude]]], each ring closed')),
                ],
                options={
                    'ordering': ['district__name'],
                },
            ),
            migrations.CreateModel(
                name='Outcode',
                fields=[
                    ('code', models.CharField(max_length=4, primary_key=True, serialize=False)),
                    ('town', models.CharField(max_length=60)),
                    ('latitude', models.FloatField()),
                    ('longitude', models.FloatField()),
                    ('radius_km', models.FloatField(help_text='Within which 95% of its addresses lie')),
                    ('district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcodes', to='places.district')),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='Passing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('contract', 'Contract'), ('request', 'Request'), ('organisation', 'Organisation')], max_length=12)),
                    ('number', models.PositiveBigIntegerField()),
                    ('on', models.DateField(verbose_name='from this day on')),
                    ('reason', models.CharField(max_length=500)),
                    ('by_words', models.CharField(blank=True, max_length=120, verbose_name='who, where no account acted')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('from_council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                    ('to_council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                ],
                options={
                    'ordering': ['on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('on', None), ('on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='passing_on_in_range', violation_error_message='On: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('what', 'number', 'on'), name='passes_once_a_day'), models.CheckConstraint(condition=models.Q(('from_council', models.F('to_council')), _negated=True), name='passes_to_another'), models.CheckConstraint(condition=models.Q(('by__isnull', False), models.Q(('by_words', ''), _negated=True), _connector='OR'), name='passing_has_an_author')],
                },
            ),
        ),
        forbid_changes("places_passing"),
    ]
