"""Publishing: a month's figures frozen as they were, beside what the same month comes to now."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from . import figures, metrics, records
from . import rules as thread_rules
from .models import Extract, Snapshot


def due():
    """Month ends since the first extract that both systems know and that are not published, oldest first."""
    last = figures.newest_day()
    if last is None:
        return []
    done = set(Snapshot.objects.values_list("day", flat=True))
    first = Extract.objects.order_by("as_at").values_list("as_at", flat=True).first().replace(day=1)
    days = figures.month_ends(last)
    return [day for day in days if day >= first and figures.is_month_end(day) and day not in done]


@transaction.atomic
def publish(day, *, by):
    """Freeze the figures of a day; ValidationError for one that is not due."""
    if Snapshot.objects.filter(day=day).exists():
        raise ValidationError(f"The figures of {day:%-d %B %Y} were published before.")
    if day not in due():
        raise ValidationError(f"{day:%-d %B %Y} is no month’s end that the extracts of both systems know.")
    rules = thread_rules.current()
    thread = records.load(day, rules)
    said = rules.as_dict()
    rows = [
        Snapshot(
            day=day,
            metric=name,
            numerator=len(metric.numerator_ids),
            denominator=len(metric.denominator_ids),
            percent=metric.percent,
            excluded={reason: len(ids) for reason, ids in metric.excluded.items()},
            rules=said,
            projects_extract=thread.projects_extract,
            contracts_extract=thread.contracts_extract,
            published_by=by,
        )
        for name, metric in metrics.measure(day, rules, thread).metrics.items()
    ]
    try:
        with transaction.atomic():
            Snapshot.objects.bulk_create(rows)
    except IntegrityError as there:
        raise ValidationError(f"The figures of {day:%-d %B %Y} were published before.") from there
    first = Snapshot.objects.get(day=day, metric="social_value_recorded")
    log(first, "golden_thread.publish", user=by, data={"day": day.isoformat()})
    return rows


def by_day():
    """{day: {metric: Snapshot}} of all that was published."""
    found = {}
    for row in Snapshot.objects.all():
        found.setdefault(row.day, {})[row.metric] = row
    return found
