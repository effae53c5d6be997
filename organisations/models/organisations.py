"""Organisations: anyone who signs up to ask for help or to give it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from places.models import District, Outcode
from records.moves import Move, Moves
from screens.fields import WebAddressField, something_to_see
from words import contacts

from ..registration import validate_charity_number, validate_company_number


class OrganisationQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(state=Organisation.State.APPROVED)

    def waiting(self):
        """Organisations waiting for the council's answer, oldest first."""
        return self.filter(state=Organisation.State.WAITING).order_by("created_at")

    def of(self, user):
        """Organisations that `user` acts for."""
        return self.filter(memberships__user=user, memberships__admitted_at__isnull=False)

    def that_draft(self):
        """Organisations that may write requests; submitting one waits for the council's approval."""
        states = [Organisation.State.APPROVED, Organisation.State.WAITING]
        return self.filter(state__in=states).exclude(kind=Organisation.Kind.BUSINESS)


class Organisation(models.Model):
    class Kind(models.TextChoices):
        VCSE = "vcse", "Charity, community or social enterprise (VCSE)"
        INFORMAL = "informal", "Informal group without a number of its own"
        COUNCIL_TEAM = "council_team", "Council team"
        SCHOOL = "school", "School"
        PUBLIC_BODY = "public_body", "Other public body"
        BUSINESS = "business", "Business"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the council"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Not approved"
        CLOSED = "closed", "Closed"

    moves = Moves(
        "Somebody has answered already. Reload the page to see it.",
        approve=Move((State.WAITING, State.REFUSED, State.CLOSED), State.APPROVED, "council"),
        refuse=Move(State.WAITING, State.REFUSED, "council"),
        close=Move(State.APPROVED, State.CLOSED, "council"),
        ask_again=Move(State.REFUSED, State.WAITING, "owner"),
        merge=Move((State.WAITING, State.APPROVED, State.REFUSED, State.CLOSED), State.CLOSED),
    )

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200, validators=[something_to_see])
    what_it_does = models.TextField("what it does", max_length=1000, blank=True, validators=[contacts.none_in])
    charity_number = models.CharField(max_length=10, blank=True, validators=[validate_charity_number])
    company_number = models.CharField(max_length=8, blank=True, validators=[validate_company_number])
    sponsor_name = models.CharField(max_length=200, blank=True)
    sponsor_email = models.EmailField(blank=True)
    sponsor_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    sponsor_answer = models.CharField(
        max_length=3, blank=True, choices=[("yes", "Vouches for it"), ("no", "Does not")], editable=False
    )
    sponsor_words = models.CharField(max_length=500, blank=True, editable=False)
    sponsor_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    postcode = models.CharField(max_length=8, blank=True)
    outcode = models.ForeignKey(Outcode, null=True, blank=True, on_delete=models.PROTECT)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT)
    website = WebAddressField(blank=True)
    safeguarding_lead = models.CharField(max_length=200, blank=True)
    hosts_volunteers = models.BooleanField(default=False)
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    state_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    made_for_import = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organisation_decision_is_whole",
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                | Q(made_for_import=True),
                violation_error_message="A decision needs a time and a person.",
            ),
            models.CheckConstraint(
                name="informal_group_has_a_sponsor",
                condition=~Q(kind="informal") | ~Q(sponsor_name=""),
                violation_error_message="An informal group needs a sponsor: an organisation that vouches for it.",
            ),
            models.CheckConstraint(
                name="sponsor_answer_is_whole",
                condition=Q(sponsor_answer="", sponsor_answered_at=None)
                | (~Q(sponsor_answer="") & Q(sponsor_answered_at__isnull=False, sponsor_asked_at__isnull=False)),
                violation_error_message="A sponsor’s answer needs a question and a time.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation", args=[self.pk])

    @property
    def is_approved(self):
        return self.state == self.State.APPROVED

    @property
    def waits(self):
        """Whether the council has not answered yet."""
        return self.state == self.State.WAITING

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED

    @property
    def may_draft(self):
        return self.state in (self.State.APPROVED, self.State.WAITING)

    @property
    def is_supplier(self):
        return self.kind == self.Kind.BUSINESS

    @property
    def initials(self):
        """Of its first two words that carry a capital or a number, for where there is no picture: "LB"."""
        letters = [word[0] for word in self.name.split() if word[0].isupper() or word[0].isdigit()]
        return "".join(letters[:2]) or self.name[:1].upper()

    @property
    def people(self):
        """Everybody who acts for it and may be told what happened."""
        members = self.memberships.admitted().filter(user__is_active=True).select_related("user")
        return [membership.user for membership in members.order_by("user__email")]

    @property
    def owners(self):
        """The people who answer for it."""
        owners = self.memberships.filter(role="owner", user__is_active=True).select_related("user")
        return [membership.user for membership in owners.order_by("user__email")]

    @property
    def mailboxes(self):
        """The e-mail addresses of its people."""
        return [person.email for person in self.people]
