"""Roles that keep pages and that nobody holds: found, shown, and the sponsors told once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from .. import emails
from ..models import Holder, Role, VacancyAlarm
from ..pages.register import owned_pages
from .roles import vacant_since


@dataclass(frozen=True)
class Vacancy:
    """A role without a holder, since when, and the pages it keeps."""

    role: Role
    since: object
    pages: tuple


def pages_by_role(public=False):
    """{role id: ([pages it owns], [pages it is deputy for])}, live pages of every type."""
    kept = {}
    for page in owned_pages().public() if public else owned_pages():
        if page.owner_role_id:
            kept.setdefault(page.owner_role_id, ([], []))[0].append(page)
        if page.deputy_role_id:
            kept.setdefault(page.deputy_role_id, ([], []))[1].append(page)
    return kept


def vacancies(day=None):
    """[Vacancy] of standing roles that own live pages and that nobody holds on `day`."""
    day = day or timezone.localdate()
    held = set(Holder.objects.serving_on(day).values_list("role_id", flat=True))
    standing = set(Role.objects.standing_on(day).values_list("pk", flat=True))
    kept, since = pages_by_role(), vacant_since(day)
    found = [
        Vacancy(role, since.get(role.pk), tuple(kept[role.pk][0]))
        for role in Role.objects.exclude(pk__in=held & standing)
        if role.pk in kept
    ]
    return [vacancy for vacancy in found if vacancy.pages]


@transaction.atomic
def raise_alarms(day=None):
    """Tell the sponsor of each new vacancy, once; end the alarms of roles held again. Returns how many were raised."""
    day = day or timezone.localdate()
    empty = {vacancy.role.pk: vacancy for vacancy in vacancies(day)}
    VacancyAlarm.objects.filter(ended_on=None).exclude(role__in=empty).update(ended_on=day)
    open_already = set(VacancyAlarm.objects.filter(ended_on=None).values_list("role_id", flat=True))
    sponsors = Holder.objects.people_in(Role.objects.sponsors(), day)
    raised = 0
    for pk, vacancy in empty.items():
        if pk in open_already or not sponsors:  # told as soon as there is somebody to tell
            continue
        since = vacancy.since or day
        VacancyAlarm.objects.create(
            role=vacancy.role, vacant_since=since, pages=len(vacancy.pages), raised_at=timezone.now()
        )
        emails.role_vacant(vacancy.role, since, vacancy.pages, sponsors)
        raised += 1
    return raised
