"""The committee paper "Update on progress against audit actions": one set of facts, as a page and as a PDF."""

import json
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .. import feeds
from ..models import Action, ActionUpdate, AuditFinding

TEMPLATE = Path(__file__).resolve().parent.parent / "papers" / "audit_progress.typ"
Status = ActionUpdate.Status


def audit_progress(day=None):
    """{title, council, day, summary, findings, figures}: what has been done about each finding, and the live figures.

    A finding holds its actions, an action its newest entry and every word of what was done, oldest first.
    """
    day = day or timezone.localdate()
    actions = Action.objects.with_latest().filter(finding__isnull=False).prefetch_related("updates__document")
    by_finding = {}
    for action in actions:
        by_finding.setdefault(action.finding_id, []).append(_action(action, day))
    findings = [
        {
            "reference": finding.reference,
            "report": finding.report,
            "reported_on": finding.reported_on,
            "finding": finding.finding,
            "actions": by_finding.get(finding.pk, []),
        }
        for finding in AuditFinding.objects.all()
    ]
    states = Counter(action["status"] for found in findings for action in found["actions"])
    late = sum(action["late"] for found in findings for action in found["actions"])
    return {
        "title": "Update on progress against audit actions",
        "council": settings.COUNCIL_NAME,
        "day": day,
        "findings": findings,
        "summary": {
            "findings": len(findings),
            "actions": sum(states.values()),
            "done": states[Status.DONE.label],
            "under_way": states[Status.UNDER_WAY.label],
            "open": states[Status.OPEN.label],
            "dropped": states[Status.DROPPED.label],
            "late": late,
            "unanswered": sum(not found["actions"] for found in findings),
        },
        "figures": [feeds.figure(name) for name, _ in feeds.figure_choices()],
    }


def _action(action, day):
    updates = list(action.updates.all())
    return {
        "pk": action.pk,
        "title": action.title,
        "owner": str(action.owner),
        "status": Status(action.status).label,
        "target_on": action.target_on,
        "moved": action.target_on != action.first_target_on,
        "first_target_on": action.first_target_on,
        "late": action.target_on < day and action.status in (Status.OPEN, Status.UNDER_WAY),
        "done": [update.done for update in updates if update.done],
        "evidence": [
            words
            for update in updates
            for words in (update.evidence, update.document.title if update.document else "")
            if words
        ],
    }


def as_pdf(paper):
    """The paper as an accessible PDF (PDF/UA-1: tagged, with its language and title), in bytes."""
    import typst  # 80 MB of typesetter: loaded when a paper is printed, not by every worker

    words = json.dumps(paper, default=_plain)
    return typst.compile(
        TEMPLATE.read_bytes(), sys_inputs={"paper": words}, pdf_standards=["ua-1"], ignore_system_fonts=True
    )


def _plain(value):
    return f"{value:%-d %B %Y}" if hasattr(value, "strftime") else str(value)
