import datetime

import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

import guidance.approval.task
import guidance.feeds
from records.append_only import forbid_changes
from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        # Not needed by ours, but the history of other apps runs faster before our tables exist.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='OwnerApproval',
                fields=[
                    ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ],
                options={
                    'verbose_name': 'approval by the page’s owner',
                },
                bases=(guidance.approval.task.ReturnsWithReason, 'wagtailcore.task'),
            ),
            migrations.CreateModel(
                name='Publication',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveBigIntegerField(default=1)),
                ],
            ),
            migrations.CreateModel(
                name='ReviewRhythm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('remind_days', models.PositiveSmallIntegerField(default=14, verbose_name='remind the owner, days before')),
                    ('deputy_days', models.PositiveSmallIntegerField(default=14, verbose_name='tell the deputy, days overdue')),
                    ('sponsor_days', models.PositiveSmallIntegerField(default=30, verbose_name='tell the sponsor, days overdue')),
                    ('readers_days', models.PositiveSmallIntegerField(default=60, verbose_name='tell readers, days overdue')),
                    ('unread_days', models.PositiveSmallIntegerField(default=90, verbose_name='nobody reads a page that had no reader for, days')),
                ],
                options={
                    'verbose_name': 'review rhythm',
                },
            ),
            migrations.CreateModel(
                name='AuditFinding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=30, unique=True)),
                    ('report', models.CharField(max_length=160)),
                    ('reported_on', models.DateField()),
                    ('finding', models.TextField()),
                ],
                options={
                    'verbose_name': 'audit finding',
                    'ordering': ['reported_on', 'reference'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reported_on', None), ('reported_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='auditfinding_reported_on_in_range', violation_error_message='Reported on: enter a day between 1 January 2000 and 31 December 2100.')],
                },
            ),
            migrations.CreateModel(
                name='Download',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=255, verbose_name='title')),
                    ('file', models.FileField(upload_to='documents', verbose_name='file')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                    ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                    ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                    ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                    ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                    ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ],
                options={
                    'verbose_name': 'document',
                    'verbose_name_plural': 'documents',
                    'abstract': False,
                },
                bases=(modelsearch.index.Indexed, models.Model),
            ),
            migrations.CreateModel(
                name='PageAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('useful', models.BooleanField()),
                    ('comment', models.CharField(blank=True, max_length=500)),
                    ('answered_on', models.DateField()),
                    ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to=settings.WAGTAIL_PAGE_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Picture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=255, verbose_name='title')),
                    ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                    ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                    ('width', models.IntegerField(editable=False, verbose_name='width')),
                    ('height', models.IntegerField(editable=False, verbose_name='height')),
                    ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                    ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                    ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                    ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                    ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                    ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                    ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                    ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                    ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                    ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ],
                options={
                    'abstract': False,
                },
                bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
            ),
            migrations.CreateModel(
                name='Review',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('result', models.CharField(choices=[('published', 'First published'), ('no_change', 'Reviewed, no change'), ('changed', 'Reviewed and changed')], max_length=10)),
                    ('reason', models.TextField()),
                    ('reviewed_on', models.DateField()),
                    ('due_on', models.DateField(verbose_name='next review due')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('page', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='reviews', to=settings.WAGTAIL_PAGE_MODEL)),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reviewed_on', None), ('reviewed_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='review_reviewed_on_in_range', violation_error_message='Reviewed on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('due_on', None), ('due_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='review_due_on_in_range', violation_error_message='Due on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='review_has_a_reason'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('reviewed_on'))), name='next_review_after_this_one')],
                },
            ),
            migrations.CreateModel(
                name='Role',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=120, unique=True)),
                    ('slug', models.SlugField(unique=True)),
                    ('responsibilities', models.TextField(help_text='What this role answers for, in a sentence or two')),
                    ('mailbox', models.EmailField(blank=True, help_text='A shared mailbox that readers may write to. Never one person’s address', max_length=254)),
                    ('receives_alarms', models.BooleanField(default=False, help_text='Tick for the senior sponsor: told when a role that keeps pages is vacant, or a review stays undone', verbose_name='told of vacancies and long delays')),
                    ('name_shown', models.BooleanField(default=False, help_text='Tick for senior posts whose holders are named in public', verbose_name='holder’s name is public')),
                    ('valid_from', models.DateField(blank=True, null=True)),
                    ('valid_to', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['title'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_from__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='role_valid_from_in_range', violation_error_message='Valid from: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='role_valid_to_in_range', violation_error_message='Valid to: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='role_ends_after_it_starts', violation_error_message='The end is before the start.')],
                },
            ),
            migrations.CreateModel(
                name='SocialValueModel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('slug', models.SlugField(unique=True)),
                    ('description', models.TextField(blank=True)),
                    ('is_councils_own', models.BooleanField(default=False, verbose_name='the council’s own priorities')),
                    ('valid_from', models.DateField(help_text='Procurements begun from this day may use it')),
                    ('valid_to', models.DateField(blank=True, null=True)),
                    ('source', models.URLField(blank=True, max_length=300)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=10)),
                    ('published_at', models.DateTimeField(editable=False, null=True)),
                    ('asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('asked_for', models.CharField(blank=True, editable=False, help_text='What was shown when a second person was asked to publish', max_length=64)),
                    ('asked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('previous', models.OneToOneField(blank=True, error_messages={'unique': 'Another version follows this one already.'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='guidance.socialvaluemodel', verbose_name='version before it')),
                    ('published_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'social value model',
                    'ordering': ['-valid_from', 'slug'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_from__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='socialvaluemodel_valid_from_in_range', violation_error_message='Valid from: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='socialvaluemodel_valid_to_in_range', violation_error_message='Valid to: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='model_ends_after_it_starts', violation_error_message='The end is before the start.'), models.CheckConstraint(condition=models.Q(models.Q(('asked_at', None), ('asked_by', None), ('asked_for', '')), models.Q(('asked_at__isnull', False), ('asked_by__isnull', False), models.Q(('asked_for', ''), _negated=True)), _connector='OR'), name='model_asked_for_whole'), models.CheckConstraint(condition=models.Q(('published_by', None), ('asked_by', None), models.Q(('published_by', models.F('asked_by')), _negated=True), _connector='OR'), name='model_published_by_a_second_person'), models.CheckConstraint(condition=models.Q(('previous', None), models.Q(('previous', models.F('pk')), _negated=True), _connector='OR'), name='model_not_its_own_predecessor')],
                },
            ),
            migrations.CreateModel(
                name='PageReads',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('reads', models.PositiveIntegerField(default=0)),
                    ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to=settings.WAGTAIL_PAGE_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('page', 'day'), name='one_count_a_day')],
                },
            ),
            migrations.CreateModel(
                name='GovernanceGroup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True)),
                    ('slug', models.SlugField(unique=True)),
                    ('purpose', models.TextField()),
                    ('scope', models.TextField(blank=True)),
                    ('quorum', models.CharField(blank=True, max_length=200)),
                    ('meeting_frequency', models.CharField(blank=True, max_length=200, verbose_name='meets')),
                    ('decision_rights', models.TextField(blank=True, verbose_name='may decide')),
                    ('reports_to', models.CharField(blank=True, max_length=200)),
                    ('inputs', models.TextField(blank=True, verbose_name='works from')),
                    ('outputs', models.TextField(blank=True, verbose_name='produces')),
                    ('conflicts_of_interest', models.TextField(blank=True)),
                    ('review_date', models.DateField(blank=True, null=True, verbose_name='terms reviewed by')),
                    ('version', models.CharField(blank=True, max_length=20)),
                    ('approved_by', models.CharField(blank=True, help_text='The body or role that approved these terms', max_length=120)),
                    ('approved_on', models.DateField(blank=True, null=True)),
                    ('valid_from', models.DateField(blank=True, null=True, verbose_name='established')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='ended')),
                    ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                    ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chairs', to='guidance.role')),
                    ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputy_chairs', to='guidance.role')),
                ],
                options={
                    'verbose_name': 'group',
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('review_date', None), ('review_date__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='governancegroup_review_date_in_range', violation_error_message='Review date: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('approved_on', None), ('approved_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='governancegroup_approved_on_in_range', violation_error_message='Approved on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_from__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='governancegroup_valid_from_in_range', violation_error_message='Valid from: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='governancegroup_valid_to_in_range', violation_error_message='Valid to: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='group_ends_after_it_starts', violation_error_message='The end is before the start.'), models.CheckConstraint(condition=models.Q(('approved_on', None), models.Q(('approved_by', ''), _negated=True), _connector='OR'), name='group_terms_approved_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='Outcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.CharField(choices=[('theme', 'Theme or mission'), ('outcome', 'Outcome'), ('criterion', 'Criterion'), ('measure', 'Measure')], default='outcome', max_length=10)),
                    ('code', models.CharField(max_length=20)),
                    ('title', models.CharField(max_length=300)),
                    ('description', models.TextField(blank=True)),
                    ('unit', models.CharField(blank=True, choices=[('hours', 'hours'), ('people', 'people'), ('places', 'places'), ('items', 'items'), ('pounds', 'pounds'), ('pounds_in_kind', 'pounds in kind'), ('weeks', 'weeks'), ('days', 'days'), ('events', 'events'), ('tonnes', 'tonnes'), ('tonnes_co2e', 'tonnes CO2e'), ('per_cent', 'per cent'), ('narrative', 'narrative')], max_length=20)),
                    ('unit_words', models.CharField(blank=True, help_text='The unit as the model words it', max_length=60)),
                    ('confidence', models.CharField(choices=[('V', 'As published'), ('C', 'To be checked')], default='V', max_length=1)),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='guidance.outcome')),
                    ('model', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='guidance.socialvaluemodel')),
                ],
                options={
                    'verbose_name': 'line of a model',
                    'verbose_name_plural': 'lines of models',
                    'ordering': ['model', 'position', 'code'],
                    'constraints': [models.UniqueConstraint(fields=('model', 'code'), name='outcome_once_in_a_model'), models.CheckConstraint(condition=models.Q(('level', 'measure'), models.Q(('unit', ''), ('unit_words', '')), _connector='OR'), name='units_are_for_measures'), models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='line_not_its_own_parent')],
                },
            ),
            migrations.CreateModel(
                name='ReviewNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stage', models.CharField(choices=[('soon', 'Reminder before the date'), ('due', 'Due'), ('deputy', 'Escalated to the deputy'), ('sponsor', 'Escalated to the sponsor')], max_length=10)),
                    ('sent_at', models.DateTimeField()),
                    ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='guidance.review')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('review', 'stage'), name='one_notice_a_stage')],
                },
            ),
            migrations.CreateModel(
                name='NewsPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('day', models.DateField(default=django.utils.timezone.localdate, verbose_name='date')),
                    ('introduction', models.CharField(max_length=250)),
                    ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 2), ('callout', 3), ('details', 5), ('table', 8), ('picture', 9), ('contact', 12), ('download', 15), ('requests', 19), ('figure', 20)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'form_classname': 'title', 'icon': 'title', 'template': 'guidance/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'link', 'ol', 'ul', 'document-link']}), 2: ('guidance.blocks.Steps', (), {}), 3: ('guidance.blocks.Callout', (), {}), 4: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 5: ('wagtail.blocks.StructBlock', [[('summary', 4), ('text', 1)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'required': False}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link']}), 8: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 6), ('rich_text', 7)]], {}), 9: ('wagtail.images.blocks.ImageBlock', [], {'template': 'guidance/blocks/picture.html'}), 10: ('wagtail.snippets.blocks.SnippetChooserBlock', ('guidance.Role',), {}), 11: ('wagtail.blocks.CharBlock', (), {'help_text': 'What to turn to them for', 'max_length': 200, 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('role', 10), ('words', 11)]], {}), 13: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 14: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it is, where its title doesn’t say', 'max_length': 200, 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('document', 13), ('words', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Needed now', 'max_length': 80}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], 'help_text': 'Leave empty for every kind', 'required': False}), 18: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'max_value': 10, 'min_value': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('kind', 17), ('how_many', 18)]], {}), 20: ('wagtail.blocks.ChoiceBlock', [], {'choices': guidance.feeds.figure_choices})})),
                    ('deputy_role', models.ForeignKey(blank=True, help_text='Told when the owner is away or the role is vacant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='deputy role')),
                    ('owner_role', models.ForeignKey(help_text='The role that answers for this page, whoever holds it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='owner role')),
                ],
                options={
                    'verbose_name': 'news',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='Holder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, help_text='The last day', null=True)),
                    ('handover', models.TextField(blank=True, verbose_name='handover note')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='guidance.role')),
                ],
                options={
                    'ordering': ['-starts_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('starts_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='holder_starts_on_in_range', violation_error_message='Starts on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='holder_ends_on_in_range', violation_error_message='Ends on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='holder_leaves_after_starting'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('role',), name='one_open_ended_holder_of_a_role')],
                },
            ),
            migrations.CreateModel(
                name='GuidanceSection',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('introduction', models.CharField(blank=True, max_length=250)),
                    ('deputy_role', models.ForeignKey(blank=True, help_text='Told when the owner is away or the role is vacant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='deputy role')),
                    ('owner_role', models.ForeignKey(help_text='The role that answers for this page, whoever holds it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='owner role')),
                ],
                options={
                    'verbose_name': 'section',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='ReviewTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=300)),
                    ('address', models.CharField(blank=True, max_length=300)),
                    ('opened_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('outcome', models.TextField(blank=True, verbose_name='what was done')),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                    ('role', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='guidance.role')),
                    ('model', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='guidance.socialvaluemodel')),
                ],
                options={
                    'verbose_name': 'review task',
                    'ordering': ['closed_at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='task_closed_with_words')],
                },
            ),
            migrations.CreateModel(
                name='GuidancePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('audience', models.CharField(choices=[('everyone', 'Everyone'), ('requestors', 'Groups that post requests'), ('suppliers', 'Suppliers'), ('procurement', 'Commissioners and procurement'), ('contract_managers', 'Contract managers')], default='everyone', max_length=20)),
                    ('introduction', models.CharField(max_length=250)),
                    ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 2), ('callout', 3), ('details', 5), ('table', 8), ('picture', 9), ('contact', 12), ('download', 15), ('requests', 19), ('figure', 20)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'form_classname': 'title', 'icon': 'title', 'template': 'guidance/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'link', 'ol', 'ul', 'document-link']}), 2: ('guidance.blocks.Steps', (), {}), 3: ('guidance.blocks.Callout', (), {}), 4: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 5: ('wagtail.blocks.StructBlock', [[('summary', 4), ('text', 1)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'required': False}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link']}), 8: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 6), ('rich_text', 7)]], {}), 9: ('wagtail.images.blocks.ImageBlock', [], {'template': 'guidance/blocks/picture.html'}), 10: ('wagtail.snippets.blocks.SnippetChooserBlock', ('guidance.Role',), {}), 11: ('wagtail.blocks.CharBlock', (), {'help_text': 'What to turn to them for', 'max_length': 200, 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('role', 10), ('words', 11)]], {}), 13: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 14: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it is, where its title doesn’t say', 'max_length': 200, 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('document', 13), ('words', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Needed now', 'max_length': 80}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], 'help_text': 'Leave empty for every kind', 'required': False}), 18: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'max_value': 10, 'min_value': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('kind', 17), ('how_many', 18)]], {}), 20: ('wagtail.blocks.ChoiceBlock', [], {'choices': guidance.feeds.figure_choices})})),
                    ('review_months', models.PositiveSmallIntegerField(choices=[(3, '3 months'), (6, '6 months'), (12, '12 months')], default=6, verbose_name='reviewed every, months')),
                    ('deputy_role', models.ForeignKey(blank=True, help_text='Told when the owner is away or the role is vacant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='deputy role')),
                    ('owner_role', models.ForeignKey(help_text='The role that answers for this page, whoever holds it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='owner role')),
                    ('model', models.ForeignKey(blank=True, help_text='The version of a social value model this page explains or relies on, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.socialvaluemodel', verbose_name='rests on')),
                ],
                options={
                    'verbose_name': 'guidance page',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='StepGuidePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('audience', models.CharField(choices=[('everyone', 'Everyone'), ('requestors', 'Groups that post requests'), ('suppliers', 'Suppliers'), ('procurement', 'Commissioners and procurement'), ('contract_managers', 'Contract managers')], default='everyone', max_length=20)),
                    ('introduction', models.CharField(max_length=250)),
                    ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 2), ('callout', 3), ('details', 5), ('table', 8), ('picture', 9), ('contact', 12), ('download', 15), ('requests', 19), ('figure', 20)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'form_classname': 'title', 'icon': 'title', 'template': 'guidance/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'link', 'ol', 'ul', 'document-link']}), 2: ('guidance.blocks.Steps', (), {}), 3: ('guidance.blocks.Callout', (), {}), 4: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 5: ('wagtail.blocks.StructBlock', [[('summary', 4), ('text', 1)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'required': False}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link']}), 8: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 6), ('rich_text', 7)]], {}), 9: ('wagtail.images.blocks.ImageBlock', [], {'template': 'guidance/blocks/picture.html'}), 10: ('wagtail.snippets.blocks.SnippetChooserBlock', ('guidance.Role',), {}), 11: ('wagtail.blocks.CharBlock', (), {'help_text': 'What to turn to them for', 'max_length': 200, 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('role', 10), ('words', 11)]], {}), 13: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 14: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it is, where its title doesn’t say', 'max_length': 200, 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('document', 13), ('words', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Needed now', 'max_length': 80}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], 'help_text': 'Leave empty for every kind', 'required': False}), 18: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'max_value': 10, 'min_value': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('kind', 17), ('how_many', 18)]], {}), 20: ('wagtail.blocks.ChoiceBlock', [], {'choices': guidance.feeds.figure_choices})})),
                    ('review_months', models.PositiveSmallIntegerField(choices=[(3, '3 months'), (6, '6 months'), (12, '12 months')], default=6, verbose_name='reviewed every, months')),
                    ('steps', wagtail.fields.StreamField([('step', 3)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who does it', 'max_length': 80, 'required': False}), 2: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'link', 'ol', 'ul', 'document-link']}), 3: ('wagtail.blocks.StructBlock', [[('title', 0), ('who', 1), ('text', 2)]], {'icon': 'list-ol'})})),
                    ('deputy_role', models.ForeignKey(blank=True, help_text='Told when the owner is away or the role is vacant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='deputy role')),
                    ('model', models.ForeignKey(blank=True, help_text='The version of a social value model this page explains or relies on, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.socialvaluemodel', verbose_name='rests on')),
                    ('owner_role', models.ForeignKey(help_text='The role that answers for this page, whoever holds it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='owner role')),
                ],
                options={
                    'verbose_name': 'step-by-step guide',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='VacancyAlarm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('vacant_since', models.DateField()),
                    ('pages', models.PositiveIntegerField()),
                    ('raised_at', models.DateTimeField()),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alarms', to='guidance.role')),
                ],
                options={
                    'ordering': ['-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('vacant_since', None), ('vacant_since__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='vacancyalarm_vacant_since_in_range', violation_error_message='Vacant since: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='vacancyalarm_ended_on_in_range', violation_error_message='Ended on: enter a day between 1 January 2000 and 31 December 2100.'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('role',), name='one_open_alarm_a_role')],
                },
            ),
            migrations.CreateModel(
                name='PictureRendition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('filter_spec', models.CharField(db_index=True, max_length=255)),
                    ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                    ('width', models.IntegerField(editable=False)),
                    ('height', models.IntegerField(editable=False)),
                    ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                    ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='guidance.picture')),
                ],
                options={
                    'unique_together': {('image', 'filter_spec', 'focal_point_key')},
                },
                bases=(wagtail.images.models.ImageFileMixin, models.Model),
            ),
            migrations.CreateModel(
                name='GroupSeat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.CharField(blank=True, max_length=120)),
                    ('group', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='guidance.governancegroup')),
                    ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='guidance.role')),
                ],
                options={
                    'ordering': ['role__title'],
                    'constraints': [models.UniqueConstraint(fields=('group', 'role'), name='one_seat_a_role')],
                },
            ),
            migrations.CreateModel(
                name='Action',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200)),
                    ('first_target_on', models.DateField(verbose_name='target date')),
                    ('opened_on', models.DateField()),
                    ('finding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='guidance.auditfinding')),
                    ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='guidance.governancegroup')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='guidance.role')),
                ],
                options={
                    'ordering': ['first_target_on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('first_target_on', None), ('first_target_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='action_first_target_on_in_range', violation_error_message='First target on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('opened_on', None), ('opened_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='action_opened_on_in_range', violation_error_message='Opened on: enter a day between 1 January 2000 and 31 December 2100.')],
                },
            ),
            migrations.CreateModel(
                name='PriorityPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('audience', models.CharField(choices=[('everyone', 'Everyone'), ('requestors', 'Groups that post requests'), ('suppliers', 'Suppliers'), ('procurement', 'Commissioners and procurement'), ('contract_managers', 'Contract managers')], default='everyone', max_length=20)),
                    ('introduction', models.CharField(max_length=250)),
                    ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 2), ('callout', 3), ('details', 5), ('table', 8), ('picture', 9), ('contact', 12), ('download', 15), ('requests', 19), ('figure', 20)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'form_classname': 'title', 'icon': 'title', 'template': 'guidance/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'link', 'ol', 'ul', 'document-link']}), 2: ('guidance.blocks.Steps', (), {}), 3: ('guidance.blocks.Callout', (), {}), 4: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 5: ('wagtail.blocks.StructBlock', [[('summary', 4), ('text', 1)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'required': False}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link']}), 8: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 6), ('rich_text', 7)]], {}), 9: ('wagtail.images.blocks.ImageBlock', [], {'template': 'guidance/blocks/picture.html'}), 10: ('wagtail.snippets.blocks.SnippetChooserBlock', ('guidance.Role',), {}), 11: ('wagtail.blocks.CharBlock', (), {'help_text': 'What to turn to them for', 'max_length': 200, 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('role', 10), ('words', 11)]], {}), 13: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 14: ('wagtail.blocks.CharBlock', (), {'help_text': 'What it is, where its title doesn’t say', 'max_length': 200, 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('document', 13), ('words', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Needed now', 'max_length': 80}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions')], 'help_text': 'Leave empty for every kind', 'required': False}), 18: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'max_value': 10, 'min_value': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('kind', 17), ('how_many', 18)]], {}), 20: ('wagtail.blocks.ChoiceBlock', [], {'choices': guidance.feeds.figure_choices})})),
                    ('review_months', models.PositiveSmallIntegerField(choices=[(3, '3 months'), (6, '6 months'), (12, '12 months')], default=6, verbose_name='reviewed every, months')),
                    ('outcome', models.ForeignKey(help_text='The priority in the council’s own model', limit_choices_to={'level': 'outcome', 'model__is_councils_own': True}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.outcome')),
                    ('deputy_role', models.ForeignKey(blank=True, help_text='Told when the owner is away or the role is vacant', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='deputy role')),
                    ('owner_role', models.ForeignKey(help_text='The role that answers for this page, whoever holds it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.role', verbose_name='owner role')),
                    ('model', models.ForeignKey(blank=True, help_text='The version of a social value model this page explains or relies on, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.socialvaluemodel', verbose_name='rests on')),
                ],
                options={
                    'verbose_name': 'priority page',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('decided_on', models.DateField(default=django.utils.timezone.localdate)),
                    ('decision', models.TextField()),
                    ('reason', models.TextField(blank=True)),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='guidance.governancegroup')),
                ],
                options={
                    'ordering': ['-decided_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('decided_on', None), ('decided_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='decision_decided_on_in_range', violation_error_message='Decided on: enter a day between 1 January 2000 and 31 December 2100.')],
                },
            ),
            migrations.CreateModel(
                name='Mapping',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('relation', models.CharField(choices=[('same', 'Same'), ('split', 'Split into several'), ('merged', 'Merged with others'), ('dropped', 'Dropped'), ('new', 'New')], max_length=10)),
                    ('share', models.PositiveSmallIntegerField(default=100, help_text='How much of a split line goes here. Shares of one line add up to 100', verbose_name='share, per cent')),
                    ('basis', models.CharField(blank=True, help_text='Why', max_length=200)),
                    ('confidence', models.CharField(choices=[('V', 'As published'), ('C', 'To be checked')], default='C', max_length=1)),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='successors', to='guidance.outcome')),
                    ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='predecessors', to='guidance.outcome')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('source', 'target'), name='one_mapping_a_pair'), models.UniqueConstraint(condition=models.Q(('relation__in', ['same', 'merged', 'dropped'])), fields=('source',), name='whole_lines_go_once'), models.CheckConstraint(condition=models.Q(models.Q(('relation', 'dropped'), ('source__isnull', False), ('target', None)), models.Q(('relation', 'new'), ('source', None), ('target__isnull', False)), models.Q(('relation__in', ['same', 'split', 'merged']), ('source__isnull', False), ('target__isnull', False)), _connector='OR'), name='dropped_has_no_target'), models.CheckConstraint(condition=models.Q(('share__gte', 1), ('share__lte', 100)), name='mapping_share_is_a_percentage')],
                },
            ),
            migrations.CreateModel(
                name='PriorityMark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='serves', to='guidance.outcome')),
                    ('priority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='served_by', to='guidance.outcome')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('priority', 'outcome'), name='one_mark_a_cell')],
                },
            ),
            migrations.CreateModel(
                name='ActionUpdate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('open', 'Not started'), ('under_way', 'Under way'), ('done', 'Done'), ('dropped', 'No longer needed')], max_length=10)),
                    ('done', models.TextField(blank=True, verbose_name='what was done')),
                    ('evidence', models.CharField(blank=True, help_text='Where the evidence lies: a link or a reference', max_length=300)),
                    ('target_on', models.DateField(verbose_name='target date')),
                    ('at', models.DateTimeField()),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='guidance.action')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guidance.download')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('target_on', None), ('target_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='actionupdate_target_on_in_range', violation_error_message='Target on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(models.Q(('done', ''), _negated=True), models.Q(models.Q(('evidence', ''), _negated=True), ('document__isnull', False), _connector='OR')), _connector='OR'), name='action_done_with_evidence')],
                },
            ),
        ),
        forbid_changes("guidance_review"),
        forbid_changes("guidance_actionupdate"),
    ]
