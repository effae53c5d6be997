"""A commitment's account: promised, reserved, claimed, confirmed, verified, left, and every entry behind it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from screens.frames import pressed
from vocabulary.units import Unit
from words.numbers import numbers

from .. import agreeing, course, figures, plans
from ..models import Commitment, LedgerEntry
from ..permissions import ADD_COMMITMENT, VIEW_COMMITMENT

ENTRIES_A_PAGE = 50
ACCOUNTS = LedgerEntry.Account.values


def visible(user, rows, permission):
    return rows if user.has_perm(permission) else rows.of(user)


@login_required
def commitments(request):
    """The supplier's own commitments with what is left of each; for the council everybody's, by unit."""
    rows = visible(request.user, Commitment.objects.all(), VIEW_COMMITMENT)
    unit = request.GET.get("unit", "")
    unit = unit if unit in Unit.values else ""
    if unit:
        rows = rows.filter(unit=unit)
    page = Paginator(rows.with_balance().order_by("contract", "pk"), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "commitments": page,
        "unit": unit,
        "unit_label": Unit(unit).label if unit else "",
        "whole_council": request.user.has_perm(VIEW_COMMITMENT),
    }
    return render(request, "suppliers/commitment_list.html", context)


@login_required
def commitment(request, pk):
    """One commitment, its figures, and the entries that they add up."""
    rows = visible(request.user, Commitment.objects.all(), VIEW_COMMITMENT)
    shown = get_object_or_404(
        rows.with_balance().select_related("contract", "outcome__model", "passed_from__contract"), pk=pk
    )
    account = request.GET.get("account", "")
    account = account if account in ACCOUNTS else ""
    entries = shown.entries.select_related("by").order_by("-pk")
    if account:
        entries = entries.filter(account=account)
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "commitment": shown,
        "balance": shown.balance,
        "page": page,
        "account": account,
        "targets": plans.targets(shown),
        "plan": plans.current(shown),
        "may_answer": Commitment.objects.of(request.user).filter(pk=pk).exists(),
        "courses": course.of_commitments([shown], plans.in_force([shown.pk]), timezone.localdate()),
        "may_record": request.user.has_perm(ADD_COMMITMENT),
    }
    return render(request, "suppliers/commitment_detail.html", context)


@login_required
def plan_answer(request, pk):
    """The supplier accepts the delivery plan of a commitment, or says what is wrong with it."""
    shown = get_object_or_404(Commitment.objects.of(request.user), pk=pk)
    button = pressed(request, "accept", "object")
    plan = get_object_or_404(shown.plans, pk__in=numbers([request.POST.get("plan", "")]))
    try:
        agreeing.answer(plan, button == "accept", request.POST.get("words", ""), by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "Kept. The contract manager sees it beside the plan.")
    return redirect(shown)


def commitment_account(request, pk):
    """What is public of a commitment: its figures and entries, without people, and nothing of what waits."""
    shown = get_object_or_404(Commitment.objects.with_balance().select_related("contract"), pk=pk)
    names = [name for name in figures.PUBLIC if name in ACCOUNTS]
    sums = [(figures.LABELS[name][0], shown.say(getattr(shown.balance, name))) for name in names]
    entries = shown.entries.filter(account__in=names).order_by("-pk")
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "suppliers/commitment_account.html", {"commitment": shown, "sums": sums, "page": page})
