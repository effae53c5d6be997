import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from records.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Need',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True)),
                    ('name', models.CharField(max_length=100)),
                    ('kind', models.CharField(choices=[('volunteers', 'Volunteers'), ('advice', 'Skills and advice'), ('goods', 'Goods and equipment'), ('space', 'Space'), ('money', 'Money'), ('jobs', 'Jobs and placements'), ('introductions', 'Introductions'), ('none', 'No help to a group: the firm’s own measures')], max_length=20, verbose_name='kind of help')),
                    ('family', models.CharField(blank=True, help_text='What it is near to, such as “Outdoors”', max_length=60)),
                    ('terms', models.TextField(help_text='Words and phrases that speak of it, one a line, as people really write them. One form of a word is enough. A word that only hints carries a strength, such as “garden:0.4”')),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'verbose_name': 'need in the vocabulary',
                    'verbose_name_plural': 'needs in the vocabulary',
                    'ordering': ['family', 'name'],
                },
            ),
            migrations.CreateModel(
                name='CountsAs',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('share', models.FloatField(help_text='How well, from 0.05 to 1', validators=[django.core.validators.MinValueValidator(0.05), django.core.validators.MaxValueValidator(1)])),
                    ('why', models.CharField(blank=True, max_length=200)),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                    ('needed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='met_by', to='vocabulary.need')),
                    ('offered', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meets', to='vocabulary.need')),
                ],
                options={
                    'verbose_name': 'line of what counts as what',
                    'verbose_name_plural': 'what counts as what',
                    'ordering': ['offered', 'needed'],
                    'constraints': [models.UniqueConstraint(fields=('offered', 'needed'), name='counts_as_once_a_pair'), models.CheckConstraint(condition=models.Q(('offered', models.F('needed')), _negated=True), name='counts_as_another'), models.CheckConstraint(condition=models.Q(('share__gt', 0), ('share__lte', 1)), name='counts_as_a_share')],
                },
            ),
        ),
    ]
