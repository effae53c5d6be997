import datetime
import django.db.models.deletion
import vocabulary.quantities
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes
from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_organisations'),
        ('suppliers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Return',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first_day', models.DateField()),
                    ('last_day', models.DateField()),
                    ('due_on', models.DateField()),
                    ('state', models.CharField(choices=[('open', 'Not sent yet'), ('sent', 'With the contract manager'), ('queried', 'Back with the supplier'), ('accepted', 'Answered')], default='open', max_length=8)),
                    ('nothing_because', models.CharField(blank=True, max_length=500, verbose_name='nothing was delivered, because')),
                    ('changes', models.PositiveIntegerField(default=0)),
                    ('opened_at', models.DateTimeField(auto_now_add=True)),
                    ('saved_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('sent_by_words', models.CharField(blank=True, max_length=120)),
                    ('asked_at', models.DateTimeField(null=True, verbose_name='when its manager asked for more')),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='suppliers.contract')),
                    ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-last_day', 'contract'], 'constraints': [models.CheckConstraint(condition=models.Q(('first_day', None), ('first_day__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='return_first_day_in_range', violation_error_message='First day: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('last_day', None), ('last_day__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='return_last_day_in_range', violation_error_message='Last day: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('due_on', None), ('due_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='return_due_on_in_range', violation_error_message='Due on: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('contract', 'first_day'), name='one_return_a_period'), models.CheckConstraint(condition=models.Q(('last_day__gt', models.F('first_day'))), name='return_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('sent_by__isnull', False), models.Q(('sent_by_words', ''), _negated=True), _connector='OR'), name='sent_return_says_by_whom')]},
            ),
            migrations.CreateModel(
                name='ReturnLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('delivered_on', models.DateField()),
                    ('quantity', vocabulary.quantities.QuantityField(help_text='0 where it is taken back')),
                    ('stage', models.CharField(choices=[('claimed', 'Claimed by the supplier'), ('confirmed', 'Confirmed by the contract manager'), ('verified', 'Checked against its evidence')], default='confirmed', max_length=9)),
                    ('note', models.CharField(max_length=500, verbose_name='what was delivered, and how it is known')),
                    ('by_words', models.CharField(blank=True, max_length=120, verbose_name='who, where no account acted')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='return_lines', to='suppliers.commitment')),
                    ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='returns.returnline')),
                    ('first', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='returns.returnline')),
                ],
                options={
                    'ordering': ['commitment', 'delivered_on', 'pk'], 'constraints': [models.CheckConstraint(condition=models.Q(('delivered_on', None), ('delivered_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='returnline_delivered_on_in_range', violation_error_message='Delivered on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='return_line_not_below_nothing'), models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='return_line_says_what'), models.CheckConstraint(condition=models.Q(('by__isnull', False), models.Q(('by_words', ''), _negated=True), _connector='OR'), name='return_line_has_an_author'), models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('first', None)), models.Q(('corrects__isnull', False), ('first__isnull', False)), _connector='OR'), name='return_line_corrects_one_of_a_chain')]},
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('draft', 'Not sent'), ('sent', 'To be answered'), ('accepted', 'Accepted'), ('queried', 'Asked about'), ('rejected', 'Rejected')], default='draft', max_length=8)),
                    ('quantity', vocabulary.quantities.QuantityField(null=True)),
                    ('already', vocabulary.quantities.QuantityField(default=0)),
                    ('to_date', vocabulary.quantities.QuantityField(null=True)),
                    ('delivered_on', models.DateField(null=True)),
                    ('evidence', models.CharField(blank=True, max_length=500)),
                    ('rag', models.CharField(blank=True, choices=[('red', 'Red'), ('amber', 'Amber'), ('green', 'Green')], max_length=5)),
                    ('comment', models.CharField(blank=True, max_length=1000)),
                    ('asked', models.CharField(blank=True, max_length=500)),
                    ('findings', models.JSONField(default=list)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='suppliers.commitment')),
                    ('of_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='returns.return')),
                    ('line', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='returns.returnline')),
                ],
                options={
                    'ordering': ['of_return', 'commitment'], 'constraints': [models.CheckConstraint(condition=models.Q(('delivered_on', None), ('delivered_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='answer_delivered_on_in_range', violation_error_message='Delivered on: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('of_return', 'commitment'), name='one_answer_a_commitment'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0), ('quantity', None), _connector='OR'), name='answer_not_below_nothing'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('quantity__isnull', False), _connector='OR'), name='sent_answer_says_how_much')]},
            ),
            migrations.CreateModel(
                name='AnswerFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='returns.answer')),
                    ('upload', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer_file', to='organisations.upload')),
                ],
                options={
                    'ordering': ['answer', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('occasion', models.CharField(choices=[('opened', 'It was opened'), ('soon', 'A week before it is due'), ('late', 'The day after it was due'), ('very_late', 'Two weeks late: its contract manager is told'), ('unanswered', 'Two weeks without an answer of the contract manager'), ('asked', 'Two weeks without an answer of the supplier to what was asked')], max_length=10)),
                    ('number', models.PositiveIntegerField(default=0, verbose_name='changes of the return when it was written')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('of_return', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='returns.return')),
                ],
                options={
                    'ordering': ['of_return', 'pk'], 'constraints': [models.UniqueConstraint(fields=('of_return', 'occasion', 'number'), name='reminded_once_of_a_return')]},
            ),
        ),
        forbid_changes("returns_returnline"),
    ]
