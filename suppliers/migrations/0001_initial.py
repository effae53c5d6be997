import datetime
import django.db.models.deletion
import django.db.models.expressions
import vocabulary.quantities
import words.contacts
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes, keep_columns
from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guidance', '0002_first_models'),
        ('organisations', '0002_organisations'),
        ('places', '0002_first_places'),
        ('vocabulary', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='SupplierProfile',
                fields=[
                    ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='supplier_profile', serialize=False, to='organisations.organisation')),
                    ('can_offer', models.TextField(blank=True, max_length=1000, validators=[words.contacts.none_in], verbose_name='what it can offer')),
                    ('travels_miles', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='travels up to (miles)')),
                    ('holds_contracts', models.BooleanField(default=False, verbose_name='holds contracts with the council')),
                    ('contracts_named', models.TextField(blank=True, max_length=1000, verbose_name='contracts, as the supplier names them')),
                    ('shown_to_groups', models.BooleanField(default=False, help_text='On the page that tells a group who may help. Never what you promised in a contract', verbose_name='groups may see our name as a likely helper')),
                ],
                options={
                    'verbose_name': 'supplier profile',
                },
            ),
            migrations.CreateModel(
                name='Contract',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=120, verbose_name='contract reference')),
                    ('reference_key', models.CharField(editable=False, max_length=120, unique=True)),
                    ('title', models.CharField(max_length=500)),
                    ('description', models.TextField(blank=True)),
                    ('buyer', models.CharField(blank=True, max_length=250, verbose_name='council or department')),
                    ('directorate', models.CharField(blank=True, max_length=200)),
                    ('level', models.CharField(blank=True, max_length=60, verbose_name='level of contract management')),
                    ('status', models.CharField(blank=True, max_length=80, verbose_name='status, as its source has it')),
                    ('supplier_name', models.CharField(blank=True, max_length=250, verbose_name='supplier, as the register names it')),
                    ('company_number', models.CharField(blank=True, max_length=8)),
                    ('value_gbp', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='value (£)')),
                    ('start', models.DateField(blank=True, null=True)),
                    ('end', models.DateField(blank=True, null=True)),
                    ('award_date', models.DateField(blank=True, null=True, verbose_name='awarded')),
                    ('review_date', models.DateField(blank=True, null=True)),
                    ('sme', models.BooleanField(blank=True, null=True, verbose_name='small or medium-sized')),
                    ('vcse', models.BooleanField(blank=True, null=True, verbose_name='VCSE supplier')),
                    ('ocid', models.CharField(blank=True, max_length=80, verbose_name='Open Contracting ID')),
                    ('plan_id_as_typed', models.CharField(blank=True, max_length=80, verbose_name='PM3 Plan ID, as typed')),
                    ('made_for_import', models.BooleanField(default=False, verbose_name='made to hold imported commitments')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('council', models.ForeignKey(blank=True, help_text='The site’s own council where nothing is said', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='places.council')),
                    ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('model', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='guidance.socialvaluemodel')),
                    ('passes_to', models.ForeignKey(blank=True, help_text='Where it goes when its council ends', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                    ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('start', None), ('start__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='contract_start_in_range', violation_error_message='Start: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('end', None), ('end__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='contract_end_in_range', violation_error_message='End: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('award_date', None), ('award_date__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='contract_award_date_in_range', violation_error_message='Award date: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('review_date', None), ('review_date__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='contract_review_date_in_range', violation_error_message='Review date: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('start', None), ('end', None), ('end__gte', models.F('start')), _connector='OR'), name='contract_ends_after_it_starts', violation_error_message='The contract can’t end before it starts.'), models.CheckConstraint(condition=models.Q(('value_gbp', None), ('value_gbp__gte', 0), _connector='OR'), name='contract_value_not_below_nothing', violation_error_message='Value: enter 0 or more.')],
                    'ordering': ['reference_key'],
                },
            ),
            migrations.CreateModel(
                name='Commitment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('external_reference', models.CharField(blank=True, max_length=60, null=True, unique=True)),
                    ('wording', models.TextField(verbose_name='wording as tendered')),
                    ('measure', models.CharField(blank=True, max_length=120)),
                    ('kind', models.CharField(blank=True, choices=[('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], max_length=20, verbose_name='kind of help')),
                    ('theme', models.CharField(blank=True, max_length=80)),
                    ('unit', models.CharField(choices=[('hours', 'hours'), ('people', 'people'), ('places', 'places'), ('items', 'items'), ('pounds', 'pounds'), ('pounds_in_kind', 'pounds in kind'), ('weeks', 'weeks'), ('days', 'days'), ('events', 'events'), ('tonnes', 'tonnes'), ('tonnes_co2e', 'tonnes CO2e'), ('per_cent', 'per cent'), ('narrative', 'narrative')], max_length=20)),
                    ('unit_words', models.CharField(blank=True, max_length=60, verbose_name="the unit in the source's words")),
                    ('delivery_area', models.CharField(blank=True, max_length=120)),
                    ('most_each', vocabulary.quantities.QuantityField(blank=True, help_text='Read from the wording where it says so (“awards of up to £500 each”), else as entered here', null=True, verbose_name='the most for one request')),
                    ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='vocabulary.need', verbose_name='the need of local groups that it was written for')),
                    ('binding', models.CharField(blank=True, choices=[('kpi_1', 'Key performance indicator, one of the three most material'), ('kpi_2', 'Key performance indicator'), ('obligation', 'Contractual'), ('aspiration', 'An aspiration')], max_length=12, verbose_name='how it binds')),
                    ('evidence_asked', models.CharField(blank=True, max_length=300, verbose_name='evidence that the contract asks for')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_because', models.CharField(blank=True, max_length=500)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('outcome', models.ForeignKey(blank=True, limit_choices_to={'level__in': ['outcome', 'criterion'], 'model__state': 'published'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='guidance.outcome')),
                    ('passed_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_to', to='suppliers.commitment')),
                    ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='suppliers.contract')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('withdrawn_at__isnull', False)), fields=['withdrawn_at'], name='withdrawn')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('most_each', None), ('most_each__gt', 0), _connector='OR'), name='most_for_one_is_above_nothing', violation_error_message='The most for one request: enter more than 0, or leave it empty.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='commitment_withdrawn_with_a_reason')],
                    'ordering': ['contract', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ContractParty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=250, verbose_name='supplier, as the register names it')),
                    ('role', models.CharField(choices=[('lot', 'Holds a lot'), ('consortium', 'Member of the consortium'), ('parent', 'Parent company'), ('subcontractor', 'Subcontractor')], max_length=20)),
                    ('lot', models.CharField(blank=True, max_length=80)),
                    ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='suppliers.contract')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contract_parts', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('contract', 'name', 'role', 'lot'), name='one_party_a_lot')],
                    'verbose_name_plural': 'contract parties',
                    'ordering': ['contract', 'name', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ContractSource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('register', 'The contract register'), ('extract', 'Proactis'), ('release', 'Published award (Open Contracting)'), ('hand', 'Entered by hand')], max_length=10)),
                    ('name', models.CharField(blank=True, max_length=200, verbose_name='file')),
                    ('as_at', models.DateField(verbose_name='the day whose state it shows')),
                    ('sheet', models.CharField(blank=True, max_length=100)),
                    ('line', models.PositiveIntegerField(null=True)),
                    ('layout', models.CharField(blank=True, help_text='Which file of its kind: a mark of its headings', max_length=64)),
                    ('said', models.JSONField(help_text='{field: what it said}, as text')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='suppliers.contract')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('as_at', None), ('as_at__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='contractsource_as_at_in_range', violation_error_message='As at: enter a day between 1 January 2000 and 31 December 2100.')],
                    'ordering': ['contract', 'as_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='DeliveryPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField()),
                    ('rhythm', models.CharField(choices=[('quarterly', 'By quarter'), ('yearly', 'By contract year'), ('own', 'On days of its own')], default='own', max_length=10)),
                    ('starts_on', models.DateField(verbose_name='begins')),
                    ('start_up_days', models.PositiveSmallIntegerField(default=91, verbose_name='days at the start in which nothing is called behind')),
                    ('agreed_on', models.DateField(verbose_name='agreed')),
                    ('reason', models.CharField(max_length=500)),
                    ('by_words', models.CharField(blank=True, max_length=120, verbose_name='who, where no account acted')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='suppliers.commitment')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('starts_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='deliveryplan_starts_on_in_range', violation_error_message='Starts on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('agreed_on', None), ('agreed_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='deliveryplan_agreed_on_in_range', violation_error_message='Agreed on: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('commitment', 'version'), name='one_plan_a_version'), models.CheckConstraint(condition=models.Q(('by__isnull', False), models.Q(('by_words', ''), _negated=True), _connector='OR'), name='plan_has_an_author'), models.CheckConstraint(condition=models.Q(('start_up_days__range', (0, 366))), name='start_up_is_a_year_at_most')],
                    'ordering': ['commitment', 'version'],
                },
            ),
            migrations.CreateModel(
                name='DeliveryTarget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('due_on', models.DateField()),
                    ('quantity_in_all', vocabulary.quantities.QuantityField()),
                    ('milestone', models.CharField(blank=True, max_length=200)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='suppliers.deliveryplan')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('due_on', None), ('due_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='deliverytarget_due_on_in_range', violation_error_message='Due on: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(fields=('plan', 'due_on'), name='one_target_a_day'), models.CheckConstraint(condition=models.Q(('quantity_in_all__gte', 0)), name='target_not_negative')],
                    'ordering': ['plan', 'due_on'],
                },
            ),
            migrations.CreateModel(
                name='LedgerEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('account', models.CharField(choices=[('promised', 'Promised'), ('reserved', 'Reserved'), ('to_agree', 'To be agreed'), ('claimed', 'Claimed'), ('confirmed', 'Confirmed'), ('verified', 'Verified'), ('beyond', 'Beyond the contract'), ('withdrawn', 'Withdrawn')], max_length=10)),
                    ('amount', vocabulary.quantities.QuantityField()),
                    ('happened_on', models.DateField(verbose_name='happened on')),
                    ('at', models.DateTimeField(verbose_name='written')),
                    ('source', models.CharField(choices=[('contract', 'The contract'), ('variation', 'A variation'), ('pledge', 'A pledge'), ('delivery', 'A delivery'), ('return', 'A line of a return'), ('correction', 'A correction'), ('count', 'An agreed count'), ('withdrawal', 'A withdrawal, or the end of one'), ('succession', 'A succession'), ('council', 'A corrected council'), ('recorded', 'Recorded in another system')], max_length=10, verbose_name='came from')),
                    ('confirmed_by', models.CharField(blank=True, choices=[('', 'Nobody yet'), ('group', 'The group'), ('manager', 'The contract manager')], default='', max_length=7)),
                    ('pledge_number', models.PositiveBigIntegerField(db_index=True, null=True)),
                    ('delivery_number', models.PositiveBigIntegerField(db_index=True, null=True)),
                    ('return_line_number', models.PositiveBigIntegerField(db_index=True, null=True)),
                    ('event_number', models.PositiveBigIntegerField(db_index=True, null=True)),
                    ('reason', models.CharField(max_length=500)),
                    ('by_words', models.CharField(blank=True, max_length=120, verbose_name='who, where no account acted')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='suppliers.commitment')),
                    ('council', models.ForeignKey(help_text='Whose contract it was when this was written', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.council')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('happened_on', None), ('happened_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='ledgerentry_happened_on_in_range', violation_error_message='Happened on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='entry_is_not_nothing'), models.CheckConstraint(condition=models.Q(('by__isnull', False), models.Q(('by_words', ''), _negated=True), _connector='OR'), name='entry_has_an_author'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='entry_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('account__in', ['confirmed', 'verified']), ('amount__gt', 0), _negated=True), models.Q(('confirmed_by', ''), _negated=True), ('source__in', ['succession', 'council']), _connector='OR'), name='entry_says_who_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('delivery_number', None), ('return_line_number', None)), models.Q(('delivery_number', None), ('event_number', None)), models.Q(('event_number', None), ('return_line_number', None)), _connector='OR'), name='entry_of_one_delivery')],
                    'verbose_name_plural': 'ledger entries',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='RecordedEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=60, unique=True, verbose_name='event id')),
                    ('kind', models.CharField(choices=[('claimed', 'Claimed'), ('confirmed', 'Confirmed'), ('verified', 'Verified')], max_length=9)),
                    ('quantity', vocabulary.quantities.QuantityField(help_text='The difference, where it corrects another row')),
                    ('happened_on', models.DateField(verbose_name='happened')),
                    ('entered_on', models.DateField(verbose_name='entered')),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('by_words', models.CharField(blank=True, max_length=120, verbose_name='who, where no account acted')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recorded_events', to='suppliers.commitment')),
                    ('first', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.recordedevent')),
                    ('refers_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.recordedevent')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('happened_on', None), ('happened_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='recordedevent_happened_on_in_range', violation_error_message='Happened on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('entered_on', None), ('entered_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='recordedevent_entered_on_in_range', violation_error_message='Entered on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('entered_on__gte', models.F('happened_on'))), name='entered_after_it_happened'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('first__isnull', False), _connector='OR'), name='only_a_correction_takes_off'), models.CheckConstraint(condition=models.Q(('first', None), ('refers_to__isnull', False), _connector='OR'), name='a_correction_corrects_a_row'), models.CheckConstraint(condition=models.Q(('by__isnull', False), models.Q(('by_words', ''), _negated=True), _connector='OR'), name='recorded_event_has_an_author')],
                    'ordering': ['commitment', 'entered_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='SupplierInvitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='suppliers.contract')),
                ],
                options={
                    'ordering': ['contract', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='CommitmentBalance',
                fields=[
                    ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='balance', serialize=False, to='suppliers.commitment')),
                    ('promised', vocabulary.quantities.QuantityField(default=0)),
                    ('reserved', vocabulary.quantities.QuantityField(default=0)),
                    ('to_agree', vocabulary.quantities.QuantityField(default=0)),
                    ('claimed', vocabulary.quantities.QuantityField(default=0)),
                    ('confirmed', vocabulary.quantities.QuantityField(default=0)),
                    ('verified', vocabulary.quantities.QuantityField(default=0)),
                    ('beyond', vocabulary.quantities.QuantityField(default=0)),
                    ('withdrawn', vocabulary.quantities.QuantityField(default=0)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('promised__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('reserved'), '+', models.F('to_agree')), '+', models.F('claimed')), '+', models.F('withdrawn')))), name='never_more_than_promised'), models.CheckConstraint(condition=models.Q(('beyond', 0), ('promised', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('reserved'), '+', models.F('to_agree')), '+', models.F('claimed')), '+', models.F('withdrawn'))), _connector='OR'), name='beyond_where_nothing_is_left'), models.CheckConstraint(condition=models.Q(('claimed__gte', models.F('confirmed'))), name='confirmed_was_claimed'), models.CheckConstraint(condition=models.Q(('confirmed__gte', models.F('verified'))), name='verified_was_confirmed'), models.CheckConstraint(condition=models.Q(('reserved__gte', 0), ('to_agree__gte', 0), ('verified__gte', 0), ('beyond__gte', 0), ('withdrawn__gte', 0)), name='totals_not_negative')],
                },
            ),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['commitment', 'account', 'happened_on'], name='entries_by_day'),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['commitment', 'at'], name='entries_by_writing'),
        ),
        CreateModels(
            migrations.CreateModel(
                name='PlanAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_accepted', models.BooleanField()),
                    ('words', models.CharField(blank=True, max_length=500)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='suppliers.deliveryplan')),
                ],
                options={
                    'ordering': ['plan'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('is_accepted', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='objection_says_why')],
                },
            ),
            migrations.CreateModel(
                name='ProxyValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=80, verbose_name='name of the table')),
                    ('version', models.CharField(max_length=40)),
                    ('reference', models.CharField(max_length=60)),
                    ('measure', models.CharField(max_length=300)),
                    ('unit', models.CharField(choices=[('hours', 'hours'), ('people', 'people'), ('places', 'places'), ('items', 'items'), ('pounds', 'pounds'), ('pounds_in_kind', 'pounds in kind'), ('weeks', 'weeks'), ('days', 'days'), ('events', 'events'), ('tonnes', 'tonnes'), ('tonnes_co2e', 'tonnes CO2e'), ('per_cent', 'per cent'), ('narrative', 'narrative')], max_length=20)),
                    ('pounds', vocabulary.quantities.QuantityField(verbose_name='pounds a unit')),
                    ('rights', models.CharField(max_length=200, verbose_name='by what right the council uses it')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['table', 'version', 'reference'],
                    'constraints': [models.UniqueConstraint(fields=('table', 'version', 'reference'), name='one_value_a_reference'), models.CheckConstraint(condition=models.Q(('pounds__gt', 0)), name='value_above_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('rights', ''), _negated=True), models.Q(('table', ''), _negated=True)), name='value_names_its_rights')],
                },
            ),
            migrations.CreateModel(
                name='CommitmentValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='value', to='suppliers.commitment')),
                    ('proxy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.proxyvalue')),
                ],
                options={
                    'ordering': ['commitment'],
                },
            ),
        ),
        forbid_changes("suppliers_ledgerentry"),
        forbid_changes("suppliers_deliveryplan"),
        forbid_changes("suppliers_deliverytarget"),
        forbid_changes("suppliers_plananswer"),
        forbid_changes("suppliers_proxyvalue"),
        forbid_changes("suppliers_commitmentvalue"),
        forbid_changes("suppliers_contractsource", goes_with=("contract_id", "suppliers_contract")),
        forbid_changes("suppliers_supplierinvitation"),
        forbid_changes("suppliers_recordedevent"),
        keep_columns("suppliers_commitment", "contract_id", "unit"),
    ]
