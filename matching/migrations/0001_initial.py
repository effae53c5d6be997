import django.db.models.deletion
import matching.models.alerts
import vocabulary.quantities
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes
from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_organisations'),
        ('requests_app', '0001_initial'),
        ('suppliers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('of', models.CharField(choices=[('request', 'Request'), ('commitment', 'Commitment'), ('everything', 'Everything')], max_length=10)),
                    ('number', models.PositiveBigIntegerField(default=0)),
                    ('went_live', models.BooleanField(default=False, help_text='A request that has just become public')),
                    ('noted_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='CommitmentMatches',
                fields=[
                    ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='suppliers.commitment')),
                    ('entries', models.BinaryField()),
                    ('kept', models.PositiveSmallIntegerField(default=0, help_text='How many entries')),
                    ('floor', models.FloatField(default=0, help_text="What the last entry's fixed parts add up to")),
                    ('worked_out_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='CommitmentVector',
                fields=[
                    ('made_by', models.CharField(help_text='Fingerprint of the encoder and the vocabulary', max_length=40)),
                    ('digest', models.CharField(help_text='Fingerprint of the text it was made from', max_length=32)),
                    ('meaning', models.BinaryField(help_text="The encoder's vector")),
                    ('needs', models.BinaryField(help_text='Needs of the vocabulary that the text speaks of')),
                    ('general', models.BooleanField(default=False, help_text='Speaks of help of any kind before anything else')),
                    ('stamp', models.DateTimeField(db_index=True, help_text='When what matching knows of it last changed')),
                    ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='suppliers.commitment')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RequestMatches',
                fields=[
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='requests_app.request')),
                    ('entries', models.BinaryField()),
                    ('worked_out_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='RequestSeen',
                fields=[
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='requests_app.request')),
                    ('times', models.PositiveIntegerField(default=0)),
                    ('last_at', models.DateTimeField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name='RequestVector',
                fields=[
                    ('made_by', models.CharField(help_text='Fingerprint of the encoder and the vocabulary', max_length=40)),
                    ('digest', models.CharField(help_text='Fingerprint of the text it was made from', max_length=32)),
                    ('meaning', models.BinaryField(help_text="The encoder's vector")),
                    ('needs', models.BinaryField(help_text='Needs of the vocabulary that the text speaks of')),
                    ('general', models.BooleanField(default=False, help_text='Speaks of help of any kind before anything else')),
                    ('stamp', models.DateTimeField(db_index=True, help_text='When what matching knows of it last changed')),
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='requests_app.request')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Simulation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(help_text='history or synthetic', max_length=20)),
                    ('wanted', models.JSONField()),
                    ('rows', models.JSONField()),
                    ('seconds', models.FloatField()),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('wanted', models.JSONField(help_text='The sliders it was made with')),
                    ('figures', models.JSONField(help_text='objective, bound, gap, greedy_objective, seconds and more', null=True)),
                    ('asked_at', models.DateTimeField(auto_now_add=True)),
                    ('made_at', models.DateTimeField(null=True)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                    'default_permissions': ('view', 'change'),
                },
            ),
            migrations.CreateModel(
                name='Subscription',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('search', models.JSONField(default=dict, help_text='A saved search, as its address has it; empty for matches')),
                    ('often', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='daily', max_length=10, verbose_name='how often')),
                    ('key', models.CharField(default=matching.models.alerts.new_key, help_text='Opens the unsubscribe link', max_length=40, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('looked_at', models.DateTimeField(help_text='Up to when new requests were looked through', null=True)),
                    ('stopped_at', models.DateTimeField(null=True)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='organisations.organisation')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('stopped_at', None)), fields=('user', 'organisation'), name='one_match_alert_each')],
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Alert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('due_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('dropped_at', models.DateTimeField(help_text='No longer to be told of when its turn came', null=True)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='requests_app.request')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='matching.subscription')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'request'), name='told_once'), models.CheckConstraint(condition=models.Q(('sent_at', None), ('dropped_at', None), _connector='OR'), name='sent_or_dropped')],
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='WeightsChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('values', models.JSONField()),
                    ('effect', models.JSONField()),
                    ('reason', models.CharField(max_length=500)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='weights_have_a_reason')],
                    'ordering': ['pk'],
                    'default_permissions': ('view', 'change'),
                },
            ),
            migrations.CreateModel(
                name='WeightsTrial',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('values', models.JSONField()),
                    ('asked_at', models.DateTimeField(auto_now_add=True)),
                    ('effect', models.JSONField(help_text='{before, after}: figures of the evaluation, once worked out', null=True)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Judgement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('grade', models.PositiveSmallIntegerField(choices=[(0, 'Does not fit'), (1, 'Fits in part'), (2, 'Fits')])),
                    ('source', models.CharField(blank=True, max_length=120)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='suppliers.commitment')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='requests_app.request')),
                ],
                options={
                    'ordering': ['commitment', 'request'],
                    'constraints': [models.UniqueConstraint(fields=('commitment', 'request'), name='one_judgement_a_pair')],
                },
            ),
            migrations.CreateModel(
                name='ProposalLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('quantity', vocabulary.quantities.QuantityField(default=0, help_text="In the request's unit; 0 where the pair is only to be judged")),
                    ('counts', vocabulary.quantities.QuantityField(default=0, help_text="In the commitment's unit")),
                    ('value', models.FloatField()),
                    ('may_wait', models.BooleanField(default=False, help_text='A better use of the commitment is likely to come')),
                    ('parts', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('proposed', 'Proposed'), ('invited', 'Supplier invited'), ('dismissed', 'Dismissed'), ('doubtful', 'To judge')], default='proposed', max_length=10)),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='suppliers.commitment')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='matching.proposal')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='requests_app.request')),
                ],
                options={
                    'ordering': ['-value', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'commitment', 'request'), name='one_line_a_pair'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('state', 'doubtful'), _connector='OR'), name='line_above_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state__in', ['proposed', 'doubtful'])), models.Q(models.Q(('state__in', ['proposed', 'doubtful']), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='line_decision_is_whole')],
                },
            ),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(condition=models.Q(('dropped_at', None), ('sent_at', None)), fields=['due_at'], name='alerts_waiting'),
        ),
        forbid_changes("matching_weightschange"),
    ]
