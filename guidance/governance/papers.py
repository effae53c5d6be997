"""The committee paper "Update on progress against audit actions": one set of facts, as a page and as a PDF."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .. import feeds
from ..models import Action, ActionUpdate, AuditFinding

TEMPLATE = Path(__file__).resolve().parent.parent / "papers" / "audit_progress.typ"
Status = ActionUpdate.Status


@dataclass(frozen=True)
class ActionProgress:
    """An action with its newest entry, and every word of what was done, oldest first; `evidence` likewise."""

    pk: int
    title: str
    owner: str
    status: str
    target_on: date
    first_target_on: date
    moved: bool
    late: bool
    done: list[str]
    evidence: list[str]


@dataclass(frozen=True)
class FindingProgress:
    """A finding of an audit and what was done about it."""

    reference: str
    report: str
    reported_on: date
    finding: str
    actions: list[ActionProgress]


@dataclass(frozen=True)
class ActionCounts:
    """How many findings there are, their actions by status, and how many findings have none yet (`unanswered`)."""

    findings: int
    actions: int
    done: int
    under_way: int
    open: int
    dropped: int
    late: int
    unanswered: int


@dataclass(frozen=True)
class AuditProgress:
    """What has been done about each finding of the audits, as known on a day, and the live figures."""

    title: str
    council: str
    day: date
    summary: ActionCounts
    findings: list[FindingProgress]
    figures: list[feeds.ShownFigure]


def audit_progress(day=None):
    """The AuditProgress of a day, of today without one."""
    day = day or timezone.localdate()
    findings = _findings(day)
    return AuditProgress(
        title="Update on progress against audit actions",
        council=settings.COUNCIL_NAME,
        day=day,
        summary=_counts(findings),
        findings=findings,
        figures=[feeds.figure(name) for name, _ in feeds.figure_choices()],
    )


def _findings(day):
    actions = Action.objects.with_latest().filter(finding__isnull=False).prefetch_related("updates__document")
    by_finding = {}
    for action in actions:
        by_finding.setdefault(action.finding_id, []).append(_action(action, day))
    return [
        FindingProgress(row.reference, row.report, row.reported_on, row.finding, by_finding.get(row.pk, []))
        for row in AuditFinding.objects.all()
    ]


def _counts(findings):
    actions = [action for finding in findings for action in finding.actions]
    states = Counter(action.status for action in actions)
    return ActionCounts(
        findings=len(findings),
        actions=len(actions),
        done=states[Status.DONE.label],
        under_way=states[Status.UNDER_WAY.label],
        open=states[Status.OPEN.label],
        dropped=states[Status.DROPPED.label],
        late=sum(action.late for action in actions),
        unanswered=sum(not finding.actions for finding in findings),
    )


def _action(action, day):
    updates = list(action.updates.all())
    evidence = [(update.evidence, update.document.title if update.document else "") for update in updates]
    return ActionProgress(
        pk=action.pk,
        title=action.title,
        owner=str(action.owner),
        status=Status(action.status).label,
        target_on=action.target_on,
        first_target_on=action.first_target_on,
        moved=action.target_on != action.first_target_on,
        late=action.target_on < day and action.status in (Status.OPEN, Status.UNDER_WAY),
        done=[update.done for update in updates if update.done],
        evidence=[words for both in evidence for words in both if words],
    )


def as_pdf(paper):
    """The paper as an accessible PDF (PDF/UA-1: tagged, with its language and title), in bytes."""
    import typst  # 80 MB of typesetter: loaded when a paper is printed, not by every worker

    words = json.dumps(asdict(paper), default=_in_words)
    return typst.compile(
        TEMPLATE.read_bytes(), sys_inputs={"paper": words}, pdf_standards=["ua-1"], ignore_system_fonts=True
    )


def _in_words(value):
    return f"{value:%-d %B %Y}" if hasattr(value, "strftime") else str(value)
