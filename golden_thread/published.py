"""Publishing: a month's figures frozen as they were, beside what the same month comes to now."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from . import figures, metrics, records
from .models import Extract, Snapshot


def due(rules):
    """Month ends since the first extract that both systems know and that are not published, oldest first."""
    last = figures.newest_day(rules.council)
    if last is None:
        return []
    done = set(_kept(rules).values_list("day", flat=True))
    first = Extract.objects.filter(council=rules.council).order_by("as_at").first().as_at.replace(day=1)
    days = figures.month_ends(last, rules)
    return [day for day in days if day >= first and figures.is_month_end(day) and day not in done]


@transaction.atomic
def publish(day, rules, *, by):
    """Freeze the figures of a day; ValidationError for one that is not due."""
    if _kept(rules).filter(day=day).exists():
        raise ValidationError(f"The figures of {day:%-d %B %Y} were published before.")
    if day not in due(rules):
        raise ValidationError(f"{day:%-d %B %Y} is no month’s end that the extracts of both systems know.")
    thread = records.load(day, rules)
    said = rules.as_dict()
    rows = [
        Snapshot(
            council_id=rules.council,
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
    first = _kept(rules).get(day=day, metric="social_value_recorded")
    log(first, "golden_thread.publish", user=by, data={"day": day.isoformat()})
    return rows


def _kept(rules):
    return Snapshot.objects.filter(council=rules.council)


def by_day(rules):
    """{day: {metric: Snapshot}} of all that was published."""
    found = {}
    for row in _kept(rules):
        found.setdefault(row.day, {})[row.metric] = row
    return found
