import datetime
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import files.storage
import organisations.models.users
import organisations.registration
import screens.fields
import words.contacts

from records.new_tables import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
        ('guidance', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='LimitCount',
                fields=[
                    ('key', models.CharField(max_length=120, primary_key=True, serialize=False)),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('began_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('vcse', 'Charity, community or social enterprise (VCSE)'), ('informal', 'Informal group without a number of its own'), ('council_team', 'Council team'), ('school', 'School'), ('public_body', 'Other public body'), ('business', 'Business')], max_length=20)),
                    ('name', models.CharField(max_length=200, validators=[screens.fields.something_to_see])),
                    ('what_it_does', models.TextField(blank=True, max_length=1000, validators=[words.contacts.none_in], verbose_name='what it does')),
                    ('charity_number', models.CharField(blank=True, max_length=10, validators=[organisations.registration.validate_charity_number])),
                    ('company_number', models.CharField(blank=True, max_length=8, validators=[organisations.registration.validate_company_number])),
                    ('sponsor_name', models.CharField(blank=True, max_length=200)),
                    ('sponsor_email', models.EmailField(blank=True, max_length=254)),
                    ('sponsor_asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('sponsor_answer', models.CharField(blank=True, choices=[('yes', 'Vouches for it'), ('no', 'Does not')], editable=False, max_length=3)),
                    ('sponsor_words', models.CharField(blank=True, editable=False, max_length=500)),
                    ('sponsor_answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('postcode', models.CharField(blank=True, max_length=8)),
                    ('website', models.URLField(blank=True)),
                    ('safeguarding_lead', models.CharField(blank=True, max_length=200)),
                    ('hosts_volunteers', models.BooleanField(default=False)),
                    ('contact_name', models.CharField(blank=True, max_length=150)),
                    ('contact_email', models.EmailField(blank=True, max_length=254)),
                    ('contact_phone', models.CharField(blank=True, max_length=30)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting for the council'), ('approved', 'Approved'), ('refused', 'Not approved'), ('closed', 'Closed')], default='waiting', max_length=10)),
                    ('state_reason', models.TextField(blank=True)),
                    ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='organisations.organisation')),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('made_for_import', models.BooleanField(default=False)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.district')),
                    ('outcode', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.outcode')),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'waiting')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), ('made_for_import', True), _connector='OR'), name='organisation_decision_is_whole', violation_error_message='A decision needs a time and a person.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'informal'), _negated=True), models.Q(('sponsor_name', ''), _negated=True), _connector='OR'), name='informal_group_has_a_sponsor', violation_error_message='An informal group needs a sponsor: an organisation that vouches for it.'), models.CheckConstraint(condition=models.Q(models.Q(('sponsor_answer', ''), ('sponsor_answered_at', None)), models.Q(models.Q(('sponsor_answer', ''), _negated=True), ('sponsor_answered_at__isnull', False), ('sponsor_asked_at__isnull', False)), _connector='OR'), name='sponsor_answer_is_whole', violation_error_message='A sponsor’s answer needs a question and a time.')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('owner', 'Owner'), ('member', 'Member')], default='member', max_length=10)),
                    ('asked_at', models.DateTimeField(auto_now_add=True)),
                    ('admitted_at', models.DateTimeField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='organisations.organisation')),
                ],
                options={
                    'ordering': ['organisation', 'role', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='one_membership_each'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'owner'), _negated=True), ('admitted_at__isnull', False), _connector='OR'), name='owner_is_admitted')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('role', models.CharField(choices=[('owner', 'Owner'), ('member', 'Member')], default='member', max_length=10)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('invited_at', models.DateTimeField(auto_now_add=True)),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='organisations.organisation')),
                ],
                options={
                    'ordering': ['-invited_at'],
                },
            ),
            migrations.CreateModel(
                name='OrganisationChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('details', models.JSONField()),
                    ('state', models.CharField(choices=[('waiting', 'Waiting for the council'), ('agreed', 'Agreed'), ('refused', 'Not agreed'), ('replaced', 'Replaced or taken back')], default='waiting', max_length=10)),
                    ('proposed_at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='organisations.organisation')),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('organisation',), name='one_waiting_change_each'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('state__in', ['waiting', 'replaced'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['agreed', 'refused']), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='change_decision_is_whole')],
                },
            ),
            migrations.CreateModel(
                name='Upload',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file', models.FileField(max_length=200, storage=files.storage.private_storage, upload_to=files.storage.random_name)),
                    ('name', models.CharField(max_length=200)),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveIntegerField()),
                    ('likeness', models.CharField(blank=True, db_index=True, max_length=40)),
                    ('made_on', models.DateField(null=True)),
                    ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='organisations.organisation')),
                    ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('made_on', None), ('made_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='upload_made_on_in_range', violation_error_message='Made on: enter a day between 1 January 2000 and 31 December 2100.')],
                },
            ),
            migrations.CreateModel(
                name='RegisteredCharity',
                fields=[
                    ('number', models.CharField(max_length=10, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=300)),
                    ('registered', models.BooleanField(help_text='False: it was removed from the register')),
                    ('postcode', models.CharField(blank=True, max_length=10)),
                    ('as_at', models.DateField(help_text='The day of the extract')),
                ],
            ),
        ),
        migrations.AddConstraint(
            model_name='registeredcharity',
            constraint=models.CheckConstraint(condition=models.Q(('as_at', None), ('as_at__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='registeredcharity_as_at_in_range', violation_error_message='As at: enter a day between 1 January 2000 and 31 December 2100.'),
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(error_messages={'unique': 'This code was used before. Choose another.'}, max_length=30, unique=True)),
                ('name', models.CharField(max_length=120, validators=[screens.fields.something_to_see], verbose_name='what it is for')),
                ('since', models.DateField(verbose_name='first day')),
                ('until', models.DateField(verbose_name='last day')),
                ('most', models.PositiveIntegerField(blank=True, null=True, verbose_name='at most how many sign up by it')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-since', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('since', None), ('since__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='campaign_since_in_range', violation_error_message='Since: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='campaign_until_in_range', violation_error_message='Until: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='campaign_days_in_order'), models.CheckConstraint(condition=models.Q(('most', None), ('most__gt', 0), _connector='OR'), name='campaign_lets_somebody_in')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='came_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='organisations.campaign'),
        ),
        migrations.AddField(
            model_name='user',
            name='looked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last looked at what happened'),
        ),
        CreateModels(
            migrations.CreateModel(
                name='Doors',
                fields=[
                    ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                    ('mode', models.CharField(choices=[('open', 'Open: anybody may sign up'), ('invited', 'By invitation: whoever was invited, or has a code')], default='open', max_length=10)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_row_of_doors')],
                },
            ),
            migrations.CreateModel(
                name='Visits',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='organisations.campaign')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('day', None), ('day__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='visits_day_in_range', violation_error_message='Day: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('day', 'campaign'), name='one_row_of_visits_a_day_and_code'), models.UniqueConstraint(condition=models.Q(('campaign', None)), fields=('day',), name='one_row_of_visits_a_day_without_a_code')],
                },
            ),
        ),
    ]
