import datetime
import django.db.models.deletion
import vocabulary.quantities
from django.conf import settings
from django.db import migrations, models

from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('suppliers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Sample',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seed', models.BigIntegerField()),
                    ('size', models.PositiveIntegerField(verbose_name='draws')),
                    ('since', models.DateField(default=datetime.date(2000, 1, 1), verbose_name='delivered from')),
                    ('until', models.DateField(verbose_name='delivered up to')),
                    ('as_at', models.DateField(verbose_name='as known on')),
                    ('population', models.PositiveIntegerField()),
                    ('is_whole', models.BooleanField(default=False, verbose_name='all of them were drawn')),
                    ('drawn_at', models.DateTimeField(auto_now_add=True)),
                    ('drawn_by_words', models.CharField(blank=True, max_length=120)),
                    ('drawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'], 'constraints': [models.CheckConstraint(condition=models.Q(('since', None), ('since__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='sample_since_in_range', violation_error_message='Since: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='sample_until_in_range', violation_error_message='Until: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('as_at', None), ('as_at__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='sample_as_at_in_range', violation_error_message='As at: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('seed', 'size', 'since', 'until', 'as_at'), name='one_sample_of_a_kind'), models.CheckConstraint(condition=models.Q(('drawn_by__isnull', False), models.Q(('drawn_by_words', ''), _negated=True), _connector='OR'), name='sample_says_by_whom'), models.CheckConstraint(condition=models.Q(('population__gt', 0), ('size__gt', 0)), name='sample_draws_something')]},
            ),
            migrations.CreateModel(
                name='SampleItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('delivery_number', models.PositiveBigIntegerField(default=0)),
                    ('return_line_number', models.PositiveBigIntegerField(default=0)),
                    ('event_number', models.PositiveBigIntegerField(default=0)),
                    ('day', models.DateField(verbose_name='delivered')),
                    ('confirmed', vocabulary.quantities.QuantityField()),
                    ('draws', models.PositiveIntegerField()),
                    ('found', vocabulary.quantities.QuantityField(null=True, verbose_name='what the evidence shows')),
                    ('words', models.CharField(blank=True, max_length=500, verbose_name='what it was checked against')),
                    ('checked_at', models.DateTimeField(null=True)),
                    ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.commitment')),
                    ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='assurance.sample')),
                ],
                options={
                    'ordering': ['sample', 'pk'], 'constraints': [models.CheckConstraint(condition=models.Q(('day', None), ('day__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='sampleitem_day_in_range', violation_error_message='Day: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('sample', 'commitment', 'delivery_number', 'return_line_number', 'event_number'), name='drawn_as_one_item'), models.CheckConstraint(condition=models.Q(('confirmed__gt', 0), ('draws__gt', 0)), name='item_of_something'), models.CheckConstraint(condition=models.Q(('found', None), models.Q(('found__gte', 0), ('found__lte', models.F('confirmed'))), _connector='OR'), name='found_within_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('checked_at', None), ('checked_by', None), ('found', None)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('found__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='checked_says_what_by_whom')]},
            ),
        ),
    ]
