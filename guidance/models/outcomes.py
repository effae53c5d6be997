"""Social value models as dated data: a model has outcomes, and a record's own dates choose the model."""

from django.db import models
from django.db.models import Q


class SocialValueModelQuerySet(models.QuerySet):
    def in_force_on(self, day):
        """Models whose dates cover `day`; a missing end means still in force."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class SocialValueModel(models.Model):
    """One version of a social value model; the council's own priorities are a model too."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    is_councils_own = models.BooleanField("the council's own priorities", default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = SocialValueModelQuerySet.as_manager()

    class Meta:
        verbose_name = "social value model"
        ordering = ["-valid_from", "slug"]
        constraints = [
            models.CheckConstraint(
                name="model_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            )
        ]

    def __str__(self):
        return self.name


class OutcomeQuerySet(models.QuerySet):
    def offered_on(self, day):
        """Outcomes a request made on `day` may serve: those of the council's own model then in force."""
        return self.filter(
            model__in=SocialValueModel.objects.in_force_on(day).filter(is_councils_own=True)
        ).select_related("model")


class Outcome(models.Model):
    """What a request serves or a commitment counts towards, in one version of one model."""

    model = models.ForeignKey(SocialValueModel, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["model", "code"]
        constraints = [models.UniqueConstraint(fields=["model", "code"], name="outcome_once_in_a_model")]

    def __str__(self):
        return self.title
