"""A person's word on whether a request fits a commitment: what the evaluation is measured against."""

from django.core.exceptions import ValidationError

from ..models import Judgement


def judge(commitment, request, grade, *, by):
    """Keep a grade (Judgement.Grade, as text or number) for a pair; the last word stands. ValidationError if none."""
    if str(grade) not in {str(value) for value in Judgement.Grade.values}:
        raise ValidationError("Choose how well the pair fits.")
    Judgement.objects.update_or_create(
        commitment=commitment, request=request, defaults={"grade": int(grade), "by": by, "source": "judged here"}
    )
