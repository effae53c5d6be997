import django.db.models.deletion
import screens.fields
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes
from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_organisations'),
        ('requests_app', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='PledgeMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('supplier', 'The supplier'), ('requestor', 'The group')], max_length=10)),
                    ('text', models.TextField(max_length=2000, validators=[screens.fields.something_to_see], verbose_name='your message')),
                    ('by_link', models.BooleanField(default=False, verbose_name='by the link of an e-mail')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='requests_app.pledge')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(max_length=600, validators=[screens.fields.something_to_see], verbose_name='your question')),
                    ('asked_at', models.DateTimeField()),
                    ('answer', models.TextField(blank=True, max_length=1500, verbose_name='your answer')),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('asked', 'Waiting for the group’s answer'), ('answered', 'Answered, with a moderator'), ('public', 'Public'), ('withheld', 'Not public'), ('withdrawn', 'Taken back')], default='asked', max_length=10)),
                    ('reason', models.TextField(blank=True, max_length=600, verbose_name='why it is not public')),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='organisations.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='requests_app.request')),
                ],
                options={
                    'ordering': ['asked_at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('state', 'asked')), models.Q(('answered_at__isnull', False), ('state__in', ['answered', 'public'])), models.Q(('answer', ''), ('answered_at', None), ('state', 'withdrawn')), ('state', 'withheld'), _connector='OR'), name='question_answered_when_it_says_so'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withheld'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='question_withheld_with_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.CharField(max_length=300, verbose_name='page')),
                    ('why', models.CharField(choices=[('harm', 'Somebody could come to harm'), ('abuse', 'It is insulting or hateful'), ('private', 'It shows somebody’s private details'), ('false', 'It is not true, or a fraud'), ('data', 'How we use somebody’s personal data'), ('other', 'Something else')], max_length=10, verbose_name='what is wrong')),
                    ('text', models.TextField(blank=True, max_length=2000, verbose_name='what should we know?')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='your e-mail address, if you want an answer')),
                    ('at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('open', 'Open'), ('settled', 'Settled')], default='open', max_length=10)),
                    ('outcome', models.TextField(blank=True, max_length=1000, verbose_name='what was done')),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'open')), models.Q(('settled_at__isnull', False), ('state', 'settled'), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='report_settled_with_what_was_done')],
                },
            ),
        ),
        forbid_changes("talking_pledgemessage"),
        CreateModels(
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('supplier', 'The supplier'), ('requestor', 'The group')], max_length=10)),
                    ('state', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('cancelled', 'Called off')], default='proposed', max_length=10)),
                    ('minutes', models.PositiveSmallIntegerField(verbose_name='for how long, in minutes')),
                    ('bring', models.CharField(blank=True, max_length=300, verbose_name='what to bring')),
                    ('who', models.CharField(blank=True, max_length=300, verbose_name='who comes')),
                    ('weeks', models.PositiveSmallIntegerField(default=1, verbose_name='how many weeks in a row')),
                    ('proposed_at', models.DateTimeField()),
                    ('starts_at', models.DateTimeField(blank=True, null=True)),
                    ('agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='requests_app.pledge')),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['starts_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='MeetingTime',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_at', models.DateTimeField()),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times', to='talking.meeting')),
                ],
                options={
                    'ordering': ['starts_at'],
                },
            ),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(('agreed_by__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='meeting_agreed_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='meeting_called_off_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'agreed')), fields=('pledge', 'starts_at'), name='one_meeting_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='meetingtime',
            constraint=models.UniqueConstraint(fields=('meeting', 'starts_at'), name='each_time_proposed_once'),
        ),
        CreateModels(
            migrations.CreateModel(
                name='VolunteerDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_at', models.DateTimeField()),
                    ('minutes', models.PositiveSmallIntegerField(verbose_name='for how long, in minutes')),
                    ('bring', models.CharField(blank=True, max_length=300, verbose_name='what to bring')),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('called_off', 'Called off')], default='planned', max_length=10)),
                    ('announced_at', models.DateTimeField()),
                    ('called_off_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('announced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('called_off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer_days', to='requests_app.request')),
                ],
                options={
                    'ordering': ['starts_at', 'pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('request', 'starts_at'), name='one_volunteer_day_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('called_off_at', None), ('state', 'planned')), models.Q(('called_off_at__isnull', False), ('called_off_by__isnull', False), ('state', 'called_off'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='volunteer_day_called_off_with_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='VolunteerTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, validators=[screens.fields.something_to_see], verbose_name='task')),
                    ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='talking.volunteerday')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('day', 'name'), name='each_task_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='VolunteerBooking',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('people', models.PositiveSmallIntegerField(verbose_name='how many people')),
                    ('who', models.CharField(blank=True, max_length=300, verbose_name='who comes')),
                    ('state', models.CharField(choices=[('taken', 'Places taken'), ('waiting', 'Waiting for places'), ('offered', 'Offered places'), ('given_up', 'Given up'), ('lapsed', 'Lapsed')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('offered_until', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='talking.volunteertask')),
                    ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='requests_app.pledge')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['taken', 'waiting', 'offered'])), fields=('task', 'pledge'), name='one_booking_a_task'), models.CheckConstraint(condition=models.Q(('people__gt', 0)), name='booking_of_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offered_until__isnull', False), _connector='OR'), name='booking_offered_until')],
                },
            ),
            migrations.CreateModel(
                name='VolunteerPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('for_newcomers', models.BooleanField(default=False)),
                    ('booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='places', to='talking.volunteerbooking')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='talking.volunteertask')),
                ],
                options={
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('task', 'number'), name='each_place_once')],
                },
            ),
            migrations.CreateModel(
                name='HelpersMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(max_length=2000, validators=[screens.fields.something_to_see], verbose_name='your message to all')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pledge', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='requests_app.pledge')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers_messages', to='requests_app.request')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ),
        ),
        forbid_changes('talking_helpersmessage'),
    ]
