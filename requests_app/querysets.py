"""Named questions that screens ask of requests."""

from django.db import models
from django.db.models import Q

from organisations.models import Organisation

from .permissions import CHANGE_REQUEST


class RequestQuerySet(models.QuerySet):
    def public(self):
        """Requests that anyone may read: approved once, and neither withdrawn nor closed by a moderator."""
        return self.filter(live=True)

    def visible_to(self, user):
        """Public ones; one's own organisations' drafts; everything for moderators."""
        if not user.is_authenticated:
            return self.public()
        if user.has_perm(CHANGE_REQUEST):
            return self
        return self.filter(Q(live=True) | Q(organisation__in=Organisation.objects.of(user).values("pk")))

    def of(self, user):
        """Requests of the organisations that `user` acts for."""
        return self.filter(organisation__in=Organisation.objects.of(user).values("pk"))

    def for_page(self):
        return self.select_related("organisation", "outcode", "district", "outcome", "totals")

    def in_order(self, ids):
        """[Request] of these ids in their order, ready for a page; those gone meanwhile are left out."""
        found = self.for_page().in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]
