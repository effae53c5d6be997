"""An offer of a supplier, what groups ask of it, and who may put people forward."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from organisations.models import Organisation
from places.models import District, Outcode, settle_place
from records.bounds import day_bounds
from records.moves import Move, Moves
from requests_app.models import Pledge, Request
from screens.fields import something_to_see
from suppliers.models import Commitment
from vocabulary.kinds import KindOfHelp
from vocabulary.quantities import ZERO, QuantityField, exact
from vocabulary.units import Unit, say_number, say_quantity

GROUPS = (Organisation.Kind.VCSE, Organisation.Kind.INFORMAL)
PUBLIC_BODIES = (Organisation.Kind.COUNCIL_TEAM, Organisation.Kind.SCHOOL, Organisation.Kind.PUBLIC_BODY)


class OfferQuerySet(models.QuerySet):
    def with_given(self):
        """Each with `given`: what pledges under it hold or brought, as the totals of their requests have it."""
        return self.annotate(given=Coalesce(Sum("asks__request__totals__accepted"), exact(ZERO)))

    def open_on(self, day):
        """What the public list shows: open, and not over."""
        return self.filter(state=Offer.State.OPEN, until__gte=day)

    def public(self):
        """What anybody may read: published once, and neither back with its supplier nor with a moderator."""
        return self.filter(state__in=[Offer.State.OPEN, Offer.State.CLOSED], published_at__isnull=False)

    def to_decide(self):
        return self.filter(state=Offer.State.WAITING).order_by("submitted_at", "pk")

    def for_page(self):
        return self.select_related("supplier", "outcode", "district", "commitment__contract").with_given()


class Offer(models.Model):
    """A quantity that a supplier gives away to whoever asks first and fits."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        WAITING = "waiting", "With a moderator"
        RETURNED = "returned", "Returned"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class ForWhom(models.TextChoices):
        ALL = "all", "Voluntary groups, schools and council teams"
        GROUPS = "groups", "Voluntary groups only"
        PUBLIC = "public", "Schools, council teams and other public bodies only"

    moves = Moves(
        "This offer has moved on since you opened the page. Reload it to see where it stands.",
        keep=Move((State.DRAFT, State.RETURNED, State.CLOSED), State.DRAFT, "supplier"),
        submit=Move((State.DRAFT, State.RETURNED), State.WAITING, "supplier"),
        change=Move(State.OPEN, State.DRAFT, "supplier"),
        take_back=Move(State.WAITING, State.DRAFT, "supplier"),
        publish=Move(State.WAITING, State.OPEN, "council"),
        send_back=Move(State.WAITING, State.RETURNED, "council"),
        close=Move(State.OPEN, State.CLOSED, ("supplier", "council")),
    )

    supplier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offers")
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField("kind of help", max_length=20, choices=KindOfHelp)
    title = models.CharField(max_length=100, validators=[something_to_see])
    description = models.TextField("what you offer", max_length=3000, validators=[something_to_see])
    quantity = QuantityField()
    unit = models.CharField(max_length=20, choices=Unit)
    unit_words = models.CharField("of what", max_length=60, blank=True)
    most_each = QuantityField("at most for each", null=True, blank=True)
    remote = models.BooleanField("can be given from anywhere", default=False)
    postcode = models.CharField(max_length=8, blank=True)
    outcode = models.ForeignKey(Outcode, null=True, blank=True, on_delete=models.PROTECT)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="offers")
    since = models.DateField("first day", null=True, blank=True)
    until = models.DateField("last day")
    for_whom = models.CharField("who may ask", max_length=10, choices=ForWhom, default=ForWhom.ALL)
    for_people = models.BooleanField("people are put forward by approved referrers", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reason = models.TextField("why it was returned or closed", max_length=600, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *day_bounds("offer", "since", "until"),
            models.CheckConstraint(name="offer_above_nothing", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="offer_most_each_fits",
                condition=Q(most_each=None) | Q(most_each__gt=0, most_each__lte=F("quantity")),
            ),
            models.CheckConstraint(name="offer_days_in_order", condition=Q(since=None) | Q(until__gte=F("since"))),
            models.CheckConstraint(name="people_for_jobs_only", condition=Q(for_people=False) | Q(kind="jobs")),
            models.CheckConstraint(name="offer_returned_with_a_reason", condition=~Q(state="returned") | ~Q(reason="")),
            models.CheckConstraint(
                name="open_offer_was_published", condition=~Q(state="open") | Q(published_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["until", "-published_at"], name="open_offers", condition=Q(state="open"))]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("offer", args=[self.pk])

    def clean(self):
        """Set outcode and district from the postcode."""
        super().clean()
        settle_place(self)

    def say(self, quantity):
        return say_quantity(quantity, self.unit, self.unit_words)

    def say_number(self, quantity):
        return say_number(quantity, self.unit)

    @property
    def left(self):
        """What nobody was given yet. Needs `with_given`."""
        return max(self.quantity - self.given, ZERO)

    @property
    def is_open(self):
        """Whether a group may ask today: public, and not over."""
        return self.state == self.State.OPEN and self.until >= timezone.localdate()

    @property
    def place_words(self):
        if self.remote:
            return "Anywhere"
        return self.outcode.town if self.outcode_id else (self.district.name if self.district_id else "")

    @property
    def when_words(self):
        last = date_format(self.until, "j F Y")
        return f"from {date_format(self.since, 'j F Y')} to {last}" if self.since else f"until {last}"

    def may_ask(self, kind):
        """Whether an organisation of this kind is one whom the offer is for."""
        fitting = {self.ForWhom.ALL: (*GROUPS, *PUBLIC_BODIES), self.ForWhom.GROUPS: GROUPS}
        return kind in fitting.get(self.for_whom, PUBLIC_BODIES)


class AskQuerySet(models.QuerySet):
    def to_answer(self):
        return self.filter(state=Ask.State.WAITING)

    def with_all(self):
        return self.select_related("offer__supplier", "organisation", "pledge__request__totals", "asked_by")


class Ask(models.Model):
    """What one group asks of an offer. Granted, it is a request of the group and an accepted pledge towards it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for an answer"
        GRANTED = "granted", "Granted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"
        LAPSED = "lapsed", "Lapsed"

    moves = Moves(
        "Somebody was quicker: this has been answered. Reload the page to see where it stands.",
        grant=Move(State.WAITING, State.GRANTED, "supplier"),
        decline=Move(State.WAITING, State.DECLINED, "supplier"),
        take_back=Move(State.WAITING, State.WITHDRAWN, "asker"),
        lapse=Move(State.WAITING, State.LAPSED),
    )

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="asks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="asks")
    quantity = QuantityField()
    what_for = models.TextField("what it is for", max_length=1000, validators=[something_to_see])
    people = models.TextField("who they are", max_length=1000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answer = models.TextField("reason or reply", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    request = models.OneToOneField(Request, null=True, blank=True, on_delete=models.PROTECT, related_name="ask")
    pledge = models.OneToOneField(Pledge, null=True, blank=True, on_delete=models.PROTECT, related_name="ask")
    given_back_at = models.DateTimeField(null=True, blank=True)

    objects = AskQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(name="ask_above_nothing", condition=Q(quantity__gt=0)),
            models.UniqueConstraint(
                fields=["offer", "organisation"], condition=Q(state="waiting"), name="one_waiting_ask_each"
            ),
            models.CheckConstraint(
                name="granted_ask_has_its_pledge",
                condition=Q(state="granted", pledge__isnull=False, request__isnull=False)
                | (~Q(state="granted") & Q(pledge=None, request=None)),
            ),
            models.CheckConstraint(
                name="ask_answer_is_whole",
                condition=Q(state="waiting", answered_at=None) | (~Q(state="waiting") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.quantity_words} of “{self.offer}”"

    def get_absolute_url(self):
        return reverse("ask", args=[self.pk])

    @property
    def quantity_words(self):
        return self.offer.say(self.quantity)

    @property
    def is_granted(self):
        return self.state == self.State.GRANTED

    @property
    def waits(self):
        return self.state == self.State.WAITING


class Referrer(models.Model):
    """An organisation that may put people forward for jobs and placements: a job centre, a school, a charity."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="referrer"
    )
    note = models.CharField("why it may", max_length=300, help_text="Like “runs the council’s youth employment hub”")
    since = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["organisation__name"]

    def __str__(self):
        return str(self.organisation)
