"""Who is answerable: roles and who held them when, groups with their terms of reference, and what they decided."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from records.bounds import day_bounds
from records.dated import DatedQuerySet, lasts


class RoleQuerySet(DatedQuerySet):
    def sponsors(self):
        """The roles that are told of vacancies and long delays."""
        return self.filter(receives_alarms=True)


class Role(models.Model):
    """A post that is answerable for something, whoever holds it at the time."""

    title = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)
    responsibilities = models.TextField(help_text="What this role answers for, in a sentence or two")
    mailbox = models.EmailField(
        blank=True, help_text="A shared mailbox that readers may write to. Never one person’s address"
    )
    receives_alarms = models.BooleanField(
        "told of vacancies and long delays",
        default=False,
        help_text="Tick for the senior sponsor: told when a role that keeps pages is vacant, or a review stays undone",
    )
    name_shown = models.BooleanField(
        "holder’s name is public", default=False, help_text="Tick for senior posts whose holders are named in public"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [*day_bounds("role", "valid_from", "valid_to"), lasts("role_ends_after_it_starts")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('responsible')}#role-{self.slug}"

    def clean(self):
        from django.contrib.auth import get_user_model

        if self.mailbox and get_user_model().objects.filter(email__iexact=self.mailbox).exists():
            raise ValidationError({"mailbox": "This is one person’s address. Give a shared mailbox, or none."})

    def holder_on(self, day):
        """The Holder on `day`, or None where the role is vacant."""
        return self.holders.current_on(day).select_related("user").first()


class HolderQuerySet(models.QuerySet):
    def current_on(self, day):
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def serving_on(self, day):
        """Those who can act on `day`: whoever lost the account holds a role in name only."""
        return self.current_on(day).filter(user__is_active=True).select_related("user")

    def people_in(self, roles, day):
        """Active users who hold one of `roles` (rows or ids, None among them) on `day`."""
        return [holder.user for holder in self.serving_on(day).filter(role__in=[role for role in roles if role])]


class Holder(models.Model):
    """Somebody who holds a role from one day to another. Written by `governance.roles` alone."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="holders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day")
    handover = models.TextField("handover note", blank=True)

    objects = HolderQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *day_bounds("holder", "starts_on", "ends_on"),
            models.CheckConstraint(
                name="holder_leaves_after_starting", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(fields=["role"], condition=Q(ends_on=None), name="one_open_ended_holder_of_a_role"),
        ]

    def __str__(self):
        return f"{self.user}, {self.role}"


class GovernanceGroup(RevisionMixin, ClusterableModel):
    """A group with its terms of reference; each saved version is kept and can be compared."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)
    purpose = models.TextField()
    scope = models.TextField(blank=True)
    chair = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="chairs")
    deputy = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="deputy_chairs")
    quorum = models.CharField(max_length=200, blank=True)
    meeting_frequency = models.CharField("meets", max_length=200, blank=True)
    decision_rights = models.TextField("may decide", blank=True)
    reports_to = models.CharField(max_length=200, blank=True)
    inputs = models.TextField("works from", blank=True)
    outputs = models.TextField("produces", blank=True)
    conflicts_of_interest = models.TextField(blank=True)
    review_date = models.DateField("terms reviewed by", null=True, blank=True)
    version = models.CharField(max_length=20, blank=True)
    approved_by = models.CharField(max_length=120, blank=True, help_text="The body or role that approved these terms")
    approved_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField("established", null=True, blank=True)
    valid_to = models.DateField("ended", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "group"
        ordering = ["name"]
        constraints = [
            *day_bounds("governancegroup", "review_date", "approved_on", "valid_from", "valid_to"),
            lasts("group_ends_after_it_starts"),
            models.CheckConstraint(
                name="group_terms_approved_by_somebody", condition=Q(approved_on=None) | ~Q(approved_by="")
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("group", args=[self.slug])

    def clean(self):
        if self.approved_on and not self.approved_by:
            raise ValidationError({"approved_by": "Say who approved the terms on that day."})
        if self.review_date and self.approved_on and self.review_date <= self.approved_on:
            raise ValidationError({"review_date": "The terms must be reviewed after the day they were approved."})


class GroupSeat(models.Model):
    """A role that sits in a group."""

    group = ParentalKey(GovernanceGroup, on_delete=models.CASCADE, related_name="seats")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="seats")
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["role__title"]
        constraints = [models.UniqueConstraint(fields=["group", "role"], name="one_seat_a_role")]

    def __str__(self):
        return f"{self.role} in {self.group}"


class Decision(models.Model):
    """What a group decided, on which day and why."""

    group = models.ForeignKey(GovernanceGroup, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField(default=timezone.localdate)
    decision = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = day_bounds("decision", "decided_on")

    def __str__(self):
        return self.decision[:80]
