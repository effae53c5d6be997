import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes
from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0002_first_places'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Extract',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('system', models.CharField(choices=[('projects', 'PM3 (projects)'), ('contracts', 'Proactis (contracts)'), ('finance', 'MySurrey (finance)')], max_length=10)),
                    ('as_at', models.DateField(help_text='The day whose state the extract shows', verbose_name='as at')),
                    ('digest', models.CharField(help_text='Fingerprint of its rows: the same extract is kept once', max_length=64)),
                    ('name', models.CharField(max_length=200, verbose_name='file')),
                    ('rows', models.PositiveIntegerField()),
                    ('headings', models.JSONField(help_text="[field, heading] in the file's order; null where not kept yet", null=True)),
                    ('read_at', models.DateTimeField(auto_now_add=True)),
                    ('council', models.ForeignKey(blank=True, help_text='The partner authority whose extract it is; empty for the site’s own council', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                    ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'base_manager_name': 'everything',
                    'constraints': [models.CheckConstraint(condition=models.Q(('as_at', None), ('as_at__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='extract_as_at_in_range', violation_error_message='As at: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(condition=models.Q(('council', None)), fields=('system', 'as_at', 'digest'), name='extract_kept_once'), models.UniqueConstraint(condition=models.Q(('council__isnull', False)), fields=('council', 'system', 'as_at', 'digest'), name='extract_kept_once_of_a_partner')],
                    'ordering': ['system', 'as_at', 'pk'],
                },
                managers=[
                    ('objects', django.db.models.manager.Manager()),
                    ('everything', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='ExtractWithdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('extract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='golden_thread.extract')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ContractRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.PositiveIntegerField(help_text='The row of the file, headings counted')),
                    ('sheet', models.CharField(blank=True, max_length=100)),
                    ('reference', models.CharField(max_length=120, verbose_name='contract reference')),
                    ('reference_key', models.CharField(db_index=True, max_length=120)),
                    ('title', models.CharField(blank=True, max_length=500)),
                    ('supplier_name', models.CharField(blank=True, max_length=250, verbose_name='supplier')),
                    ('directorate', models.CharField(blank=True, max_length=200)),
                    ('officer', models.CharField(blank=True, max_length=200, verbose_name='contract owner or officer')),
                    ('signed_on', models.DateField(null=True, verbose_name='signed')),
                    ('signed_as_typed', models.CharField(blank=True, max_length=80)),
                    ('start', models.DateField(null=True)),
                    ('end', models.DateField(null=True)),
                    ('value_gbp', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='value (£)')),
                    ('status', models.CharField(blank=True, max_length=80, verbose_name='record status')),
                    ('plan_id_as_typed', models.CharField(blank=True, max_length=80, verbose_name='PM3 Plan ID')),
                    ('plan_numbers', models.CharField(blank=True, max_length=120)),
                    ('plan_unreadable', models.BooleanField(default=False, verbose_name='Plan ID can’t be read')),
                    ('extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='golden_thread.extract')),
                ],
                options={
                    'ordering': ['extract', 'line'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='FinanceRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.PositiveIntegerField(help_text='The row of the file, headings counted')),
                    ('sheet', models.CharField(blank=True, max_length=100)),
                    ('contract_reference', models.CharField(blank=True, max_length=120)),
                    ('reference_key', models.CharField(blank=True, db_index=True, max_length=120)),
                    ('supplier_name', models.CharField(blank=True, max_length=250, verbose_name='supplier')),
                    ('supplier_number', models.CharField(blank=True, max_length=60)),
                    ('spent_on', models.DateField(null=True, verbose_name='spent')),
                    ('amount_gbp', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='amount (£)')),
                    ('extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spend', to='golden_thread.extract')),
                ],
                options={
                    'ordering': ['extract', 'line'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='GoldenThreadRules',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('go_live', models.DateField(default=datetime.date(2022, 10, 3), help_text='Contracts signed from this day on are in scope', verbose_name='go-live of the golden thread')),
                    ('first_month', models.DateField(default=datetime.date(2024, 10, 1), help_text='Months before the first extract are reckoned from it, as far as it knows them', verbose_name='first month of the trend')),
                    ('window', models.CharField(choices=[('anniversary_exclusive', 'From the day after the same day last year'), ('anniversary_inclusive', 'From the same day last year'), ('last_365_days', 'The last 365 days'), ('whole_calendar_months', 'The last twelve whole calendar months')], default='anniversary_exclusive', max_length=30, verbose_name='rolling twelve months')),
                    ('completed_words', models.TextField(blank=True, default='complete\ncompleted', help_text='Statuses in PM3 that mean a project is completed. One a line, in any case', verbose_name='words for a completed project')),
                    ('cancelled_words', models.TextField(blank=True, default='cancelled\ncanceled\nabandoned\nwithdrawn', help_text='Told apart in what is left out. One a line, in any case', verbose_name='words for a cancelled project')),
                    ('void_words', models.TextField(blank=True, default='void\nvoided', help_text='Records in Proactis that do not count. One a line, in any case', verbose_name='words for a void contract')),
                    ('recorded_target', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='target: social value recorded (%)')),
                    ('linked_target', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='target: contracts linked (%)')),
                ],
                options={
                    'verbose_name': 'rules of the golden thread',
                    'constraints': [models.CheckConstraint(condition=models.Q(('go_live', None), ('go_live__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='goldenthreadrules_go_live_in_range', violation_error_message='Go live: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('first_month', None), ('first_month__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='goldenthreadrules_first_month_in_range', violation_error_message='First month: enter a day between 1 January 2000 and 31 December 2100.')],
                },
            ),
            migrations.CreateModel(
                name='LinkSearch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rules', models.CharField(help_text='Fingerprint of the rules it was made under', max_length=64)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('contracts_extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='golden_thread.extract')),
                    ('projects_extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='golden_thread.extract')),
                ],
            ),
            migrations.CreateModel(
                name='LinkSuggestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=120, verbose_name='contract reference')),
                    ('reference_key', models.CharField(db_index=True, max_length=120)),
                    ('title', models.CharField(blank=True, max_length=500)),
                    ('supplier_name', models.CharField(blank=True, max_length=250, verbose_name='supplier')),
                    ('directorate', models.CharField(blank=True, max_length=200)),
                    ('typed', models.CharField(blank=True, max_length=80, verbose_name='Plan ID as typed')),
                    ('plan_number', models.PositiveIntegerField()),
                    ('plan_id', models.CharField(max_length=80, verbose_name='Plan ID')),
                    ('plan_title', models.CharField(blank=True, max_length=500)),
                    ('confidence', models.FloatField()),
                    ('surest', models.FloatField(help_text='The confidence of the surest suggestion for the same contract')),
                    ('evidence', models.JSONField(default=list)),
                    ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='golden_thread.linksearch')),
                ],
                options={
                    'ordering': ['-surest', 'reference', '-confidence', 'plan_number'],
                },
            ),
            migrations.CreateModel(
                name='Officer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='name as PM3 or Proactis has it')),
                    ('name_key', models.CharField(editable=False, max_length=200)),
                    ('email', models.EmailField(blank=True, help_text='Where the monthly list of what to mend is sent', max_length=254, verbose_name='e-mail')),
                    ('council', models.ForeignKey(blank=True, help_text='The partner authority whose officer it is; empty for the site’s own council', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('council', None)), fields=('name_key',), name='one_officer_a_name'), models.UniqueConstraint(condition=models.Q(('council__isnull', False)), fields=('council', 'name_key'), name='one_officer_a_name_of_a_partner')],
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='PartnerRules',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('go_live', models.DateField(default=datetime.date(2022, 10, 3), help_text='Contracts signed from this day on are in scope', verbose_name='go-live of the golden thread')),
                    ('first_month', models.DateField(default=datetime.date(2024, 10, 1), help_text='Months before the first extract are reckoned from it, as far as it knows them', verbose_name='first month of the trend')),
                    ('window', models.CharField(choices=[('anniversary_exclusive', 'From the day after the same day last year'), ('anniversary_inclusive', 'From the same day last year'), ('last_365_days', 'The last 365 days'), ('whole_calendar_months', 'The last twelve whole calendar months')], default='anniversary_exclusive', max_length=30, verbose_name='rolling twelve months')),
                    ('completed_words', models.TextField(blank=True, default='complete\ncompleted', help_text='Statuses in PM3 that mean a project is completed. One a line, in any case', verbose_name='words for a completed project')),
                    ('cancelled_words', models.TextField(blank=True, default='cancelled\ncanceled\nabandoned\nwithdrawn', help_text='Told apart in what is left out. One a line, in any case', verbose_name='words for a cancelled project')),
                    ('void_words', models.TextField(blank=True, default='void\nvoided', help_text='Records in Proactis that do not count. One a line, in any case', verbose_name='words for a void contract')),
                    ('recorded_target', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='target: social value recorded (%)')),
                    ('linked_target', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='target: contracts linked (%)')),
                    ('council', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('go_live', None), ('go_live__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='partnerrules_go_live_in_range', violation_error_message='Go live: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('first_month', None), ('first_month__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='partnerrules_first_month_in_range', violation_error_message='First month: enter a day between 1 January 2000 and 31 December 2100.')],
                    'verbose_name': 'partner authority',
                    'verbose_name_plural': 'partner authorities',
                    'ordering': ['council__name'],
                },
            ),
            migrations.CreateModel(
                name='ProjectRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.PositiveIntegerField(help_text='The row of the file, headings counted')),
                    ('sheet', models.CharField(blank=True, max_length=100)),
                    ('plan_id_as_typed', models.CharField(max_length=80, verbose_name='Plan ID')),
                    ('plan_number', models.PositiveIntegerField(db_index=True, null=True)),
                    ('title', models.CharField(blank=True, max_length=500)),
                    ('directorate', models.CharField(blank=True, max_length=200)),
                    ('officer', models.CharField(blank=True, max_length=200, verbose_name='procurement officer')),
                    ('supplier_name', models.CharField(blank=True, max_length=250, verbose_name='supplier')),
                    ('status', models.CharField(blank=True, max_length=80)),
                    ('completed_on', models.DateField(null=True, verbose_name='completed')),
                    ('completed_as_typed', models.CharField(blank=True, max_length=80)),
                    ('recorded', models.BooleanField(null=True, verbose_name='social value recorded')),
                    ('recorded_as_typed', models.CharField(blank=True, max_length=80)),
                    ('social_value_gbp', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='social value (£)')),
                    ('value_gbp', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='value (£)')),
                    ('created_on', models.DateField(null=True, verbose_name='created')),
                    ('extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='golden_thread.extract')),
                ],
                options={
                    'ordering': ['extract', 'line'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Snapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(verbose_name='as at')),
                    ('metric', models.CharField(max_length=40)),
                    ('numerator', models.PositiveIntegerField()),
                    ('denominator', models.PositiveIntegerField()),
                    ('percent', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                    ('excluded', models.JSONField(default=dict)),
                    ('rules', models.JSONField(default=dict)),
                    ('published_at', models.DateTimeField(auto_now_add=True)),
                    ('contracts_extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='golden_thread.extract')),
                    ('council', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                    ('projects_extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='golden_thread.extract')),
                    ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('day', None), ('day__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='snapshot_day_in_range', violation_error_message='Day: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(condition=models.Q(('council', None)), fields=('day', 'metric'), name='published_once_a_day'), models.UniqueConstraint(condition=models.Q(('council__isnull', False)), fields=('council', 'day', 'metric'), name='published_once_a_day_of_a_partner')],
                    'ordering': ['day', 'metric'],
                },
            ),
            migrations.CreateModel(
                name='ThreadLetter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField()),
                    ('email', models.EmailField(max_length=254)),
                    ('kind', models.CharField(choices=[('officer', 'What to mend'), ('summary', 'Summary')], max_length=10)),
                    ('about', models.CharField(blank=True, help_text='The officer, and of which partner authority', max_length=340)),
                    ('sent_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('month', None), ('month__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='threadletter_month_in_range', violation_error_message='Month: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('month', 'email', 'kind', 'about'), name='one_letter_a_month')],
                },
            ),
            migrations.CreateModel(
                name='ThreadLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('answer', models.CharField(choices=[('confirmed', 'Confirmed'), ('refused', 'Refused')], max_length=10)),
                    ('reference', models.CharField(max_length=120, verbose_name='contract reference')),
                    ('reference_key', models.CharField(db_index=True, max_length=120)),
                    ('typed', models.CharField(blank=True, max_length=80, verbose_name='Plan ID as typed before')),
                    ('plan_number', models.PositiveIntegerField()),
                    ('plan_id', models.CharField(max_length=80, verbose_name='Plan ID')),
                    ('confidence', models.FloatField()),
                    ('evidence', models.JSONField(default=list)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('undone_because', models.CharField(blank=True, max_length=300, verbose_name='why it was undone')),
                    ('council', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('answer', 'confirmed'), ('undone_at', None), ('council', None)), fields=('reference_key',), name='one_confirmed_project_a_contract'), models.UniqueConstraint(condition=models.Q(('answer', 'confirmed'), ('undone_at', None), ('council__isnull', False)), fields=('council', 'reference_key'), name='one_confirmed_project_a_contract_of_a_partner'), models.UniqueConstraint(condition=models.Q(('undone_at', None), ('council', None)), fields=('reference_key', 'plan_number'), name='one_answer_a_pair'), models.UniqueConstraint(condition=models.Q(('undone_at', None), ('council__isnull', False)), fields=('council', 'reference_key', 'plan_number'), name='one_answer_a_pair_of_a_partner'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_because', ''), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undone_because', ''), _negated=True)), _connector='OR'), name='undone_with_who_and_why')],
                    'ordering': ['-made_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='TrainingSession',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200)),
                    ('held_on', models.DateField(verbose_name='held')),
                    ('recording', models.URLField(blank=True, help_text='Shown beside what an officer has to mend', verbose_name='recording')),
                    ('officers', models.ManyToManyField(blank=True, related_name='sessions', to='golden_thread.officer', verbose_name='who took part')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('held_on', None), ('held_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='trainingsession_held_on_in_range', violation_error_message='Held on: enter a day between 1 January 2000 and 31 December 2100.')],
                    'ordering': ['-held_on', 'title'],
                },
            ),
        ),
        forbid_changes("golden_thread_extract"),
        forbid_changes("golden_thread_extractwithdrawal"),
        forbid_changes("golden_thread_projectrecord"),
        forbid_changes("golden_thread_contractrecord"),
        forbid_changes("golden_thread_financerecord"),
        forbid_changes("golden_thread_snapshot"),
    ]
