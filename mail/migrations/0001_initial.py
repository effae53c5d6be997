from django.db import migrations, models

from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(max_length=320)),
                    ('subject', models.CharField(max_length=250)),
                    ('kind', models.CharField(blank=True, help_text='The template it was made from, where we know it', max_length=80)),
                    ('content', models.JSONField(help_text='Text, sender and headers; empty once it was handed over', null=True)),
                    ('message_id', models.CharField(max_length=200, unique=True)),
                    ('urgent', models.BooleanField(default=False, help_text='Somebody waits before the screen: a code, a new password')),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('taken', 'With a worker'), ('handing', 'Being handed over'), ('sent', 'Sent'), ('unsure', 'May have arrived'), ('failed', 'Failed')], default='waiting', max_length=10)),
                    ('created_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('tries', models.PositiveIntegerField(default=0)),
                    ('taken_by', models.CharField(blank=True, max_length=64)),
                    ('taken_at', models.DateTimeField(null=True)),
                    ('settled_at', models.DateTimeField(help_text='When it was sent or given up', null=True)),
                    ('error', models.CharField(blank=True, max_length=500, verbose_name='what went wrong')),
                ],
                options={
                    'verbose_name': 'e-mail',
                    'ordering': ['-pk'],
                    'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'taken'])), fields=['-urgent', 'due_at'], name='messages_waiting'), models.Index(fields=['state', 'taken_at'], name='messages_by_state')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', True), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('content__isnull', False)), _connector='OR'), name='message_text_kept_until_sent'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taken', 'handing']), _negated=True), models.Q(models.Q(('taken_by', ''), _negated=True), ('taken_at__isnull', False)), _connector='OR'), name='message_with_a_worker'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['unsure', 'failed']), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='message_failure_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=40)),
                    ('number', models.PositiveBigIntegerField(help_text='The key of the row that it is about')),
                    ('since', models.DateTimeField(help_text='The moment from which the clock of that row ran')),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('what', 'number', 'since'), name='reminded_once')],
                },
            ),
            migrations.CreateModel(
                name='Held',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(max_length=320)),
                    ('name', models.CharField(blank=True, max_length=150)),
                    ('subject', models.CharField(max_length=250)),
                    ('text', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('due_at', models.DateTimeField(db_index=True)),
                ],
                options={
                    'verbose_name': 'e-mail that waits for a round',
                    'verbose_name_plural': 'e-mails that wait for a round',
                },
            ),
            migrations.CreateModel(
                name='Preference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(max_length=320)),
                    ('topic', models.CharField(max_length=20)),
                    ('how', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Together, once a day'), ('weekly', 'Together, once a week'), ('never', 'Not me: a colleague takes it')], max_length=10)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('address', 'topic'), name='one_way_of_hearing_each')],
                },
            ),
        ),
    ]
