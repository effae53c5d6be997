"""Who acts for which organisation, and who was invited to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .organisations import Organisation


class MembershipQuerySet(models.QuerySet):
    def admitted(self):
        return self.filter(admitted_at__isnull=False)

    def asking(self):
        """People who asked to join and wait for an owner's answer."""
        return self.filter(admitted_at=None)


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        MEMBER = "member", "Member"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    asked_at = models.DateTimeField(auto_now_add=True)
    admitted_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["organisation", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_each"),
            models.CheckConstraint(name="owner_is_admitted", condition=~Q(role="owner") | Q(admitted_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.user} in {self.organisation}"

    @property
    def other_role(self):
        """The role that it would be changed to."""
        return self.Role.MEMBER if self.role == self.Role.OWNER else self.Role.OWNER


class InvitationQuerySet(models.QuerySet):
    def open_on(self, moment):
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=moment)


class Invitation(models.Model):
    """A colleague invited by e-mail; the link in the mail holds the token, the table only its hash."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self):
        return f"{self.email} to {self.organisation}"
