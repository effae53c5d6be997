"""Who is responsible for what: the rows of the public table and picture."""

from dataclasses import dataclass, field

from django.utils import timezone

from ..models import GovernanceGroup, Holder, Role
from . import roles, vacancies


@dataclass
class RoleRow:
    role: Role
    holder: Holder | None
    since: object
    groups: list = field(default_factory=list)
    chairs: list = field(default_factory=list)
    owned: list = field(default_factory=list)
    deputy_for: list = field(default_factory=list)


def rows(day=None, public=False):
    """([GovernanceGroup], [RoleRow]) of everything that stands on `day`, roles that keep most pages first.

    A role that ended but still keeps pages stays, vacant. With `public`, pages that only some may read are left out.
    """
    day = day or timezone.localdate()
    groups = list(
        GovernanceGroup.objects.standing_on(day).select_related("chair", "deputy").prefetch_related("seats__role")
    )
    holders = {holder.role_id: holder for holder in Holder.objects.serving_on(day)}
    gone, kept, found = roles.vacant_since(day), vacancies.pages_by_role(public), []
    standing = set(Role.objects.standing_on(day).values_list("pk", flat=True))
    for role in Role.objects.all():
        owned, deputy_for = kept.get(role.pk, ([], []))
        if role.pk not in standing and not owned:
            continue
        row = RoleRow(
            role,
            holders.get(role.pk) if role.pk in standing else None,
            gone.get(role.pk),
            owned=owned,
            deputy_for=deputy_for,
        )
        for group in groups:
            chairs = role.pk in (group.chair_id, group.deputy_id)
            if chairs:
                row.chairs.append(group)
            if chairs or any(seat.role_id == role.pk for seat in group.seats.all()):
                row.groups.append(group)
        found.append(row)
    found.sort(key=lambda row: (-len(row.owned), -len(row.groups), row.role.title))
    return groups, found
