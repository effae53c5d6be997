"""A proposal: asked for with sliders, worked out by a worker, answered line by line. It pledges in nobody's name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mail.composing import send
from requests_app.models import RequestTotals
from words.lines import said

from ..models import Proposal, ProposalLine
from . import tasks


def ask(wanted, *, by):
    """Ask for a proposal; a worker makes it."""
    proposal = Proposal.objects.create(wanted=wanted.as_dict(), asked_by=by)
    transaction.on_commit(lambda: tasks.propose.enqueue(proposal.pk))
    return proposal


def _decide(line, verb, *, by, data, reason=""):
    about = {"about": line.request, "log_as": verb, "data": data | {"line": line.pk}}
    ProposalLine.moves.make(line, verb, by=by, **about, decided_by=by, decided_at=timezone.now(), reason=reason)


def in_need(lines):
    """{request number: RequestTotals} of the requests of lines that are still looking for help today."""
    rows = RequestTotals.objects.in_need_on(timezone.localdate())
    return rows.filter(request__in={line.request_id for line in lines}).in_bulk()


def stands(line, needs=None):
    """A sentence that says why a line can't be invited any more, or "" while it can; `needs` is `in_need` of many."""
    totals = (in_need([line]) if needs is None else needs).get(line.request_id)
    commitment = line.commitment
    if totals is None or totals.still_needs < line.quantity:
        return "The request no longer needs that much. Ask for a new proposal."
    if not commitment.is_open or commitment.balance.left < line.counts:
        return "The commitment has less than that left. Ask for a new proposal."
    supplier = commitment.contract.supplier
    if supplier is None or not supplier.is_approved:
        return "The supplier has not signed up yet, so it can’t be invited. Write to it another way."
    return ""


@transaction.atomic
def invite(line, *, by):
    """Accept a line: the supplier is invited by e-mail and pledges itself, or not. Nothing is reserved or pledged."""
    refusal = stands(line)
    if refusal:
        raise ValidationError(refusal, code="stale")
    _decide(line, "invite", by=by, data={"commitment": line.commitment_id})
    send("invited_to_pledge", line.commitment.contract.supplier.people, line=line)


@transaction.atomic
def dismiss(line, reason, *, by):
    """Decline a line, with a reason that the next proposal's makers can read."""
    if not said(reason):
        raise ValidationError({"reason": "Say why: it helps to make the next proposal better."})
    _decide(line, "dismiss", by=by, reason=said(reason)[:500], data={"reason": said(reason)})
