"""The vocabulary of the field, kept by editors: needs, the words that speak of them, and what counts as what."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from .kinds import KindOfHelp
from .reading import read_terms


class Need(models.Model):
    """One need so fine that whoever can meet it could usually not simply meet another."""

    NO_HELP = "none"

    code = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(
        "kind of help",
        max_length=20,
        choices=[*KindOfHelp.choices, (NO_HELP, "No help to a group: the firm’s own measures")],
    )
    family = models.CharField(max_length=60, blank=True, help_text="What it is near to, such as “Outdoors”")
    terms = models.TextField(
        help_text="Words and phrases that speak of it, one a line, as people really write them. One form of a word is "
        "enough. A word that only hints carries a strength, such as “garden:0.4”"
    )

    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["family", "name"]
        verbose_name = "need in the vocabulary"
        verbose_name_plural = "needs in the vocabulary"

    def __str__(self):
        return self.name

    def clean(self):
        try:
            if not read_terms(self.terms):
                raise ValidationError({"terms": "Enter at least one word."})
        except ValueError as problem:
            raise ValidationError({"terms": f"{problem} Write a strength as “garden:0.4”."}) from problem


class CountsAs(models.Model):
    """What is offered under one need also meets another, wholly or in part."""

    offered = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="meets")
    needed = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="met_by")
    share = models.FloatField(
        validators=[MinValueValidator(0.05), MaxValueValidator(1)], help_text="How well, from 0.05 to 1"
    )
    why = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["offered", "needed"]
        verbose_name = "line of what counts as what"
        verbose_name_plural = "what counts as what"
        constraints = [
            models.UniqueConstraint(fields=["offered", "needed"], name="counts_as_once_a_pair"),
            models.CheckConstraint(name="counts_as_another", condition=~Q(offered=F("needed"))),
            models.CheckConstraint(name="counts_as_a_share", condition=Q(share__gt=0, share__lte=1)),
        ]

    def __str__(self):
        return f"{self.offered} counts as {self.needed}"
