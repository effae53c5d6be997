"""Several lines of a proposal accepted at once: chosen, shown by supplier, then each invited by itself."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import deciding
from screens.frames import frame, pressed, require
from words.numbers import numbers

from ..allocation import proposals
from ..models import Proposal, ProposalLine
from ..permissions import CHANGE_PROPOSAL

MOST = 200


def lines_of(proposal):
    """[(ProposalLine, why it can't be accepted any more or "")] that wait for the broker, the worthiest first."""
    rows = proposal.lines.filter(state=ProposalLine.State.PROPOSED).select_related(
        "commitment__contract__supplier", "commitment__balance", "request__organisation", "request__totals", "proposal"
    )
    lines = list(rows.order_by("-value", "pk")[:MOST])
    needs = proposals.in_need(lines)
    return [(line, proposals.stands(line, needs)) for line in lines]


def broker_invite(request, pk):
    """Choose lines, see who is written to, then invite them."""
    require(request.user, CHANGE_PROPOSAL)
    proposal = get_object_or_404(Proposal, pk=pk)
    rows, chosen = lines_of(proposal), []
    if request.method == "POST":
        button = pressed(request, "preview", "invite")
        wanted = set(numbers(request.POST.getlist("line")))
        chosen = [line for line, refusal in rows if line.pk in wanted and not refusal]
        if not chosen:
            messages.error(request, "Tick the lines that you accept.")
        elif button == "invite":
            return invite(request, proposal, chosen)
    context = {
        "proposal": proposal, "rows": rows, "chosen": chosen, "by_supplier": by_supplier(chosen),
        **frame(
            "Accept lines together", "link", (reverse("broker"), "Match needs and promises"),
            (reverse("broker_proposal", args=[pk]), str(proposal)),
        ),
    }  # fmt: skip
    return TemplateResponse(request, "matching/admin/invite.html", context)


def by_supplier(chosen):
    """[(supplier, its lines)] of what was chosen, by name."""
    found = {}
    for line in chosen:
        found.setdefault(str(line.commitment.contract.supplier_label), []).append(line)
    return sorted(found.items())


def invite(request, proposal, chosen):
    """Invite the supplier of each line."""

    def say(done):
        words = "1 line is accepted" if done == 1 else f"{done} lines are accepted"
        return f"{words}, and the suppliers are invited to pledge."

    deciding.one_by_one(request, chosen, lambda line: proposals.invite(line, by=request.user), say)
    return redirect("broker_proposal", proposal.pk)
