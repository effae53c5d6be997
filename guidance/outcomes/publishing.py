"""Publishing a version of a model: what it touches is shown first, then its owners get review tasks."""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from words.lines import said

from .. import emails, feeds
from ..models import Holder, Mapping, Outcome, ReviewTask, Role, SocialValueModel
from ..pages.register import kept_pages
from ..permissions import CHANGE_SOCIAL_VALUE_MODEL
from . import mappings


@dataclass
class Impact:
    """What publishing a version touches. `things` is {label: [(words, address)]} from the rooms above."""

    model: SocialValueModel
    pages: list
    things: dict
    measures: list
    undecided: list
    dropped: list
    problems: list = field(default_factory=list)


def impact(model):
    """The Impact of publishing a draft; nothing is written."""
    before = model.previous
    lines = list(before.outcomes.all()) if before else []
    rows = list(mappings.of_model(model).select_related("source", "target")) if before else []
    unmapped, _ = mappings.missing(model)
    dropped = [row.source for row in rows if row.relation == Mapping.Relation.DROPPED]
    kept = {row.source_id for row in rows if row.target_id and row.source_id}
    measures = [line for line in lines if line.level == Outcome.Level.MEASURE and line.pk not in kept]
    return Impact(
        model=model,
        pages=[page for page in kept_pages() if (before and page.model_id == before.pk) or _is_about(page, before)],
        things=feeds.touched([line.pk for line in lines]),
        measures=measures,
        undecided=unmapped,
        dropped=dropped,
        problems=problems(model, unmapped),
    )


def _is_about(page, before):
    outcome = getattr(page, "outcome", None)
    return bool(before and outcome and outcome.model_id == before.pk)


def problems(model, unmapped):
    """Sentences that stand in the way of publishing."""
    found = []
    if not model.is_draft:
        found.append(f"{model} is {model.get_state_display().lower()} already.")
    if not model.outcomes.filter(level=Outcome.Level.OUTCOME).exists():
        found.append("The version has no outcomes yet. Add them, or import them as CSV.")
    if model.previous and model.previous.is_draft:
        found.append(f"The version before it, {model.previous}, is a draft. Publish that first.")
    if model.previous:
        found += [words for _, words in mappings.whole(enumerate(mappings.of_model(model).select_related("source")))]
    if unmapped:
        names = ", ".join(line.code for line in unmapped[:8]) + ("…" if len(unmapped) > 8 else "")
        found.append(f"Say in the mapping what becomes of {names}.")
    return found


def digest(model):
    """Stands for a version as it is: its dates, lines and mapping. A change of any of them makes another."""
    lines = model.outcomes.order_by("code").values_list(*_fields(Outcome))
    mapped = mappings.of_model(model).order_by("pk").values_list(*_fields(Mapping)) if model.previous_id else []
    whole = [[getattr(model, name) for name in _fields(SocialValueModel)], list(lines), list(mapped)]
    return sha256(repr(whole).encode()).hexdigest()


def _fields(kind):
    """Columns that people write."""
    return [field.attname for field in kind._meta.concrete_fields if field.editable and not field.primary_key]


def authors(model):
    """Ids of those who wrote any of a version: they prepared it, and one of them alone does not publish it.

    A deletion of a line or a mapping is logged as a change of the version: see staff/viewsets.py.
    """
    log = ModelLogEntry.objects.filter(action__in=["wagtail.create", "wagtail.edit", "guidance.import_model"])
    wrote = Q()
    for kind, rows in (
        (SocialValueModel, [model.pk]),
        (Outcome, model.outcomes.values_list("pk", flat=True)),
        (Mapping, mappings.of_model(model).values_list("pk", flat=True)),
    ):
        numbers = [str(number) for number in rows]
        wrote |= Q(content_type=ContentType.objects.get_for_model(kind), object_id__in=numbers)
    return set(log.filter(wrote).exclude(user=None).values_list("user_id", flat=True))


def second_people(model, by):
    """Whom to ask: those who may publish, less whoever asks and whoever wrote it."""
    return get_user_model().objects.who_may(CHANGE_SOCIAL_VALUE_MODEL).exclude(pk__in={by.pk, *authors(model)})


def _locked(model):
    return SocialValueModel.objects.select_for_update(of=("self",)).select_related("previous").get(pk=model.pk)


@transaction.atomic
def ask(model, *, by):
    """Ask a second person to publish a draft as it is now. ValidationError with every sentence of `problems`."""
    model = _locked(model)
    found = problems(model, mappings.missing(model)[0])
    if found:
        raise ValidationError(found)
    model.asked_by, model.asked_at, model.asked_for = by, timezone.now(), digest(model)
    model.save(update_fields=["asked_by", "asked_at", "asked_for"])
    log(model, "guidance.ask_to_publish", user=by)
    emails.model_approval_wanted(model, second_people(model, by), by)
    return model


@transaction.atomic
def send_back(model, reason, *, by):
    """A second person does not publish it; whoever asked reads why. ValidationError without a reason or an asking."""
    if not said(reason):
        raise ValidationError("Say why it is not published: whoever asked will read it.")
    model = _locked(model)
    if model.asked_by is None or not model.is_draft:
        raise ValidationError("Nobody is asking any more. Reload the page.")
    emails.model_approval_refused(model, [model.asked_by], said(reason), by)
    model.asked_by, model.asked_at, model.asked_for = None, None, ""
    model.save(update_fields=["asked_by", "asked_at", "asked_for"])
    log(model, "guidance.send_model_back", user=by, data={"reason": said(reason)})
    return model


@transaction.atomic
def publish(model, *, by):
    """Publish a draft: the version before it ends the day before this one begins, and its owners get tasks.

    Takes a second person: whoever asked for it or wrote any of it is refused, and so is a version that has changed
    since it was asked for. Returns the ReviewTasks. ValidationError with every sentence of `problems`.
    """
    model = _locked(model)
    found = impact(model)
    if found.problems:
        raise ValidationError(found.problems)
    if model.asked_by is None:
        raise ValidationError("Ask a second person to publish it first.")
    if by.pk == model.asked_by_id or by.pk in authors(model):
        raise ValidationError("You prepared this version: a second person has to publish it.", code="own")
    if model.asked_for != digest(model):
        raise ValidationError("It has changed since it was asked for. Whoever prepared it has to ask again.")
    now = timezone.now()
    model.state, model.published_at, model.published_by = SocialValueModel.State.PUBLISHED, now, by
    model.save(update_fields=["state", "published_at", "published_by"])
    before = model.previous
    if before and (before.valid_to is None or before.valid_to >= model.valid_from) and before.is_councils_own:
        # A council's own priorities follow each other; central versions overlap, and keep the dates they were given.
        before.valid_to = model.valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    tasks = ReviewTask.objects.bulk_create(_tasks(found, now))
    log(model, "guidance.publish_model", user=by, data={"tasks": len(tasks)})
    today = timezone.localdate()
    for role in {task.role for task in tasks if task.role}:
        mine = [task for task in tasks if task.role_id == role.pk]
        people = Holder.objects.people_in([role], today) or Holder.objects.people_in(Role.objects.sponsors(), today)
        emails.tasks_opened(role, model, mine, people)
    return tasks


def _tasks(found, now):
    """ReviewTasks for what an Impact touches: pages to their owners, all else to the programme manager or sponsor."""
    model, before = found.model, found.model.previous
    keeper = Role.objects.filter(slug="programme-manager").first() or Role.objects.sponsors().first()
    whats = [
        f"{len(things)} {label} refer to {before}: check how each is read in {model}"
        for label, things in found.things.items()
        if things
    ]
    whats += [f"The measure {line.code} of {before} has no successor" for line in found.measures[:200]]
    if found.dropped:
        codes = ", ".join(line.code for line in found.dropped)
        whats.append(f"Lines of {before} were dropped: {codes}. Say what becomes of promises under them")
    for page in found.pages:
        yield ReviewTask(
            model=model,
            role=page.owner_role,
            page_id=page.pk,
            what=f"Rewrite “{page.title}” for {model}"[:300],
            address=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            opened_at=now,
        )
    for what in whats:
        yield ReviewTask(model=model, role=keeper, what=what[:300], address=model.get_absolute_url(), opened_at=now)


@transaction.atomic
def withdraw(model, reason, *, by):
    """Take a version back: nothing new may refer to it. ValidationError without a reason, or where pages rest on it."""
    if not said(reason):
        raise ValidationError("Say why the version is withdrawn.")
    drafts = [page.get_latest_revision_as_object() for page in kept_pages(drafts=True)]
    resting = [page for page in drafts if page.model_id == model.pk or _is_about(page, model)]
    if resting:
        titles = ", ".join(f"“{page.title}”" for page in resting[:5])
        raise ValidationError(f"These pages rest on it: {titles}. Move them to another version first.")
    held = _locked(model)
    if not held.is_published:
        raise ValidationError("Only a published version can be withdrawn.")
    held.state = SocialValueModel.State.WITHDRAWN
    held.save(update_fields=["state"])
    model.refresh_from_db()
    log(model, "guidance.withdraw_model", user=by, data={"reason": said(reason)})
    return model


@transaction.atomic
def close_task(task, outcome, *, by):
    """Say what was done about a review task. ValidationError without words, or where it is closed."""
    if not said(outcome):
        raise ValidationError("Say what was done.")
    done = ReviewTask.objects.filter(pk=task.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by, outcome=said(outcome)
    )
    if not done:
        raise ValidationError("This task is closed already.")
    task.refresh_from_db()
    log(task, "guidance.close_task", user=by)
    return task
