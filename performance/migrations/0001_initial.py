import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes
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
                name='Assessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('assessed_on', models.DateField()),
                    ('suggested', models.CharField(choices=[('good', 'Good'), ('approaching_target', 'Approaching target'), ('requires_improvement', 'Requires improvement'), ('inadequate', 'Inadequate'), ('other', 'Other')], max_length=24)),
                    ('rating', models.CharField(choices=[('good', 'Good'), ('approaching_target', 'Approaching target'), ('requires_improvement', 'Requires improvement'), ('inadequate', 'Inadequate'), ('other', 'Other')], max_length=24)),
                    ('reason', models.CharField(max_length=500)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='suppliers.commitment')),
                ],
                options={
                    'ordering': ['commitment', '-assessed_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('assessed_on', None), ('assessed_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='assessment_assessed_on_in_range', violation_error_message='Assessed on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='assessment_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Improvement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('asked', 'Asked'), ('answered', 'Answered'), ('improved', 'Improved'), ('not_improved', 'Not improved')], default='asked', max_length=12)),
                    ('what', models.CharField(max_length=500, verbose_name='what has to improve')),
                    ('asked_on', models.DateField()),
                    ('until', models.DateField(verbose_name='until when')),
                    ('answer', models.CharField(blank=True, max_length=1000, verbose_name='what the supplier answered')),
                    ('answered_on', models.DateField(null=True)),
                    ('outcome', models.CharField(blank=True, max_length=500, verbose_name='what came of it')),
                    ('settled_on', models.DateField(null=True)),
                    ('notice', models.CharField(blank=True, max_length=200, verbose_name='where the notice was published')),
                    ('notice_on', models.DateField(null=True, verbose_name='when the notice was published')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='improvements', to='suppliers.commitment')),
                ],
                options={
                    'ordering': ['until', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('asked_on', None), ('asked_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='improvement_asked_on_in_range', violation_error_message='Asked on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='improvement_until_in_range', violation_error_message='Until: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('answered_on', None), ('answered_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='improvement_answered_on_in_range', violation_error_message='Answered on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('settled_on', None), ('settled_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='improvement_settled_on_in_range', violation_error_message='Settled on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('notice_on', None), ('notice_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='improvement_notice_on_in_range', violation_error_message='Notice on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(models.Q(('notice', ''), ('notice_on', None)), models.Q(('notice_on__gte', models.F('settled_on')), ('notice_on__isnull', False), ('state', 'not_improved'), models.Q(('notice', ''), _negated=True)), _connector='OR'), name='notice_of_what_did_not_improve'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='improvement_says_what'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('asked_on'))), name='improvement_gives_time'), models.CheckConstraint(condition=models.Q(models.Q(('settled_on', None), ('state__in', ['asked', 'answered'])), models.Q(('settled_on__isnull', False), ('state__in', ['improved', 'not_improved']), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='settled_says_what_came_of_it')]
                },
            ),
        ),
        forbid_changes("performance_assessment"),
    ]
