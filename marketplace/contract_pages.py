"""One page a contract: what it is, what was promised and came of it, and where it stands in the golden thread."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from golden_thread import contract_thread
from performance.models import Improvement
from performance.permissions import VIEW_ASSESSMENT
from places import councils
from places.models import Passing
from suppliers import agreeing, course, plans, sources, values
from suppliers.models import Contract, DeliveryPlan
from suppliers.permissions import ADD_COMMITMENT, ADD_CONTRACT, CHANGE_CONTRACT, VIEW_CONTRACT


@login_required
def contract_handover(request, pk):
    """What is handed over at award: the tender's words beside what can be measured, and who agreed the plan."""
    is_council = request.user.has_perm(VIEW_CONTRACT)
    rows = Contract.objects.all() if is_council else Contract.objects.of(request.user)
    shown = get_object_or_404(rows.select_related("supplier", "manager", "model"), pk=pk)
    commitments = shown.commitments.with_balance().select_related("outcome__model", "need")
    newest = {plan.commitment_id: plan for plan in DeliveryPlan.objects.filter(commitment__contract=shown)
              .select_related("answer__by", "by").order_by("version")}  # fmt: skip
    context = {"contract": shown, "rows": [(each, newest.get(each.pk)) for each in commitments]}
    return render(request, "suppliers/contract_handover.html", context)


@login_required
def contract(request, pk):
    """A contract, for its suppliers and the council; its thread and its sources for the council alone."""
    is_council = request.user.has_perm(VIEW_CONTRACT)
    rows = Contract.objects.all() if is_council else Contract.objects.of(request.user)
    shown = get_object_or_404(rows.select_related("supplier", "manager", "council", "passes_to", "model"), pk=pk)
    commitments, today = list(shown.commitments.with_balance().select_related("contract")), timezone.localdate()
    known = plans.in_force(commitment.pk for commitment in commitments)
    context = {
        "contract": shown,
        "day": today,
        "parties": shown.parties.select_related("organisation"),
        "commitments": commitments,
        "courses": course.of_commitments(commitments, known, today),
        "refused": agreeing.refused(shown.commitments.all()),
        "worth": values.worth(shown.commitments.all()),
        "returns": shown.returns.order_by("-last_day")[:8],
        "passings": councils.passings(Passing.What.CONTRACT, shown.pk),
        "may_change": request.user.has_perm(ADD_CONTRACT),
        "may_promise": request.user.has_perm(ADD_COMMITMENT),
        "may_extend": request.user.has_perms([CHANGE_CONTRACT, ADD_COMMITMENT]),
    }
    asked = Improvement.objects.filter(commitment__contract=shown).order_by("-asked_on", "-pk")
    context["asked_to_improve"] = asked.select_related("commitment")[:8]
    context["performance_page"] = "contract_performance" if request.user.has_perm(VIEW_ASSESSMENT) else ""
    for_council = "improvement" if context["performance_page"] else ""
    context["improvement_page"] = for_council if is_council else "improvement_answer"
    if is_council:
        context["sources"] = sources.table(shown)
        context["invitations"] = shown.invitations.select_related("by")
        context["thread"] = contract_thread.of(shown)
    return render(request, "suppliers/contract_detail.html", context)
