"""Social value models as dated data: a model is a tree of lines, and a record's own dates choose the model."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from records.bounds import day_bounds
from screens.fields import WebAddressField
from vocabulary.units import Unit


class Confidence(models.TextChoices):
    """How sure we are of a line's wording."""

    VERIFIED = "V", "As published"
    TO_BE_CHECKED = "C", "To be checked"


class SocialValueModelQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=SocialValueModel.State.PUBLISHED)

    def public(self):
        """Published, or withdrawn since: whoever rests on one can still read it."""
        return self.exclude(state=SocialValueModel.State.DRAFT)

    def in_force_on(self, day):
        """Published models whose dates cover `day`; a missing end means still in force."""
        return self.published().filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def superseded_on(self, day):
        """Ids of the models whose next version is published and in force on `day`."""
        return set(self.in_force_on(day).exclude(previous=None).values_list("previous", flat=True))


class SocialValueModel(models.Model):
    """One version of a social value model; the council's own priorities are a model too."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    description = models.TextField(blank=True)
    is_councils_own = models.BooleanField("the council’s own priorities", default=False)
    previous = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="next",
        verbose_name="version before it",
        error_messages={"unique": "Another version follows this one already."},
    )
    valid_from = models.DateField(help_text="Procurements begun from this day may use it")
    valid_to = models.DateField(null=True, blank=True)
    source = WebAddressField(blank=True, max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_for = models.CharField(
        max_length=64, blank=True, editable=False, help_text="What was shown when a second person was asked to publish"
    )

    objects = SocialValueModelQuerySet.as_manager()

    class Meta:
        verbose_name = "social value model"
        ordering = ["-valid_from", "slug"]
        constraints = [
            *day_bounds("socialvaluemodel", "valid_from", "valid_to"),
            models.CheckConstraint(
                name="model_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="The end is before the start.",
            ),
            models.CheckConstraint(
                name="model_asked_for_whole",
                condition=Q(asked_by=None, asked_at=None, asked_for="")
                | Q(asked_by__isnull=False, asked_at__isnull=False) & ~Q(asked_for=""),
            ),
            models.CheckConstraint(
                name="model_published_by_a_second_person",
                condition=Q(published_by=None) | Q(asked_by=None) | ~Q(published_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="model_not_its_own_predecessor", condition=Q(previous=None) | ~Q(previous=F("pk"))
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("model", args=[self.slug])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    @property
    def is_withdrawn(self):
        return self.state == self.State.WITHDRAWN

    def clean(self):
        kept = type(self).objects.filter(pk=self.pk).exclude(state=self.State.DRAFT).first() if self.pk else None
        if kept:
            for name in ("previous", "is_councils_own", "valid_from"):
                if getattr(kept, name) != getattr(self, name):
                    raise ValidationError({name: "This version is published: this doesn’t change any more."})
        later = getattr(self, "next", None) if self.pk else None
        if later and self.valid_from and later.valid_from <= self.valid_from:
            raise ValidationError({"valid_from": f"{later} follows it and begins on {later.valid_from:%-d %B %Y}."})
        before = self.previous
        if not before:
            return
        if before.is_councils_own != self.is_councils_own:
            raise ValidationError(
                {"previous": "A council’s own priorities follow its own, a central model a central one."}
            )
        if self.valid_from and before.valid_from >= self.valid_from:
            raise ValidationError(
                {"previous": f"{before} begins on {before.valid_from:%-d %B %Y}: it can’t come before."}
            )


class OutcomeQuerySet(models.QuerySet):
    def choosable(self):
        """Lines a request or a page may refer to: outcomes of the council's own published models."""
        return self.filter(
            level=Outcome.Level.OUTCOME, model__is_councils_own=True, model__state=SocialValueModel.State.PUBLISHED
        ).select_related("model")

    def offered_on(self, day):
        """Outcomes a request made on `day` may serve: those of the council's own model then in force."""
        return self.choosable().filter(model__in=SocialValueModel.objects.in_force_on(day))


class Outcome(models.Model):
    """One line of a model: a theme, an outcome, a criterion or a measure, each under the one above it."""

    class Level(models.TextChoices):
        THEME = "theme", "Theme or mission"
        OUTCOME = "outcome", "Outcome"
        CRITERION = "criterion", "Criterion"
        MEASURE = "measure", "Measure"

    model = models.ForeignKey(SocialValueModel, on_delete=models.PROTECT, related_name="outcomes")
    level = models.CharField(max_length=10, choices=Level, default=Level.OUTCOME)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    unit = models.CharField(max_length=20, choices=Unit, blank=True)
    unit_words = models.CharField(max_length=60, blank=True, help_text="The unit as the model words it")
    confidence = models.CharField(max_length=1, choices=Confidence, default=Confidence.VERIFIED)
    position = models.PositiveIntegerField(default=0)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["model", "position", "code"]
        verbose_name = "line of a model"
        verbose_name_plural = "lines of models"
        constraints = [
            models.UniqueConstraint(fields=["model", "code"], name="outcome_once_in_a_model"),
            models.CheckConstraint(
                name="units_are_for_measures", condition=Q(level="measure") | Q(unit="", unit_words="")
            ),
            models.CheckConstraint(name="line_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("pk"))),
        ]

    def __str__(self):
        return self.title

    @property
    def is_heading(self):
        """Whether others stand under it as under a heading."""
        return self.level in (self.Level.THEME, self.Level.OUTCOME)


ABOVE = {
    Outcome.Level.THEME: [],
    Outcome.Level.OUTCOME: [Outcome.Level.THEME],
    Outcome.Level.CRITERION: [Outcome.Level.OUTCOME],
    Outcome.Level.MEASURE: [Outcome.Level.OUTCOME, Outcome.Level.CRITERION],
}
"""{level: levels its parent may have}; the four levels of G-Cloud 15's tree."""


class Mapping(models.Model):
    """What became of a line in the next version: its successor, one of several, or none."""

    class Relation(models.TextChoices):
        SAME = "same", "Same"
        SPLIT = "split", "Split into several"
        MERGED = "merged", "Merged with others"
        DROPPED = "dropped", "Dropped"
        NEW = "new", "New"

    source = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.CASCADE, related_name="successors")
    target = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.CASCADE, related_name="predecessors")
    relation = models.CharField(max_length=10, choices=Relation)
    share = models.PositiveSmallIntegerField(
        "share, per cent", default=100, help_text="How much of a split line goes here. Shares of one line add up to 100"
    )
    basis = models.CharField(max_length=200, blank=True, help_text="Why")
    confidence = models.CharField(max_length=1, choices=Confidence, default=Confidence.TO_BE_CHECKED)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="one_mapping_a_pair"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(relation__in=["same", "merged", "dropped"]), name="whole_lines_go_once"
            ),
            models.CheckConstraint(
                name="dropped_has_no_target",
                condition=Q(relation="dropped", target=None, source__isnull=False)
                | Q(relation="new", source=None, target__isnull=False)
                | Q(relation__in=["same", "split", "merged"], source__isnull=False, target__isnull=False),
            ),
            models.CheckConstraint(name="mapping_share_is_a_percentage", condition=Q(share__gte=1, share__lte=100)),
        ]

    def __str__(self):
        return f"{self.source or 'Nothing'} → {self.target or 'nothing'}"

    @property
    def is_split(self):
        return self.relation == self.Relation.SPLIT


class PriorityMark(models.Model):
    """One tick of the matrix: an outcome of a central model serves one of the council's priorities."""

    priority = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="served_by")
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="serves")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["priority", "outcome"], name="one_mark_a_cell")]

    def __str__(self):
        return f"{self.outcome} serves {self.priority}"
