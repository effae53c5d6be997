"""Lines and mappings typed into a form: the rules that an imported CSV obeys too."""

from django.core.exceptions import ValidationError

from ..models import Mapping, Outcome
from ..models.outcomes import ABOVE


def check(line, data):
    """ValidationError where a line changes a published version, or stands under a wrong line."""
    model, level, parent = data.get("model"), data.get("level"), data.get("parent")
    if model and not model.is_draft:
        raise ValidationError({"model": f"{model} is {model.get_state_display().lower()}: its lines don’t change."})
    if line.pk and not Outcome.objects.get(pk=line.pk).model.is_draft:
        raise ValidationError("This version is published: its lines don’t change. Make a new version.")
    if level != Outcome.Level.MEASURE and (data.get("unit") or data.get("unit_words")):
        raise ValidationError({"unit": "Only a measure has a unit."})
    if parent is None:
        if level in (Outcome.Level.CRITERION, Outcome.Level.MEASURE):
            raise ValidationError({"parent": f"A {level} needs a parent."})
        return
    if model and parent.model_id != model.pk:
        raise ValidationError({"parent": "The parent is a line of another version."})
    if level and parent.level not in ABOVE[level]:
        under = " or ".join(ABOVE[level]) or "nothing"
        article = "An" if level[0] in "aeiou" else "A"
        raise ValidationError({"parent": f"{article} {level} stands under {under}, not under this {parent.level}."})
    above = parent
    while above:
        if above.pk == line.pk:
            raise ValidationError({"parent": "The parents would go round in a circle."})
        above = above.parent


def is_draft(line):
    return line.model.is_draft


def mapping_is_draft(mapping):
    """Whether the version a mapping leads into may still change."""
    if mapping.target_id:
        return is_draft(mapping.target)
    later = getattr(mapping.source.model, "next", None)
    return later is None or later.is_draft


def versions_of(row):
    """[SocialValueModel] that a line belongs to, or that a mapping leads into."""
    if isinstance(row, Outcome):
        return [row.model]
    later = row.target.model if row.target_id else getattr(row.source.model, "next", None)
    return [later] if later else []


def check_mapping(mapping, data):
    """ValidationError where a mapping leads into a published version, or its sides don't fit its relation."""
    if mapping.pk and not mapping_is_draft(Mapping.objects.get(pk=mapping.pk)):
        raise ValidationError("This version is published: its mapping doesn’t change. Make a new version.")
    source, target, relation = data.get("source"), data.get("target"), data.get("relation")
    _check_versions(source, target, relation)
    _check_sides(source, target, relation)


def _check_versions(source, target, relation):
    """The version that a mapping leads into is a draft, and follows the one that it comes from."""
    if target and not target.model.is_draft:
        raise ValidationError(f"{target.model} is published: its mapping doesn’t change. Make a new version.")
    if source and target and target.model.previous_id != source.model_id:
        raise ValidationError(f"{target.model} does not follow {source.model}.")
    later = getattr(source.model, "next", None) if source and relation == Mapping.Relation.DROPPED else None
    if later and not later.is_draft:
        raise ValidationError(f"{later} is published: its mapping doesn’t change.")


def _check_sides(source, target, relation):
    """A dropped line has no target, a new one no source, every other both."""
    if relation == Mapping.Relation.DROPPED:
        if target:
            raise ValidationError({"target": "A dropped line leads to nothing: leave this empty."})
        if not source:
            raise ValidationError("Choose the line.")
    elif relation == Mapping.Relation.NEW:
        if source:
            raise ValidationError({"source": "A new line comes from nothing: leave this empty."})
        if not target:
            raise ValidationError("Choose the line.")
    elif relation and not (source and target):
        raise ValidationError("Choose a line on both sides.")
