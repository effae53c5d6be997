import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at', models.DateField(unique=True, verbose_name='as known on')),
                ('data', models.JSONField()),
                ('before', models.DateField(null=True, verbose_name='the issue before')),
                ('changes', models.JSONField(default=list)),
                ('meeting_on', models.DateField(blank=True, null=True, verbose_name='date of the meeting')),
                ('recommendation', models.TextField(blank=True, max_length=4000)),
                ('implications', models.TextField(blank=True, max_length=4000, verbose_name='implications (money, law, equality, environment)')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by_words', models.CharField(blank=True, max_length=120)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-as_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('as_at', None), ('as_at__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='paper_as_at_in_range', violation_error_message='As at: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('before', None), ('before__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='paper_before_in_range', violation_error_message='Before: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('meeting_on', None), ('meeting_on__range', (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))), _connector='OR'), name='paper_meeting_on_in_range', violation_error_message='Meeting on: enter a day between 1 January 2000 and 31 December 2100.'), models.CheckConstraint(condition=models.Q(('before', None), ('before__lt', models.F('as_at')), _connector='OR'), name='paper_comes_after_the_one_before'), models.CheckConstraint(condition=models.Q(('made_by__isnull', False), models.Q(('made_by_words', ''), _negated=True), _connector='OR'), name='paper_says_by_whom')],
            },
        ),

    ]
