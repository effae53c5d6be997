import datetime
import django.db.models.deletion
import guidance.approval.task
import guidance.feeds
import modelcluster.fields
import screens.fields
import vocabulary.quantities
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from records.append_only import forbid_changes
from records.new_tables import CreateModels
from requests_app.index import SQL, TABLE


def make_index(apps, schema_editor):
    for statement in SQL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_gone")
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('guidance', '0001_initial'),
        ('organisations', '0002_organisations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('places', '0001_initial'),
        ('suppliers', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Request',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                    ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                    ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                    ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                    ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                    ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                    ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                    ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                    ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                    ('external_reference', models.CharField(blank=True, max_length=60, null=True, unique=True)),
                    ('kind', models.CharField(choices=[('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], max_length=20, verbose_name='kind of help')),
                    ('title', models.CharField(blank=True, max_length=100, validators=[screens.fields.something_to_see])),
                    ('description', models.TextField(blank=True, max_length=4000, verbose_name='what you need and why')),
                    ('beneficiaries', models.CharField(blank=True, max_length=300, verbose_name='who benefits')),
                    ('theme', models.CharField(blank=True, max_length=80)),
                    ('quantity', vocabulary.quantities.QuantityField(blank=True, null=True)),
                    ('unit', models.CharField(blank=True, choices=[('hours', 'hours'), ('people', 'people'), ('places', 'places'), ('items', 'items'), ('pounds', 'pounds'), ('pounds_in_kind', 'pounds in kind'), ('weeks', 'weeks'), ('days', 'days'), ('events', 'events'), ('tonnes', 'tonnes'), ('tonnes_co2e', 'tonnes CO2e'), ('per_cent', 'per cent'), ('narrative', 'narrative')], max_length=20)),
                    ('unit_words', models.CharField(blank=True, max_length=60, verbose_name='of what')),
                    ('remote', models.BooleanField(default=False, verbose_name='can be given from anywhere')),
                    ('postcode', models.CharField(blank=True, max_length=8)),
                    ('date_kind', models.CharField(choices=[('by', 'By a date'), ('on', 'On a date'), ('between', 'Between two dates')], default='by', max_length=10)),
                    ('needed_from', models.DateField(blank=True, null=True)),
                    ('needed_by', models.DateField(blank=True, null=True)),
                    ('hosts_at_once', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='people hosted at once')),
                    ('supervision', models.CharField(blank=True, max_length=300)),
                    ('dbs', models.CharField(choices=[('none', 'No check needed'), ('basic', 'Basic'), ('standard', 'Standard'), ('enhanced', 'Enhanced'), ('enhanced_barred', 'Enhanced with barred list'), ('ask', 'Not sure: ask the council')], default='none', max_length=20, verbose_name='DBS check')),
                    ('dbs_reason', models.CharField(blank=True, max_length=300, verbose_name='why the role needs a check')),
                    ('insurance', models.CharField(blank=True, max_length=300)),
                    ('hosting_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='what hosting costs (£)')),
                    ('by_offer', models.BooleanField(default=False, editable=False, help_text='Made for a share of a supplier’s own offer: nobody had to find it')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='places.district')),
                    ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                    ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                    ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='organisations.organisation')),
                    ('outcode', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.outcode')),
                    ('outcome', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='guidance.outcome')),
                    ('posted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('needed_from', None), ('needed_from__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='request_needed_from_in_range', violation_error_message='Needed from: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('needed_by', None), ('needed_by__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='request_needed_by_in_range', violation_error_message='Needed by: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('hosting_cost', None), ('hosting_cost__gte', 0), _connector='OR'), name='hosting_cost_not_below_nothing', violation_error_message='What hosting costs: enter 0 or more.'), models.CheckConstraint(condition=models.Q(('quantity', None), ('quantity__gt', 0), _connector='OR'), name='request_quantity_above_nothing'), models.CheckConstraint(condition=models.Q(('needed_from', None), ('needed_by', None), ('needed_by__gte', models.F('needed_from')), _connector='OR'), name='request_dates_in_order'), models.CheckConstraint(condition=models.Q(('live', False), models.Q(models.Q(('title', ''), _negated=True), ('quantity__isnull', False), models.Q(('unit', ''), _negated=True)), _connector='OR'), name='public_request_is_whole')],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('delivered_on', models.DateField()),
                    ('note', models.TextField(blank=True, max_length=2000)),
                    ('claimed', vocabulary.quantities.QuantityField()),
                    ('confirmed', vocabulary.quantities.QuantityField(blank=True, null=True)),
                    ('verified', vocabulary.quantities.QuantityField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('claimed', 'Waiting for the requestor'), ('disputed', 'Disputed'), ('confirmed', 'Confirmed'), ('queried', 'Queried by the council'), ('verified', 'Verified'), ('withdrawn', 'Withdrawn')], default='claimed', max_length=10)),
                    ('own_side', models.BooleanField(default=False, help_text='Where nobody else could', verbose_name='verified by somebody of one of its sides')),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'deliveries',
                    'ordering': ['-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('delivered_on', None), ('delivered_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='delivery_delivered_on_in_range', violation_error_message='Delivered on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('claimed__gt', 0)), name='delivery_above_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed', None), ('confirmed__gte', 0), _connector='OR'), models.Q(('verified', None), ('verified__gte', 0), _connector='OR')), name='delivery_stages_not_below_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed__isnull', False), ('state__in', ['confirmed', 'queried', 'verified'])), models.Q(('state__in', ['claimed', 'disputed', 'withdrawn']), ('verified', None)), _connector='OR'), name='delivery_confirmed_when_it_says_so'), models.CheckConstraint(condition=models.Q(('verified', None), ('confirmed__gte', models.F('verified')), _connector='OR'), name='verified_not_past_confirmed')],
                },
            ),
            migrations.CreateModel(
                name='CaseStudyPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('audience', models.CharField(choices=[('everyone', 'Everyone'), ('requestors', 'Groups that post requests'), ('suppliers', 'Suppliers'), ('procurement', 'Commissioners and procurement'), ('contract_managers', 'Contract managers')], default='everyone', max_length=20)),
                    ('introduction', models.CharField(max_length=250)),
                    ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 2), ('callout', 3), ('details', 5), ('table', 8), ('picture', 9), ('contact', 12), ('download', 15), ('requests', 19), ('figure', 20)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'form_classname': 'title', 'icon': 'title', 'template': 'guidance/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'link', 'ol', 'ul', 'document-link']}), 2: ('guidance.blocks.Steps', (), {}), 3: ('guidance.blocks.Callout', (), {}), 4: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 5: ('wagtail.blocks.StructBlock', [[('summary', 4), ('text', 1)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'required': False}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link']}), 8: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 6), ('rich_text', 7)]], {}), 9: ('wagtail.images.blocks.ImageBlock', [], {'template': 'guidance/blocks/picture.html'}), 10: ('wagtail.snippets.blocks.SnippetChooserBlock', ('guidance.Role',), {}), 11: ('wagtail.blocks.CharBlock', (), {'help_text': 'What to turn to them for', 'max_length': 200, 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('role', 10), ('words', 11)]], {}), 13: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 14: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it is, where its title doesn’t say', 'max_length': 200, 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('document', 13), ('words', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Needed now', 'max_length': 80}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], 'help_text': 'Leave empty for every kind', 'required': False}), 18: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'max_value': 10, 'min_value': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('kind', 17), ('how_many', 18)]], {}), 20: ('wagtail.blocks.ChoiceBlock', [], {'choices': guidance.feeds.figure_choices})})),
                    ('review_months', models.PositiveSmallIntegerField(choices=[(3, '3 months'), (6, '6 months'), (12, '12 months')], default=6, verbose_name='reviewed every, months')),
                    ('kind', models.CharField(blank=True, choices=[('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], max_length=20, verbose_name='kind of help')),
                    ('quotation', models.TextField(blank=True, help_text='What the group said, with its consent', max_length=600)),
                    ('quoted', models.CharField(blank=True, help_text='Who says it: a role, such as “Trustee”', max_length=120)),
                    ('deputy_role', models.ForeignKey(blank=True, help_text='Told when the owner is away or the role is vacant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='deputy role')),
                    ('model', models.ForeignKey(blank=True, help_text='The version of a social value model this page explains or relies on, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.socialvaluemodel', verbose_name='rests on')),
                    ('owner_role', models.ForeignKey(help_text='The role that answers for this page, whoever holds it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='owner role')),
                    ('delivery', models.ForeignKey(blank=True, help_text='The confirmed delivery this story tells of. Leave empty for a story from before the marketplace', limit_choices_to={'state__in': ['confirmed', 'verified']}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='requests_app.delivery')),
                ],
                options={
                    'verbose_name': 'case study',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='requests_app.delivery')),
                    ('upload', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.upload')),
                ],
                options={
                    'verbose_name_plural': 'evidence',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Pledge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('quantity', vocabulary.quantities.QuantityField()),
                    ('counts', vocabulary.quantities.QuantityField(blank=True, null=True, verbose_name="what counts, in the commitment's unit")),
                    ('counts_agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('hosting_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='what it covers of the cost of hosting (£)')),
                    ('hosting_received_at', models.DateTimeField(blank=True, null=True)),
                    ('hosting_received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('message', models.TextField(blank=True, max_length=2000)),
                    ('state', models.CharField(choices=[('offered', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('lapsed', 'Lapsed'), ('withdrawn', 'Withdrawn'), ('completed', 'Completed')], default='offered', max_length=10)),
                    ('offered_at', models.DateTimeField()),
                    ('answer_due_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answer', models.TextField(blank=True, verbose_name='reason or reply')),
                    ('end_reason', models.TextField(blank=True, verbose_name='why it ended')),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='suppliers.commitment')),
                    ('counts_agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='organisations.organisation')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='requests_app.request')),
                ],
                options={
                    'ordering': ['-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('request', 'supplier'), name='one_waiting_pledge_each'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='pledge_above_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('commitment', None), ('counts', None)), models.Q(('commitment__isnull', False), ('counts__gte', 0), ('counts__isnull', False)), _connector='OR'), name='pledge_counts_with_a_commitment'), models.CheckConstraint(condition=models.Q(models.Q(('counts_agreed_at', None), ('counts_agreed_by', None)), ('counts_agreed_at__isnull', False), _connector='OR'), name='pledge_count_agreed_whole'), models.UniqueConstraint(condition=models.Q(('hosting_amount__isnull', False), ('state__in', ['accepted', 'completed'])), fields=('request',), name='hosting_covered_once'), models.CheckConstraint(condition=models.Q(('hosting_amount', None), ('hosting_amount__gt', 0), _connector='OR'), name='hosting_amount_above_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('hosting_received_at', None), ('hosting_received_by', None)), models.Q(('hosting_amount__gt', 0), ('hosting_received_at__isnull', False), ('hosting_received_by__isnull', False)), _connector='OR'), name='hosting_received_was_promised'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='pledge_answer_is_whole')],
                },
            ),
        ),
        migrations.AddField(
            model_name='delivery',
            name='pledge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='requests_app.pledge'),
        ),
        CreateModels(
            migrations.CreateModel(
                name='RequestTotals',
                fields=[
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='totals', serialize=False, to='requests_app.request')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('paused', 'Paused'), ('closed', 'Closed')], default='open', max_length=10)),
                    ('listed', models.BooleanField(default=False, help_text='Public, open, and still needs something')),
                    ('published_at', models.DateTimeField(null=True)),
                    ('checked_at', models.DateTimeField(help_text='When the requestor last said it is still needed', null=True)),
                    ('quantity', vocabulary.quantities.QuantityField(default=0)),
                    ('asked', vocabulary.quantities.QuantityField(default=0)),
                    ('pledged', vocabulary.quantities.QuantityField(default=0)),
                    ('accepted', vocabulary.quantities.QuantityField(default=0)),
                    ('claimed', vocabulary.quantities.QuantityField(default=0)),
                    ('confirmed', vocabulary.quantities.QuantityField(default=0)),
                    ('verified', vocabulary.quantities.QuantityField(default=0)),
                    ('kind', models.CharField(blank=True, max_length=20)),
                    ('district', models.PositiveBigIntegerField(null=True)),
                    ('outcome', models.PositiveBigIntegerField(null=True)),
                    ('needed_by', models.DateField(null=True)),
                    ('outcode', models.CharField(blank=True, max_length=4)),
                    ('council', models.PositiveBigIntegerField(help_text='Whose request it is, by its district and its day', null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('listed', True)), fields=['-published_at', '-request'], name='list_newest'), models.Index(condition=models.Q(('listed', True)), fields=['needed_by', '-request'], name='list_soonest'), models.Index(condition=models.Q(('listed', True)), fields=['kind', '-published_at', '-request'], name='list_kind'), models.Index(condition=models.Q(('listed', True)), fields=['district', '-published_at', '-request'], name='list_district'), models.Index(condition=models.Q(('listed', True)), fields=['outcode', '-published_at', '-request'], name='list_place'), models.Index(fields=['-published_at', '-request'], name='list_all')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('asked__gte', models.F('accepted'))), name='never_accepted_past_need'), models.CheckConstraint(condition=models.Q(models.Q(('accepted__lte', models.F('quantity')), ('asked', models.F('quantity'))), models.Q(('accepted__gt', models.F('quantity')), ('asked', models.F('accepted'))), _connector='OR'), name='asked_is_what_is_needed_or_accepted'), models.CheckConstraint(condition=models.Q(('pledged__gte', 0), ('accepted__gte', 0), ('claimed__gte', 0), ('confirmed__gte', 0), ('verified__gte', 0)), name='request_totals_not_negative')],
                },
            ),
            migrations.CreateModel(
                name='RequestModeration',
                fields=[
                    ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                    ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
                ],
                options={
                    'verbose_name': 'moderation of requests',
                },
                bases=(guidance.approval.task.ReturnsWithReason, 'wagtailcore.task'),
            ),
            migrations.CreateModel(
                name='RequestPicture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('description', models.CharField(max_length=200, verbose_name='what the picture shows')),
                    ('request', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='requests_app.request')),
                    ('upload', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.upload')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='DeliveryEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('claimed', 'Recorded'), ('amended', 'Claim changed'), ('confirmed', 'Confirmed'), ('corrected', 'Confirmed with another quantity'), ('disputed', 'Disputed'), ('queried', 'Queried by the council'), ('answered', 'Query answered'), ('verified', 'Verified'), ('reopened', 'To be verified again'), ('withdrawn', 'Withdrawn'), ('evidence', 'Evidence added')], max_length=10)),
                    ('quantity', vocabulary.quantities.QuantityField()),
                    ('reason', models.TextField(blank=True)),
                    ('by_words', models.CharField(blank=True, max_length=120, verbose_name='who, where no account acted')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='requests_app.delivery')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('by__isnull', False), models.Q(('by_words', ''), _negated=True), _connector='OR'), name='event_has_an_author'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='event_not_below_nothing')],
                },
            ),
            migrations.CreateModel(
                name='DeliveryShare',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('per_cent', models.DecimalField(decimal_places=2, max_digits=5)),
                    ('refused_at', models.DateTimeField(blank=True, help_text='When the contract manager said that it doesn’t count against this commitment', null=True)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='suppliers.commitment')),
                    ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='requests_app.delivery')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('delivery', 'commitment'), name='one_share_a_commitment'), models.CheckConstraint(condition=models.Q(('per_cent__gt', 0), ('per_cent__lte', 100)), name='share_within_the_whole')],
                },
            ),
        ),
        forbid_changes("requests_app_deliveryevent"),
        migrations.RunPython(make_index, drop_index),
        CreateModels(
            migrations.CreateModel(
                name='Thanks',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(blank=True, max_length=300)),
                    ('may_be_shown', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='requests_app.delivery')),
                    ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.upload')),
                ],
                options={
                    'verbose_name_plural': 'thanks',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), ('photo__isnull', False), _connector='OR'), name='thanks_say_something')],
                },
            ),
            migrations.CreateModel(
                name='Shortlisted',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='requests_app.request')),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('person', 'request'), name='shortlisted_once')],
                },
            ),
            migrations.CreateModel(
                name='ContactSeen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='requests_app.pledge')),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'pledge', 'by', 'on'), name='contact_seen_once_a_day')],
                },
            ),
        ),
        migrations.AddConstraint(
            model_name='contactseen',
            constraint=models.CheckConstraint(condition=models.Q(('on', None), ('on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='contactseen_on_in_range', violation_error_message='On: enter a day between 1 January 2000 and 31 December 2100.'),
        ),
    ]
