"""What matching keeps: vectors of texts, ranked lists, weights with their history, judgements, and who was seen.

All of it but the judgements and the weights can be worked out again from requests and commitments.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from records.history import AppendOnly
from requests_app.models import Request
from suppliers.models import Commitment


class Vector(models.Model):
    """What a text means to the engine (matching/ranking/packing.py says how the bytes are laid)."""

    made_by = models.CharField(max_length=40, help_text="Fingerprint of the encoder and the vocabulary")
    digest = models.CharField(max_length=32, help_text="Fingerprint of the text it was made from")
    meaning = models.BinaryField(help_text="The encoder's vector")
    needs = models.BinaryField(help_text="Needs of the vocabulary that the text speaks of")
    general = models.BooleanField(default=False, help_text="Speaks of help of any kind before anything else")
    stamp = models.DateTimeField(db_index=True, help_text="When what matching knows of it last changed")

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class RequestVector(Vector):
    request = models.OneToOneField(Request, on_delete=models.CASCADE, primary_key=True, related_name="+")

    def __str__(self):
        return f"Vector of request {self.request_id}"


class CommitmentVector(Vector):
    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, primary_key=True, related_name="+")

    def __str__(self):
        return f"Vector of commitment {self.commitment_id}"


class CommitmentMatches(models.Model):
    """The best requests for one commitment, packed (matching/ranking/packing.py)."""

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, primary_key=True, related_name="+")
    entries = models.BinaryField()
    kept = models.PositiveSmallIntegerField(default=0, help_text="How many entries")
    floor = models.FloatField(default=0, help_text="What the last entry's fixed parts add up to")
    worked_out_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"Matches of commitment {self.commitment_id}"


class RequestMatches(models.Model):
    """The best commitments for one request, packed alike."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, primary_key=True, related_name="+")
    entries = models.BinaryField()
    worked_out_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"Matches of request {self.request_id}"


class Change(models.Model):
    """Something that matching has to follow, until a worker has."""

    class Of(models.TextChoices):
        REQUEST = "request", "Request"
        COMMITMENT = "commitment", "Commitment"
        EVERYTHING = "everything", "Everything"

    of = models.CharField(max_length=10, choices=Of)
    number = models.PositiveBigIntegerField(default=0)
    went_live = models.BooleanField(default=False, help_text="A request that has just become public")
    noted_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.of} {self.number}"


class WeightsTrial(models.Model):
    """Weights that somebody would like to try, and what they would do to the evaluation."""

    values = models.JSONField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    effect = models.JSONField(null=True, help_text="{before, after}: figures of the evaluation, once worked out")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Trial {self.pk}"


class WeightsChange(AppendOnly):
    """The weights from this moment on; the last row is in force."""

    values = models.JSONField()
    effect = models.JSONField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(name="weights_have_a_reason", condition=~Q(reason=""))]

    def __str__(self):
        return f"Weights of {self.at:%-d %B %Y}"


class Judgement(models.Model):
    """A person's word on one pair: fits, partly, not. What the evaluation is measured against."""

    class Grade(models.IntegerChoices):
        NOT = 0, "Does not fit"
        PARTLY = 1, "Fits in part"
        FITS = 2, "Fits"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    grade = models.PositiveSmallIntegerField(choices=Grade)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["commitment", "request"]
        constraints = [models.UniqueConstraint(fields=["commitment", "request"], name="one_judgement_a_pair")]

    def __str__(self):
        return f"{self.get_grade_display()}: {self.commitment_id}, {self.request_id}"


class RequestSeen(models.Model):
    """How often suppliers and brokers were shown a request by matching, and when last."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, primary_key=True, related_name="+")
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"Request {self.request_id} was seen {self.times} times"
